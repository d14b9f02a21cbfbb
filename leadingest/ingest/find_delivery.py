"""The delivery of a source that a command works on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from leadingest.deliveries.delivery import Delivery, fingerprint, unreadable
from leadingest.deliveries.extract_time import extract_time, time_in_name
from leadingest.deliveries.inbox import find_deliveries
from leadingest.documents.nearest import listed
from leadingest.errors import NothingToDoError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.models import Mapping


def newest_delivery(mapping: Mapping, inbox: Path) -> tuple[Path, int]:
    """The newest file in the inbox that the mapping takes, and how many older ones lie beside it.

    Raises NothingToDoError where there is none, DeliveryError where it is no file that may be read.
    """
    fmt = mapping.delivery
    found = find_deliveries(inbox, fmt.match, follow_links=fmt.links == "follow")
    if not found:
        raise NothingToDoError(
            f"no file {listed(fmt.match)} in {inbox}",
            hint="put one there, name another folder with --inbox, or the file itself with --file",
        )
    # Sorting keeps the order of those of the same time.
    newest_first = sorted(found, key=lambda path: _time_of(path, fmt), reverse=True)
    return newest_first[0], len(found) - 1


def find_delivery(mapping: Mapping, inbox: Path, file: Path | None) -> Delivery:
    """The file, or where none is named the newest one in the inbox. Raises NothingToDoError or DeliveryError."""
    return fingerprint(file or newest_delivery(mapping, inbox)[0])


def _time_of(path: Path, fmt: DeliveryFormat) -> datetime:
    described = fmt.extract_time
    if described is not None and not isinstance(described, str):
        return extract_time(fingerprint(path), fmt)
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        # It was there a moment ago.
        raise unreadable(path.name, error) from error
    return (time_in_name(path.name, described) if described else None) or modified
