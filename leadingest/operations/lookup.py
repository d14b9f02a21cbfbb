"""`lookup`: a value from a table beside the mapping."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any, ClassVar, Final

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationInfo, model_validator

from leadingest.documents.plain_file import read_plain_file
from leadingest.errors import FaultError
from leadingest.operations.base import FATES, INVALID, Example, Fate, RecognisingWord, without_blanks

#: Bytes that a look-up table may have: it is kept in memory. All ZIP codes with their counties have about 2,000,000.
MOST_BYTES: Final = 32_000_000


class LookupTable(BaseModel):
    """Which file, and which of its columns hold the value to look up and the value to take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(description="The CSV file, in the folder of the mapping.")
    key: str = Field(description="The column that holds the value to look up.")
    value: str = Field(description="The column that holds the value to take.")


class Lookup(RecognisingWord):
    """Look the value up in a CSV file beside the mapping, and take another column of the row found.

    `file` is UTF-8 with a header; `key` is the column that holds the value, `value` the one to take.
    """

    lookup: LookupTable
    otherwise: Fate = Field(description=f"What becomes of a value that is not in the table: {FATES}.")

    problem: ClassVar[str] = "is not in the look-up table"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        # counties.csv has the row 007,Elko
        Example(
            "{from: Code, lookup: {file: counties.csv, key: FIPS, value: County}, otherwise: invalid}",
            (("007", "Elko"), ("999", INVALID)),
        ),
    )

    _rows: dict[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Lookup:
        folder = Path((info.context or {}).get("folder", "."))
        self._rows.update(_rows_of(folder, self.lookup))
        return self

    def digest(self) -> str:
        """SHA-256 of what the table says: it is part of what decides what a delivery becomes."""
        return hashlib.sha256(repr(sorted(self._rows.items())).encode()).hexdigest()

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.replace_strict(
            list(self._rows), list(self._rows.values()), default=None, return_dtype=pl.String
        )


def _rows_of(folder: Path, table: LookupTable) -> dict[str, str]:
    try:
        text = _content(folder, table.file).decode("utf-8-sig")
        return _pairs(csv.DictReader(io.StringIO(text, newline=""), strict=True), table)
    except (UnicodeDecodeError, csv.Error) as error:
        raise FaultError("broken_lookup", f"cannot read {table.file!r}: {error}") from error


def _content(folder: Path, name: str) -> bytes:
    try:
        content = read_plain_file(_path(folder, name), most=MOST_BYTES)
    except FileNotFoundError:
        raise FaultError("broken_lookup", f"names the file {name!r}, which is not there") from None
    except OSError as error:
        raise FaultError("broken_lookup", f"cannot read {name!r}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise FaultError(
            "broken_lookup",
            f"cannot read {name!r}: it has more than {MOST_BYTES:,} bytes, the most that are read",
        )
    return content


def _path(folder: Path, name: str) -> Path:
    """Where the file is, links followed."""
    try:
        path = (folder / name).resolve()
    except (ValueError, RuntimeError) as error:
        # A NUL in the name, or links that lead in a circle.
        raise FaultError("broken_lookup", f"names {name!r}, which is no path of a file") from error
    if not path.is_relative_to(folder.resolve()):
        raise FaultError("broken_lookup", f"names {name!r}, which is not in the folder of the mapping")
    return path


def _pairs(rows: csv.DictReader[Any], table: LookupTable) -> dict[str, str]:
    for column in (table.key, table.value):
        if column not in (rows.fieldnames or ()):
            raise FaultError(
                "broken_lookup", f"names the column {column!r}, which {table.file!r} does not have"
            )
    found: dict[str, str] = {}
    for row in rows:
        key, value = without_blanks(row[table.key] or ""), without_blanks(row[table.value] or "")
        if found.setdefault(key, value) != value:
            raise FaultError("broken_lookup", f"finds {key!r} twice in {table.file!r}, with different values")
    return found
