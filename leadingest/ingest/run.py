"""`leadingest run`: the newest delivery of each source, one after the other; one that fails does not stop the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.inbox import find_deliveries
from leadingest.destinations.destination import Destination
from leadingest.destinations.open_destination import open_destination
from leadingest.documents.nearest import listed
from leadingest.errors import LeadingestError
from leadingest.ingest.load_delivery import Outcome, check_delivery, load_delivery
from leadingest.ingest.project import Project
from leadingest.ingest.result import SourceResult
from leadingest.mapping.models import Mapping
from leadingest.tables.load_table import LoadTable


class Observer(Protocol):
    """Is told how a run goes, source by source."""

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""

    def progress(self, records: int) -> None:
        """So many of its records have been read."""

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""


@dataclass(frozen=True)
class RunOptions:
    """Where deliveries come from and where leads go to."""

    inbox: Path
    #: SQLAlchemy URL; None for a dry run.
    database_url: str | None
    #: A file to load instead of the newest one in the inbox.
    file: Path | None = None
    #: Load a delivery even if it was loaded under the same mapping before.
    again: bool = False
    #: The day of the run, UTC.
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


def run(
    project: Project, sources: Sequence[str], options: RunOptions, observer: Observer
) -> list[SourceResult]:
    """Load the newest delivery of each source; one result for each, in the order given.

    What is wrong with one source is in its result. Raises only what concerns them all: a database that
    cannot be used.
    """
    results = []
    with _Destinations(options.database_url) as destinations:
        for source in sources:
            result = _run_source(project, source, options, destinations, observer)
            observer.finished(result)
            results.append(result)
    return results


def _run_source(
    project: Project, source: str, options: RunOptions, destinations: _Destinations, observer: Observer
) -> SourceResult:
    begun = monotonic()
    file = ""
    try:
        mapping = project.mapping(source)
        path, passed_over = _delivery_of(mapping, options)
        if path is None:
            return _no_delivery(mapping, options)
        file = path.name
        delivery = fingerprint(path)
        destination = destinations.of(mapping.table)
        if destination and not options.again and (skipped := _loaded_before(destination, mapping, delivery)):
            return skipped
        observer.started(source, delivery)
        if destination:
            outcome = load_delivery(
                mapping, delivery, destination, today=options.today, progress=observer.progress
            )
        else:
            outcome = check_delivery(mapping, delivery, today=options.today, progress=observer.progress)
    except _CannotUseDatabase as error:
        raise error.reason from error
    except LeadingestError as error:
        return SourceResult(
            source,
            "failed",
            file,
            seconds=monotonic() - begun,
            message=error.message,
            hint=error.hint,
            error=type(error).__name__,
            error_code=error.exit_code,
        )
    return _finished(source, file, outcome, passed_over, monotonic() - begun)


def _delivery_of(mapping: Mapping, options: RunOptions) -> tuple[Path | None, int]:
    """The file to load, and how many older ones lie beside it."""
    if options.file:
        return options.file, 0
    fmt = mapping.delivery
    found = find_deliveries(options.inbox, fmt.match, follow_links=fmt.links == "follow")
    return (found[0], len(found) - 1) if found else (None, 0)


def _no_delivery(mapping: Mapping, options: RunOptions) -> SourceResult:
    patterns = listed(mapping.delivery.match)
    return SourceResult(
        mapping.source,
        "no delivery",
        message=f"no file {patterns} in {options.inbox}",
        hint="put one there, name another folder with --inbox, or the file itself with --file",
    )


def _loaded_before(destination: Destination, mapping: Mapping, delivery: Delivery) -> SourceResult | None:
    earlier = destination.loaded_before(
        source=mapping.source, sha256=delivery.sha256, mapping_hash=mapping.digest
    )
    if earlier is None:
        return None
    return SourceResult(
        mapping.source,
        "skipped",
        delivery.name,
        load_id=earlier.load_id,
        message=f"the same file was loaded under the same mapping as load {earlier.load_id}",
        hint="to load it once more: --again",
    )


def _finished(source: str, file: str, outcome: Outcome, passed_over: int, seconds: float) -> SourceResult:
    result = SourceResult(
        source,
        outcome.status,
        file,
        load_id=outcome.load_id,
        counts=outcome.counts,
        seconds=seconds,
        new_headers=outcome.new_headers,
        reject_counts=outcome.reject_counts,
        invalid_value_counts=outcome.invalid_value_counts,
    )
    if outcome.status == "held":
        return replace(
            result,
            message=f"{outcome.holding} invalid values in fields that say `on_invalid: hold`",
            hint=f"look at load_invalid_values, then publish it: leadingest approve {outcome.load_id}",
        )
    if passed_over:
        return replace(
            result, message=f"the newest of {passed_over + 1} files; the older ones were passed over"
        )
    return result


class _CannotUseDatabase(Exception):
    """A fault of the database as such, not of one source."""

    def __init__(self, reason: LeadingestError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class _Destinations:
    """The destination of each load table, opened when first needed and closed at the end."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._open: dict[str, Destination] = {}
        self._stack = ExitStack()

    def __enter__(self) -> _Destinations:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def of(self, table: LoadTable) -> Destination | None:
        """The destination of the table; None in a dry run."""
        if self._url is None:
            return None
        if table.name not in self._open:
            with _concerning_all():
                destination = open_destination(self._url, table)
                self._stack.callback(destination.close)
                destination.prepare()
            self._open[table.name] = destination
        return self._open[table.name]


@contextmanager
def _concerning_all() -> Iterator[None]:
    try:
        yield
    except LeadingestError as error:
        raise _CannotUseDatabase(error) from error
