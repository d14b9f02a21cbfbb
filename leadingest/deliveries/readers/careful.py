"""Read delimited text record by record, for what polars cannot parse: an escape character, CR line ends.

Python's csv reader is strict about quotes but does not count cells; that is done here.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import polars as pl

from leadingest.deliveries.byte_stream import Readable
from leadingest.deliveries.encoding import not_utf8
from leadingest.deliveries.footer import footer_length, held_back
from leadingest.deliveries.readers.blocks import MOST_RECORD_BYTES
from leadingest.deliveries.readers.dialect import Dialect
from leadingest.deliveries.readers.text_faults import text_error
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import FooterMatch

_BATCH: Final = 20_000


@dataclass(frozen=True)
class _Row:
    cells: list[str]
    line: int
    #: As it stands in the file, without its line end.
    text: str
    #: The first of the blank lines right before it.
    blank_line: int | None
    #: What is wrong with it; it may still turn out to be footer.
    fault: DeliveryError | None = None


def careful_batches(
    stream: Readable,
    dialect: Dialect,
    *,
    cells: int,
    first_line: int,
    footer: int | FooterMatch,
    returns_only: bool,
    name: str,
) -> Iterator[RecordBatch]:
    """The records after the header; raises DeliveryError at the first that is not well-formed."""
    feed = _Feed(stream, first_line, returns_only=returns_only, name=name)
    rows = _checked(_without_footer(_rows(feed, dialect, name), footer), cells, name)
    first_record = 1
    while batch := list(islice(rows, _BATCH)):
        columns = zip(*(row.cells for row in batch), strict=True)
        frame = pl.DataFrame({str(i): pl.Series(column, dtype=pl.String) for i, column in enumerate(columns)})
        numbers = range(first_record, first_record + len(batch))
        yield RecordBatch(frame, numbers, [row.line for row in batch])
        first_record += len(batch)


class _Feed:
    """Gives the csv reader one line after the other, and knows those of the record being read."""

    def __init__(self, stream: Readable, first_line: int, *, returns_only: bool, name: str) -> None:
        raw = io.BufferedReader(_Raw(stream), 1 << 18)
        newline = "" if returns_only else "\n"
        self._lines = io.TextIOWrapper(raw, "utf-8", errors="surrogateescape", newline=newline)
        self._name = name
        self.next_line = first_line
        self.record: list[str] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = next(self._lines)
        self.size += len(text)
        self.record.append(text)
        self.next_line += 1
        if self.size > MOST_RECORD_BYTES:
            raise csv.Error("unexpected end of data")
        if not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text):
            wrong = not_utf8(text.encode("utf-8", "surrogateescape"), self._name, self.next_line - 1)
            if wrong:
                raise wrong
        if "\0" in text:
            raise text_error("a NUL byte", self._name, self.next_line - 1)
        return text


class _Raw(io.RawIOBase):
    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # the stubs ask for any buffer
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _rows(feed: _Feed, dialect: Dialect, name: str) -> Iterator[_Row]:
    """Every record; blank lines are remembered by the record after them."""
    csv.field_size_limit(MOST_RECORD_BYTES)
    reader = csv.reader(feed, **dialect.csv_options)
    blank: int | None = None
    while True:
        line = feed.next_line
        feed.record, feed.size = [], 0
        cells, fault = _next_cells(reader, name, line)
        text = "".join(feed.record).rstrip("\r\n")
        if cells is None and fault is None:
            return
        if text or fault:
            yield _Row(cells or [], line, text, blank, fault)
            blank = None
        elif blank is None:
            blank = line


def _next_cells(
    reader: Iterator[list[str]], name: str, line: int
) -> tuple[list[str] | None, DeliveryError | None]:
    """The cells, or what is wrong with them, or neither at the end."""
    try:
        return next(reader, None), None
    except csv.Error as error:
        return None, text_error(_in_words(str(error)), name, line)


def _in_words(said: str) -> str:
    if "unexpected end" in said:
        return "the quote opened here is never closed"
    if "expected after" in said:
        return "text after a closing quote"
    if "new-line" in said:
        return "a carriage return without a line feed"
    return said


def _without_footer(rows: Iterator[_Row], footer: int | FooterMatch) -> Iterator[_Row]:
    last: deque[_Row] = deque()
    for row in rows:
        last.append(row)
        if len(last) > held_back(footer):
            yield last.popleft()
    yield from islice(last, len(last) - footer_length([row.text for row in last], footer))


def _checked(rows: Iterator[_Row], cells: int, name: str) -> Iterator[_Row]:
    for row in rows:
        if row.blank_line:
            raise text_error("a blank line", name, row.blank_line)
        if row.fault:
            raise row.fault
        if len(row.cells) != cells:
            count = len(row.cells)
            raise text_error(f"{count} cell{'' if count == 1 else 's'} instead of {cells}", name, row.line)
        yield row
