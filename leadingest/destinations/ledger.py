"""The loads of a destination: what is known of each, how one is made, and which one of a source is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol

import polars as pl

#: `pruning` is a load whose rows are being removed, `pruned` one whose rows are gone.
LoadStatus = Literal["running", "loaded", "held", "failed", "pruning", "pruned"]

#: What a difference does to a load: it fails or is held; it loses values; nothing.
DriftClass = Literal["breaking", "lossy", "safe"]


def kept_name(file_name: str) -> str:
    r"""The name of a file as a destination keeps it: bytes that are no UTF-8 as `\udcff`, and what fits."""
    return file_name.encode("utf-8", "backslashreplace").decode()[:255]


@dataclass(frozen=True)
class NewLoad:
    """A delivery that is about to be loaded; `extract_time` is an aware UTC time."""

    source: str
    file_name: str
    file_size: int
    file_sha256: str
    mapping_hash: str
    extract_time: datetime
    #: The fields by which the mapping knows a lead again.
    key: tuple[str, ...] = ()
    #: Its day is the one that the mapping is told: what is replayed later is told the same.
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def kept_name(self) -> str:
        """The name of the file as a destination keeps it."""
        return kept_name(self.file_name)


@dataclass(frozen=True)
class RecordCounts:
    """What became of the records of a delivery: read = loaded + rejected + filtered."""

    read: int
    loaded: int
    rejected: int
    filtered: int
    #: Blanked cells of loaded records.
    invalid_values: int

    @property
    def balanced(self) -> bool:
        """Whether every record read is accounted for."""
        return self.read == self.loaded + self.rejected + self.filtered


@dataclass(frozen=True)
class LoadEnd:
    """How a load ends: what became of its records, and why it is held; published unless there is a reason."""

    counts: RecordCounts
    #: The encoding used to read the delivery.
    encoding: str = ""
    #: How its cells were told apart.
    dialect: str = ""
    #: Why the load is held, in one line; empty for one that is published.
    held_because: str = ""


@dataclass(frozen=True, kw_only=True)
class DriftNote:
    """How a delivery differed from what was expected, in one respect; holds nothing that is somebody's."""

    code: str
    name: str
    kind_class: DriftClass
    #: The column; "" where it is the delivery as a whole.
    header: str
    expected: str
    found: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class DriftRow(DriftNote):
    """How a delivery differed, with the load that it is about; times are aware UTC."""

    load_id: int
    source_name: str
    file_name: str
    status: LoadStatus
    started_at: datetime
    extract_time: datetime


@dataclass(frozen=True)
class NewCorrectedFile:
    """A file of corrected rejects that joins a load."""

    file_name: str
    file_size: int
    file_sha256: str


@dataclass(frozen=True)
class CorrectedFileRow(NewCorrectedFile):
    """A file of corrected rejects that has joined a load; `joined_at` is an aware UTC time."""

    joined_at: datetime
    #: Its records that became leads, and those that were left out on purpose.
    records_loaded: int
    records_filtered: int


@dataclass(frozen=True)
class Original:
    """The load of another destination that a load is a copy of."""

    #: The URL of the destination, without its password.
    database: str
    load_id: int
    #: What its rows were when they were copied: another text after a replay.
    version: str


@dataclass(frozen=True)
class LoadRow:
    """A load as it is kept; times are aware UTC, `reason` is empty unless the load failed or is held."""

    load_id: int
    source_name: str
    load_table: str
    status: LoadStatus
    file_name: str
    file_size: int
    file_sha256: str
    mapping_hash: str
    encoding: str
    records_read: int
    records_loaded: int
    records_rejected: int
    records_filtered: int
    invalid_values: int
    extract_time: datetime
    started_at: datetime
    finished_at: datetime | None
    reason: str
    #: The process that runs or ran it: `process 4711 on box1`.
    run_by: str
    program_version: str
    #: Whether the view shows this load.
    published: bool
    #: How the cells of the delivery were told apart: JSON, or empty where nobody noted it.
    dialect: str = ""
    #: Of a load that `leadingest mirror` has copied: which one it is a copy of.
    original: Original | None = None


def to_prune(finished: Iterable[LoadRow], keep: int) -> list[LoadRow]:
    """Of loads that came to their end, newest first, those beyond the newest `keep` of each source, and not published.

    One whose pruning was broken off does not count as kept.
    """
    kept = Counter[str]()
    found = []
    for row in finished:
        kept[row.source_name] += row.status != "pruning"
        if row.status == "pruning" or (kept[row.source_name] > keep and not row.published):
            found.append(row)
    return found


class Load(Protocol):
    """A load under way. Nothing of it is visible to readers until `finish` has returned."""

    @property
    def id(self) -> int:
        """Its number in the ledger."""

    @property
    def written_by(self) -> str:
        """How its rows are written, for people: `LOAD DATA on 2 connections`; empty before any was."""

    def write(self, *, leads: pl.DataFrame, rejects: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Add a batch. Frames are shaped as the engine's MappedBatch says, and may be empty.

        Returns while the rows are still on their way; what goes wrong with them is raised by a later call.
        """

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery, shaped as PROFILES."""

    def write_drift(self, notes: Sequence[DriftNote]) -> None:
        """Keep, whatever becomes of the load, how its delivery differed from what was expected; at most once."""

    def finish(self, end: LoadEnd) -> None:
        """End the load and, unless it is held, publish it, in one transaction.

        Raises BalanceError, and publishes nothing, when the destination does not hold what the counts say.
        """


class Replay(Protocol):
    """The rejects of a finished load, replaced by what they are now; nothing of it is visible before `finish`."""

    def write(
        self,
        *,
        instead_of: pl.DataFrame,
        leads: pl.DataFrame,
        rejects: pl.DataFrame,
        invalid_values: pl.DataFrame,
    ) -> None:
        """Take these rejects out of the load, and write what they have become.

        Frames are shaped as `Load.write` takes them, and may be empty.
        """

    def finish(self, *, filtered: int, corrected: NewCorrectedFile | None = None) -> None:
        """Count the load again, with so many more records left out on purpose, and commit.

        `corrected` is the file that the records came from, where they were not the rejects as they are kept; it is noted
        with the load.

        Raises BalanceError, and changes nothing, when the destination does not hold what it should.
        """


class Claim(Protocol):
    """A source in our hands: nobody else can load it meanwhile."""

    @property
    def cleared(self) -> Sequence[LoadRow]:
        """Loads of the source that a process which is no more had left unfinished; their rows were removed."""

    def loaded_before(self, *, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""

    def published(self) -> LoadRow | None:
        """The load of the source whose leads are shown."""

    def sent_before(self, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once, under whatever mapping."""

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The columns of a load's delivery, shaped as PROFILES; no rows where nothing is kept of it."""

    def replay(self, load_id: int, *, key: Sequence[str] = ()) -> AbstractContextManager[Replay]:
        """The rejects of a load of ours, for as long as the block lasts; one left without `finish` changed nothing.

        `key` is the one that the mapping declares.
        Raises UsageError where the load is neither loaded nor held.
        """

    def start(self, new: NewLoad) -> AbstractContextManager[Load]:
        """A new load, for as long as the block lasts; one left without `finish` is undone and marked failed."""


class Ledger(Protocol):
    """Knows every load into one load table, and changes which one of a source is published."""

    def claim(self, source: str, *, wait: float = 0) -> AbstractContextManager[Claim]:
        """The source, for as long as the block lasts: one run of a source at a time.

        Another process (or thread) that has it is waited for, `wait` seconds at most; then DestinationBusyError
        says who has it. A claim ends with its process, however that ends.
        """

    def load(self, load_id: int) -> LoadRow:
        """The load with this number. Raises UsageError where there is none."""

    def history(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first; None: all of them."""

    def corrected_files(self, load_id: int) -> list[CorrectedFileRow]:
        """The corrected files of rejects that have joined the load, the first one first."""

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end, held or not, and whose rows are there."""

    def newest_of_each(self, number: int) -> list[LoadRow]:
        """The newest so many loads of every source, and its published one, newest first."""

    def published(self, source: str) -> LoadRow | None:
        """The load of the source whose leads are shown."""

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the source of the same bytes that was published once, under whatever mapping."""

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError when there is none with this number, or it is not held."""

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source: `to`, or the one before the published one.

        Raises UsageError when there is no such load, NothingToDoError when there is none before it.
        """

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of all but the newest `keep` finished loads of each source, a few at a time.

        The published load always stays, and so does what the ledger knows. Gives the loads whose rows are gone.
        """
