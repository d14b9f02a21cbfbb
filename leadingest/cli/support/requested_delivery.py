"""The one delivery that a command looks at, and the mapping of its source."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from leadingest.cli.support.run_request import RunRequest, chosen_sources
from leadingest.deliveries.delivery import Delivery
from leadingest.errors import UsageError
from leadingest.ingest.find_delivery import find_delivery
from leadingest.mapping.models import Mapping
from leadingest.project import Project


def requested_delivery(project: Project, source: str | None, file: Path | None) -> tuple[Mapping, Delivery]:
    """The mapping of the source with its file, or with the newest file in its inbox.

    Without a source it is the one whose mapping takes files of this name. Raises UsageError, ConfigurationError,
    DeliveryError, or NothingToDoError where there is no file.
    """
    if not source and not file:
        raise UsageError(
            "which source? use --source NAME or --file PATH",
            hint=f"the sources are {', '.join(project.sources())}",
        )
    (name,) = chosen_sources(project.index, RunRequest(sources=(source,) if source else (), file=file))
    mapping = project.index.mapping(name)
    return mapping, find_delivery(mapping, project.settings.inbox, file, today=datetime.now(UTC).date())
