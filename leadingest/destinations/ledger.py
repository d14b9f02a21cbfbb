"""What is known of a load: before it starts, when it ends, and afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: `pruning` is a load whose rows are being removed, `pruned` one whose rows are gone.
LoadStatus = Literal["running", "loaded", "held", "failed", "pruning", "pruned"]

#: What a difference does to a load: it fails or is held; it loses values; nothing.
DriftClass = Literal["breaking", "lossy", "safe"]


def kept_name(file_name: str) -> str:
    r"""The name of a file as the tables hold it: bytes that are no UTF-8 as `\udcff`, and what fits."""
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

    @property
    def kept_name(self) -> str:
        """The name of the file as the tables hold it."""
        return kept_name(self.file_name)


@dataclass(frozen=True)
class Counts:
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

    counts: Counts
    #: The encoding that the delivery was read in.
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
    """A row of `load_drift` with the load that it is about; times are aware UTC."""

    load_id: int
    source_name: str
    file_name: str
    status: LoadStatus
    started_at: datetime
    extract_time: datetime


@dataclass(frozen=True)
class NewMendedFile:
    """A file of mended rejects that joins a load."""

    file_name: str
    file_size: int
    file_sha256: str


@dataclass(frozen=True)
class MendedFileRow(NewMendedFile):
    """A row of `load_mended_files`; `joined_at` is an aware UTC time."""

    joined_at: datetime
    #: Its records that became leads, and those that were left out on purpose.
    records_loaded: int
    records_filtered: int


@dataclass(frozen=True)
class LoadRow:
    """A row of `loads`; times are aware UTC, `reason` is empty unless the load failed or is held."""

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
