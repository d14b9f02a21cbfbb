"""`lookup`: a value from a table beside the mapping."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Final

import polars as pl
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from leadingest.documents.plain_file import read_plain_file
from leadingest.errors import FaultError
from leadingest.operations.base import (
    INVALID,
    ON_UNRECOGNIZED,
    Example,
    OnUnrecognized,
    RecognizingOperation,
    without_blanks,
)

#: Bytes that a look-up table may have: it is kept in memory. All ZIP codes with their counties have about 2,000,000.
MOST_BYTES: Final = 32_000_000
#: The records of a file, each with the line at which it begins.
_Records = Sequence[tuple[int, list[str]]]


class LookupTable(BaseModel):
    """Which file, and which of its columns hold the value to look up and the value to take."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    file: str = Field(description="The CSV file, in the folder of the mapping.")
    key: str = Field(description="The column to search for the value.")
    value: str = Field(
        default="",
        description="The column with the value to take; by default the one with the name of the field.",
    )

    _rows: dict[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> LookupTable:
        context = info.context or {}
        files: dict[str, _Records] = context.get("files", {})
        if self.file not in files:
            files[self.file] = _records_of(Path(context.get("folder", ".")), self.file)
        self._rows.update(_pairs(files[self.file], self))
        return self

    @property
    def rows(self) -> dict[str, str]:
        """What is found for each value; "" where the table has nothing to say."""
        return self._rows


class Lookup(RecognizingOperation):
    """Look up the value in a CSV file next to the mapping, and take another column of the matching row.

    `file` is UTF-8 with a header; `key` is the column to search, `value` the one to take, by default the one with the name of
    the field. For several fields out of one row, `lookup: NAME` is the table of that name under `maps`. The file is read as strictly as a
    delivery: a line with more or fewer cells than the header is an error. `delivery: {nulls: ...}` also applies to
    the value found.
    """

    lookup: LookupTable
    otherwise: OnUnrecognized = Field(
        description=f"What to do with a value that is not in the table: {ON_UNRECOGNIZED}."
    )

    problem: ClassVar[str] = "is not in the lookup table"
    leaves_blanks: ClassVar[bool] = False
    gives_cells: ClassVar[bool] = True
    examples: ClassVar = (
        # counties.csv has the row 007,Elko
        Example(
            "{from: Code, lookup: {file: counties.csv, key: FIPS, value: County}, otherwise: invalid}",
            (("007", "Elko"), ("999", INVALID)),
        ),
    )

    @field_validator("lookup", mode="before", json_schema_input_type=LookupTable | str)
    @classmethod
    def _is_a_table(cls, value: object) -> object:
        return value

    def digest(self) -> str:
        """SHA-256 of what the table says: it is part of what decides what a delivery becomes."""
        return hashlib.sha256(repr(sorted(self.lookup.rows.items())).encode()).hexdigest()

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.replace_strict(
            list(self.lookup.rows), list(self.lookup.rows.values()), default=None, return_dtype=pl.String
        )


def _records_of(folder: Path, file: str) -> _Records:
    try:
        text = _content(folder, file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultError("broken_lookup", f"cannot read {file!r}: {error}") from error
    return list(_records(text, file))


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The lines at which records begin, and their cells, the header first; all have as many as the header."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    width, line = None, 1
    try:
        for cells in reader:
            if any(map(without_blanks, cells)):
                width = len(cells) if width is None else width
                if len(cells) != width:
                    message = f"cannot read {file!r}: line {line} has {len(cells)} cells, but the header has {width}"
                    raise FaultError("broken_lookup", message)
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise FaultError("broken_lookup", f"cannot read {file!r}: line {line}: {error}") from error


def _content(folder: Path, name: str) -> bytes:
    try:
        content = read_plain_file(_path(folder, name), most=MOST_BYTES)
    except FileNotFoundError:
        raise FaultError("broken_lookup", f"names the file {name!r}, which does not exist") from None
    except OSError as error:
        raise FaultError("broken_lookup", f"cannot read {name!r}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise FaultError(
            "broken_lookup",
            f"cannot read {name!r}: it has more than {MOST_BYTES:,} bytes, the limit",
        )
    return content


def _path(folder: Path, name: str) -> Path:
    """Where the file is, links followed."""
    try:
        path = (folder / name).resolve()
    except (ValueError, RuntimeError) as error:
        # A NUL in the name, or links that lead in a circle.
        raise FaultError("broken_lookup", f"names {name!r}, which is not a valid file path") from error
    if not path.is_relative_to(folder.resolve()):
        raise FaultError("broken_lookup", f"names {name!r}, which is not in the folder of the mapping")
    return path


def _pairs(records: _Records, table: LookupTable) -> dict[str, str]:
    header = [" ".join(name.split()) for name in records[0][1]] if records else []
    for column in (table.key, table.value):
        if (times := header.count(" ".join(column.split()))) != 1:
            has = "does not have" if not times else f"has {times} times"
            raise FaultError("broken_lookup", f"names the column {column!r}, which {table.file!r} {has}")
    key_at, value_at = (header.index(" ".join(column.split())) for column in (table.key, table.value))
    found: dict[str, str] = {}
    for line, cells in records[1:]:
        key, value = without_blanks(cells[key_at]), without_blanks(cells[value_at])
        if found.setdefault(key, value) != value:
            message = (
                f"finds {key!r} twice in {table.file!r}, with different values; the second is in line {line}"
            )
            raise FaultError("broken_lookup", message)
    return found
