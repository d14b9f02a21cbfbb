"""Cells of a workbook that hold an error such as #N/A: the library that reads the rest leaves them empty."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from typing import IO, Final

import polars as pl
from defusedxml import ElementTree

_STEP: Final = 1 << 20
#: An error cell is short: so much of one piece is looked at again with the next.
_LONGEST_CELL: Final = 1 << 14
_ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>'
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)</",
    re.DOTALL,
)
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class ErrorCell:
    """An error and its place; row and column count from 0."""

    row: int
    column: int
    text: str


def with_errors(cells: pl.DataFrame, columns: Mapping[int, str], content: bytes, sheet: str) -> pl.DataFrame:
    """The cells with the errors of the sheet filled in; `columns` are frame columns by sheet column."""
    by_column: dict[str, list[ErrorCell]] = {}
    for error in error_cells(content, sheet):
        if error.column in columns and error.row < cells.height:
            by_column.setdefault(columns[error.column], []).append(error)
    for column, errors in by_column.items():
        rows = [error.row for error in errors]
        filled = cells[column].scatter(rows, [error.text for error in errors])
        cells = cells.with_columns(filled.alias(column))
    return cells


def error_cells(content: bytes, sheet: str) -> Iterator[ErrorCell]:
    """The error cells of an xlsx workbook's sheet; none for the older formats."""
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = _member(archive, sheet)
        if member not in archive.namelist():
            return
        with archive.open(member) as xml:
            for letters, row, text in _matches(xml):
                yield ErrorCell(int(row) - 1, _column_number(letters), text.decode("utf-8"))


def _matches(xml: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    rest = b""
    while piece := xml.read(_STEP):
        text = rest + piece
        end = 0
        if b't="e"' in text:
            for match in _ERROR_CELL.finditer(text):
                letters, row, said = match.groups()
                yield letters, row, said
                end = match.end()
        rest = text[max(end, len(text) - _LONGEST_CELL) :]


def _member(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where the archive keeps the sheet: the workbook names a relation, the relation a file."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    wanted = next(
        (e.get(_RELATION) for e in book.iter() if e.get("name") == sheet and e.get(_RELATION)), None
    )
    target = next((e.get("Target", "") for e in relations if wanted and e.get("Id") == wanted), "")
    return normpath(join("/xl", target)).lstrip("/")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
