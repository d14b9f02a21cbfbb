"""What `leadingest drift` is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from leadingest.cli.support.run_request import RunRequest, chosen_sources
from leadingest.cli.support.watching import progress_shown
from leadingest.deliveries.inboxes.open_inbox import open_inbox
from leadingest.destinations.ledger import DriftRow
from leadingest.drift.source_drift import MendedText, SourceDrift
from leadingest.errors import UsageError
from leadingest.ingest.drift_sources import DriftFinder, mend_drift, mendings
from leadingest.project import Project
from leadingest.stores.location import Location


@dataclass(frozen=True)
class DriftRequest:
    """What the command line says of sources, files and mending."""

    sources: tuple[str, ...] = ()
    every: bool = False
    file: Location | None = None
    published: bool = False
    fix: bool = False

    def chosen(self, project: Project) -> list[str]:
        """The sources to look at. Raises UsageError where the request contradicts itself, or names nothing."""
        if self.published and self.file:
            raise UsageError("--published and --file cannot be used together")
        if self.published and self.fix:
            raise UsageError(
                "--fix needs a delivery to test the mapping on",
                hint="remove --published, or name a --file",
            )
        return chosen_sources(project.index, RunRequest(self.sources, self.every, self.file))


def found_drift(request: DriftRequest, project: Project) -> tuple[SourceDrift, ...]:
    """The drift of each source asked for, once it is mended where that was asked for."""
    sources = request.chosen(project)
    with project.destinations() as destinations, progress_shown() as events:
        finder = DriftFinder(
            project=project.index,
            inbox=open_inbox(project.settings.inbox),
            today=datetime.now(UTC).date(),
            destination_of=destinations.there_or_none,
            file=request.file,
            published=request.published,
            events=events,
        )
        look = (lambda source: mend_drift(finder, source)) if request.fix else finder.drift
        return tuple(look(source) for source in sources)


def drift_mendings(drifts: tuple[SourceDrift, ...], project: Project) -> tuple[MendedText, ...]:
    """What --fix would make of the mappings."""
    return tuple(each for drift in drifts for each in mendings(project.index, drift))


def drift_history(request: DriftRequest, project: Project, *, limit: int) -> list[DriftRow]:
    """What is kept of the drift of the sources asked for, or of all, newest load first."""
    if request.file or request.published or request.fix:
        raise UsageError(
            "--history shows recorded drift; it cannot be used with --file, --published or --fix"
        )
    chosen = request.chosen(project) if request.sources else [None]
    with project.destination() as destination:
        return [row for source in chosen for row in destination.diagnostics.drift(source=source, limit=limit)]
