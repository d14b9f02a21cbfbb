"""`leadingest drift`: the delivery of a source beside its mapping and the published load, and its fixes in the mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from leadingest.deliveries.inboxes.inbox import Inbox
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import Delivered, delivered_before
from leadingest.drift.measure import read_delivered
from leadingest.drift.profiles.document import read_profile
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.drift.source_drift import SourceDrift, fixed_mapping
from leadingest.errors import ConfigurationError, LeadingestError, NothingToDoError, in_words
from leadingest.ingest.events import Events
from leadingest.ingest.find_delivery import find_delivery
from leadingest.ingest.load_drift import other_sources
from leadingest.ingest.mapping_index import MappingIndex, shown_path
from leadingest.lint.finding import FixedText
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import examine_mapping
from leadingest.stores.location import Location
from leadingest.tables.load_table import LoadTable

#: The destination of a load table; None where there is no database yet.
DestinationOf = Callable[[LoadTable], Destination | None]
#: Loads among which the one before the published one is looked for.
_HISTORY = 200

#: Rounds of fixing: the values of a column are seen only once its new header is known.
_MOST_ROUNDS = 5


@dataclass(frozen=True)
class DriftFinder:
    """Compares deliveries of the project's sources."""

    project: MappingIndex
    inbox: Inbox
    today: date
    destination_of: DestinationOf
    #: A file to compare instead of the newest one in the inbox.
    file: Location | None = None
    #: Compare what is published with the load before it, instead of a file.
    published: bool = False
    events: Events = field(default_factory=Events)

    def drift(self, source: str) -> SourceDrift:
        """The differences of one source. What is wrong with it is in the result; raises only what concerns all."""
        try:
            mapping = self.project.mapping(source)
            return self._of_published(mapping) if self.published else self._of_delivery(mapping)
        except BaseException as raised:
            error = in_words(raised)
            return SourceDrift(source, message=error.message, hint=error.hint, error_code=error.exit_code)

    def _of_delivery(self, mapping: Mapping) -> SourceDrift:
        with (
            find_delivery(mapping, self.inbox, self.file, today=self.today) as delivery,
            self.events.reading(mapping.source, delivery) as progress,
        ):
            delivered = read_delivered(mapping, delivery, today=self.today, progress=progress)
        destination = self.destination_of(mapping.table)
        load = destination.ledger.published(mapping.source) if destination else None
        return self._compared(mapping, delivered, delivery.name, destination, load)

    def _of_published(self, mapping: Mapping) -> SourceDrift:
        destination = self.destination_of(mapping.table)
        load = destination.ledger.published(mapping.source) if destination else None
        profile = _profile(destination, load)
        if load is None or profile is None:
            what = f"no profile is stored for load {load.load_id}" if load else "no load is published"
            raise NothingToDoError(
                f"{mapping.source}: {what}", hint="name a file with --file, or put one in the inbox"
            )
        before = _before(destination, load)
        found = self._compared(mapping, delivered_before(profile), load.file_name, destination, before)
        return replace(found, published=True)

    def _compared(
        self,
        mapping: Mapping,
        delivered: Delivered,
        file: str,
        destination: Destination | None,
        load: LoadRow | None,
    ) -> SourceDrift:
        profile = _profile(destination, load)
        others = partial(other_sources, self.project, mapping.source, self.destination_of)
        return SourceDrift(
            source=mapping.source,
            file=file,
            mapping=shown_path(mapping.path),
            records=delivered.profile.records,
            load_id=load.load_id if load and profile else None,
            differences=compare(Comparison.of(mapping, delivered, profile, others=others)),
        )


def _before(destination: Destination | None, load: LoadRow) -> LoadRow | None:
    """The load of the source that was finished before this one."""
    rows = destination.ledger.history(source=load.source_name, limit=_HISTORY) if destination else []
    return next((row for row in rows if row.load_id < load.load_id and row.status == "loaded"), None)


def _profile(destination: Destination | None, load: LoadRow | None) -> DeliveryProfile | None:
    return read_profile(destination.diagnostics.profiles(load.load_id)) if destination and load else None


def fixed_files(project: MappingIndex, drift: SourceDrift) -> tuple[FixedText, ...]:
    """The files of the source's mapping with the fixes of its drift in them; nothing is written."""
    if not drift.fixable:
        return ()
    path = project.path_of(drift.source)
    reading = examine_mapping(path, ddl=project.ddl, shown_as=shown_path(path))
    return tuple(fixed_mapping(reading, drift.differences))


def fix_drift(finder: DriftFinder, source: str) -> SourceDrift:
    """Compare, write what can be fixed into the mapping, and compare again.

    Raises ConfigurationError, with the files as they were, where the mapping could not be read afterwards.
    """
    finder = replace(finder, project=finder.project.reread())  # what is written is made of what is there now
    drift, done = finder.drift(source), 0
    for _ in range(_MOST_ROUNDS):
        texts = fixed_files(finder.project, drift)
        if not texts:
            break
        with _undone_on_error(texts):
            for each in texts:
                each.write()
            finder = replace(finder, project=finder.project.reread())
            finder.project.mapping(source)
        done += sum(each.changes for each in texts)
        drift = finder.drift(source)
    return replace(drift, fixed=done)


@contextmanager
def _undone_on_error(texts: tuple[FixedText, ...]) -> Iterator[None]:
    """Put the files back where the block fails."""
    before = {Path(each.document.name): Path(each.document.name).read_bytes() for each in texts}
    try:
        yield
    except (LeadingestError, OSError) as error:
        for path, content in before.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
        raise ConfigurationError(
            f"{texts[0].document.name}: could not be fixed and was left unchanged: {error}",
            hint="change it by hand; --diff shows the intended change",
        ) from error
