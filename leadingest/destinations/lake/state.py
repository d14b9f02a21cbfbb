"""What the ledger of a source says: one JSON object, replaced as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Self, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, ValidationError, model_validator
from pydantic_core import from_json

from leadingest.destinations.lake.layout import LakeLayout
from leadingest.destinations.lake.readers import DataFile, PublishedFiles
from leadingest.destinations.ledger import CorrectedFileRow, LoadRow, LoadStatus, Original
from leadingest.destinations.provenance import process_of
from leadingest.errors import DestinationError, DestinationSetupError

#: The format of all that this version writes; it reads no later one.
FORMAT: Final = 1


class Record(BaseModel):
    """A part of an object as it is kept. What we do not know is no lake of ours."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


#: Other engines read some of them by this form.
Time = Annotated[
    AwareDatetime,
    PlainSerializer(lambda time: f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", when_used="json"),
]


class StoredFile(Record):
    """A Parquet file that is there whole, and never written to again."""

    key: str
    size: int
    rows: int
    written: Time
    #: The rows of each batch of the file, one behind the other; records of a later one come later in the delivery.
    batches: tuple[int, ...]
    #: Of leads, by column: how many have a value, where any has; and the least and the greatest value of some columns.
    filled: dict[str, int] = {}
    bounds: dict[str, tuple[str, str] | None] = {}

    def statistics(self) -> dict[str, dict[str, Any]]:
        """By column its `min`, `max` and `nulls`, as far as they are known."""
        found: dict[str, dict[str, Any]] = {}
        for name, bounds in self.bounds.items():
            least, greatest = bounds or (None, None)
            found[name] = {"min": least, "max": greatest, "nulls": self.rows - self.filled.get(name, 0)}
        return found


class CorrectedEntry(Record):
    """A file of corrected rejects that has joined the load."""

    file_name: str
    file_size: int
    file_sha256: str
    joined_at: Time
    records_loaded: int
    records_filtered: int
    program_version: str


class LoadEntry(Record):
    """A load."""

    load_id: int
    status: LoadStatus
    file_name: str
    file_size: int
    file_sha256: str
    mapping_hash: str
    extract_time: Time
    started_at: Time
    run_by: str
    program_version: str
    encoding: str = ""
    dialect: str = ""
    records_read: int = 0
    records_loaded: int = 0
    records_rejected: int = 0
    records_filtered: int = 0
    invalid_values: int = 0
    finished_at: Time | None = None
    reason: str = ""
    #: By kind.
    files: dict[str, StoredFile] = {}
    corrected: tuple[CorrectedEntry, ...] = ()
    #: Of a copy: of which load of another destination.
    original: Original | None = None

    def file(self, kind: str) -> StoredFile | None:
        """Its file of this kind; None where it has no such rows."""
        return self.files.get(kind)

    def changed(self, **values: Any) -> LoadEntry:
        """The load with some values otherwise."""
        return self.model_copy(update=values)

    def corrected_rows(self) -> list[CorrectedFileRow]:
        """The corrected files, the first one first."""
        return [CorrectedFileRow(**file.model_dump(exclude={"program_version"})) for file in self.corrected]


class Retired(Record):
    """A file that nothing names any more, and that running queries may still read."""

    key: str
    since: Time


class ReplayMark(Record):
    """A replay, or a copy of a load of another destination, under way: its files have this generation in their names."""

    load_id: int
    generation: int
    run_by: str


class Publication(Record):
    """From when on what is published: other engines read it, see `readers`."""

    generation: int
    since: Time
    #: 0: none.
    load_id: int
    #: Relative to the folder of leads.
    files: tuple[str, ...]


class SourceLedger(Record):
    """All that is known of a source, and the one place where it is."""

    format: int
    table: str
    source_name: str
    #: Rises whenever what is published changes, and for each replay.
    generation: int = 0
    #: What was published, the first one first; the last one is.
    publications: tuple[Publication, ...] = ()
    loads: tuple[LoadEntry, ...] = ()
    retired: tuple[Retired, ...] = ()
    replaying: ReplayMark | None = None
    #: Another one with every write, by which a writer knows its own.
    stamp: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        numbers = [entry.load_id for entry in self.loads]
        if numbers != sorted(set(numbers)):
            raise ValueError("the loads are not in order")
        shown = self.entry(self.published)
        if self.published is not None and (shown is None or shown.status != "loaded"):
            raise ValueError("the published load is none that was loaded")
        if not all(is_ours(key, self.table) for key in self.keys()):
            raise ValueError("a file lies somewhere else")
        return self

    @property
    def published(self) -> int | None:
        """The load that is published."""
        return (self.publications[-1].load_id or None) if self.publications else None

    def entry(self, load_id: int | None) -> LoadEntry | None:
        """The load with this number."""
        return next((each for each in self.loads if each.load_id == load_id), None)

    def newest_first(self, *statuses: LoadStatus) -> Iterator[LoadEntry]:
        """The loads of these statuses, of all where none is named."""
        return (each for each in reversed(self.loads) if not statuses or each.status in statuses)

    def row(self, entry: LoadEntry | None) -> LoadRow | None:
        """The load as a destination tells of it."""
        return None if entry is None else self.row_of(entry)

    def row_of(self, entry: LoadEntry) -> LoadRow:
        """The load as a destination tells of it."""
        values = {name: getattr(entry, name) for name in LoadEntry.model_fields if name not in _OURS}
        return LoadRow(
            **{**values, "run_by": process_of(entry.run_by)},
            source_name=self.source_name,
            load_table=self.table,
            published=entry.load_id == self.published,
        )

    @property
    def published_row(self) -> LoadRow | None:
        """The load that is published."""
        return self.row(self.entry(self.published))

    def newest(self, *statuses: LoadStatus) -> LoadRow | None:
        """The newest load of one of these statuses."""
        return self.row(next(self.newest_first(*statuses), None))

    def sent_before(self, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once."""
        finished = self.newest_first("loaded", "pruning", "pruned")
        return self.row(next((each for each in finished if each.file_sha256 == sha256), None))

    def with_entry(self, entry: LoadEntry) -> SourceLedger:
        """The state with this load, in the place of the one with its number."""
        others = [each for each in self.loads if each.load_id != entry.load_id]
        in_order = sorted([*others, entry], key=lambda each: each.load_id)
        return self.changed(loads=tuple(in_order))

    def with_retired(self, keys: Iterable[str], at: datetime) -> SourceLedger:
        """The state, in which these files are to be taken away in time."""
        more = (Retired(key=key, since=at) for key in sorted(keys))
        return self.changed(retired=(*self.retired, *more))

    def published_once(self, *load_ids: int) -> set[str]:
        """The files of leads of these loads that were ever published, those that a replay has replaced included.

        Whoever asks for the leads of an earlier day reads them.
        """
        folder = LakeLayout(self.table).leads
        published = (each for each in self.publications if each.load_id in load_ids)
        return {f"{folder}/{file}" for each in published for file in each.files}

    def publish(self, load_id: int, at: datetime) -> SourceLedger:
        """The state with this load as the published one, as it is now."""
        entry, generation = self.entry(load_id), self.generation + 1
        file = entry.file("leads") if entry else None
        files = (LakeLayout(self.table).relative(file.key),) if file else ()
        publication = Publication(generation=generation, since=at, load_id=load_id, files=files)
        return self.changed(generation=generation, publications=(*self.publications, publication))

    def changed(self, **values: Any) -> SourceLedger:
        """The state with some values otherwise."""
        return self.model_copy(update=values)

    @property
    def original(self) -> Original | None:
        """Of which load one of the loads is a copy; None where all were made here. A source has the one or the other."""
        return next((entry.original for entry in self.loads if entry.original), None)

    @property
    def only_published(self) -> SourceLedger:
        """The state with what is published now, and nothing else."""
        entry = self.entry(self.published)
        shown = (entry,) if entry else ()
        return SourceLedger(
            format=self.format,
            table=self.table,
            source_name=self.source_name,
            publications=self.publications[-1:],
            loads=shown,
        )

    @property
    def leads_shown(self) -> StoredFile | None:
        """The leads that are published; None where there are none."""
        entry = self.entry(self.published)
        return entry.file("leads") if entry else None

    def published_files(self) -> PublishedFiles:
        """What is published, for other engines."""
        shown = self.leads_shown
        if shown is None:
            return PublishedFiles(self.generation)
        file = DataFile(
            LakeLayout(self.table).relative(shown.key),
            shown.size,
            shown.rows,
            shown.written,
            shown.statistics(),
        )
        return PublishedFiles(self.generation, (file,))

    def keys(self) -> set[str]:
        """Everything that the ledger names."""
        files = (file.key for entry in self.loads for file in entry.files.values())
        replaced = self.published_once(*(entry.load_id for entry in self.loads if entry.status != "pruned"))
        return {*files, *replaced, *(each.key for each in self.retired)}


#: What only the lake keeps of a load.
_OURS: Final = frozenset({"files", "corrected"})

Kept = TypeVar("Kept", bound=BaseModel)


def parsed(model: type[Kept], content: bytes, url: str) -> Kept:
    """The content of an object as `model` says.

    Raises DestinationSetupError where a later version of the program wrote it, DestinationError where it is not what we write.
    """
    try:
        document = from_json(content)
        if isinstance(document, dict) and isinstance(found := document.get("format"), int) and found > FORMAT:
            raise DestinationSetupError(
                f"{url} was written by a newer version of leadingest",
                hint="use that version here, too: pip install --upgrade leadingest",
            )
        return model.model_validate(document)
    except ValidationError as error:
        # What stands there may be somebody's: only its place is told.
        where = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
    except ValueError:
        where = ""
    raise DestinationError(
        f"{url} is not what leadingest wrote there{f' (see {where})' if where else ''}",
        hint="put back an earlier version of this object: one that the bucket has kept, or of a backup",
    )


def is_ours(key: str, folder: str) -> bool:
    """Whether the key is one below the folder: somebody may have changed it by hand."""
    return key.startswith(f"{folder}/") and not {"", ".", ".."} & set(key.split("/"))
