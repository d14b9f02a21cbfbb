"""Read delimited text record by record with Python's strict csv reader, and keep each record that does not fit.

The csv reader is strict about quotes, but it does not count cells, takes a quote inside an unquoted cell
for text, and reads on to the end of the file where a quote is never closed. What it makes of the lines is
judged, and after a fault it is put back to the line where the next record starts.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from leadingest.deliveries.encoding import raw_text, undecodable_byte
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.lenient_cells import lenient_cells
from leadingest.deliveries.readers.line_feed import LineFeed
from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.verdict import ONE_LINE, Judge, Parsed, Verdict
from leadingest.deliveries.readers.window import MOST_LINE_BYTES, Window
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.expressions import BLANKS
from leadingest.tables.rejects import REJECTS, UNDECODABLE

#: What is read carefully is read in pieces of so many bytes at most, which a processor's cache can hold.
PIECE: Final = 1 << 16


@dataclass
class RecordPosition:
    """Where in the file reading has got to: the numbers of the record and the line that come next."""

    record: int
    line: int
    #: The record before had a fault, so what comes next may be a part of it.
    doubtful: bool = False


@dataclass
class ReadRecords:
    """The records read so far, each with its number and line, and the rejects, shaped as REJECTS."""

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejects: list[tuple[object, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows) + len(self.rejects)

    def batch(self, cells: int) -> RecordBatch:
        """The records and rejects as columns; `cells` is how many a record has."""
        headers = {str(position): pl.String for position in range(cells)}
        return RecordBatch(
            _frame(self.rows, headers), self.numbers, self.lines, _frame(self.rejects, REJECTS)
        )


class CarefulReader:
    """Reads records from a window. `name` is that of the file, `encoding` the one that it is written in."""

    def __init__(self, window: Window, shape: RecordShape, *, encoding: str, name: str) -> None:
        # The csv module's limit is one for the whole process. How long a record may be is looked at here.
        csv.field_size_limit(1 << 30)
        self.window, self.shape = window, shape
        self.encoding, self.name = encoding, name
        self.judge = Judge(shape)
        self.noticed = Noticed()

    def read(self, start: int, stop: int, place: RecordPosition) -> tuple[RecordBatch, int]:
        """Every record that starts within window.data[start:stop], and the offset where the last one ends.

        The first of them starts at `start`, which is the `place`; that is moved on.

        Raises DeliveryError at a line that is far too long for a list.
        """
        outcome = ReadRecords()
        end = self.read_into(outcome, start, stop, place)
        return outcome.batch(self.shape.cells), end

    def read_into(self, outcome: ReadRecords, start: int, stop: int, place: RecordPosition) -> int:
        """Add every record of the range to `outcome`; the offset where the last record ends.

        A record that goes on in lines which the window holds back for a search is left for later.
        """
        feed = LineFeed(self.window, start, stop - start, self.shape, self.encoding)
        lines = csv.reader(feed, **self.shape.dialect.csv_options)
        reading = _RecordCollector(self, feed, place, outcome)
        while feed.begun < reading.own:
            try:
                for cells in lines:
                    reading.take(cells)
                    feed.begun = feed.at
                    if feed.begun >= reading.own:
                        break
            except csv.Error as error:
                if feed.cut_off and self.window.searched:
                    feed.at = feed.begun
                    break
                reading.decide(None, str(error))
                feed.begun = feed.at
        place.line += feed.at
        return feed.offset()


class _RecordCollector:
    """The records of one call of `read_into`, as they come."""

    def __init__(
        self,
        reader: CarefulReader,
        feed: LineFeed,
        place: RecordPosition,
        outcome: ReadRecords,
    ) -> None:
        self._reader, self._feed, self._place = reader, feed, place
        self._outcome = outcome
        #: Records that begin behind so many lines are for the next call.
        self.own = len(feed.lines)
        self._judge = reader.judge
        self._cells, self._quote = reader.shape.cells, reader.shape.dialect.quote
        self._hollow = frozenset(reader.shape.hollow)
        # A character has four bytes at most.
        self._short = reader.shape.most_bytes // 4

    def take(self, cells: list[str]) -> None:
        """Keep or reject what the csv reader has taken for a record."""
        feed, quote = self._feed, self._quote
        line = feed.lines[feed.begun]
        if feed.at != feed.begun + 1 or len(line) > MOST_LINE_BYTES:
            self.decide(cells)
            return
        plain = (
            len(cells) == self._cells
            and (quote is None or quote not in line or quote not in "".join(cells))
            and len(line) <= self._short
            and line[0] not in self._hollow
        )
        verdict = ONE_LINE if plain else self._judge.of_line(line, cells, doubtful=self._place.doubtful)
        self._carry_out(verdict, cells, line)

    def decide(self, cells: list[str] | None, refusal: str = "") -> None:
        """Keep or reject a record of several lines, or one that was refused; go back to where it ends."""
        feed = self._feed
        lines, number = feed.lines[feed.begun : feed.at], self._place.line + feed.begun
        if len(lines[0]) > MOST_LINE_BYTES:
            raise _endless(self._reader.name, number)
        verdict = self._judge.of(Parsed(lines, cells, refusal), number, doubtful=self._place.doubtful)
        feed.at = feed.begun + verdict.lines
        self._carry_out(verdict, cells or [], "".join(lines[: verdict.lines]))

    def _carry_out(self, verdict: Verdict, cells: list[str], text: str) -> None:
        feed, place, reason, message = self._feed, self._place, verdict.reason, verdict.message
        line = place.line + feed.begun
        if reason and self._reader.shape.lenient and self._may_be_lenient(verdict, text):
            lenient = lenient_cells(text, self._reader.shape)
            if lenient:
                cells, reason, verdict = lenient, None, ONE_LINE
                self._reader.noticed.lenient += 1
        if feed.shown:
            shown = "".join(feed.shown[feed.begun : feed.begun + verdict.lines])
            if len(shown) != len(text):
                reason, message = UNDECODABLE, self._undecodable(text)
                text = raw_text(text, self._reader.encoding)
        if reason:
            self._outcome.rejects.append(
                (place.record, line, None, reason.code, message, text.rstrip("\r\n"))
            )
        elif verdict.blank:
            self._reader.noticed.blank_rows += bool(text.strip(BLANKS))
            return
        else:
            outcome = self._outcome
            outcome.rows.append(cells)
            outcome.numbers.append(place.record)
            outcome.lines.append(line)
        place.record += 1
        place.doubtful = verdict.reason is not None and not verdict.blank

    def _may_be_lenient(self, verdict: Verdict, text: str) -> bool:
        """A line by itself, and none that may be a part of the record before."""
        return verdict.lines == 1 and not self._place.doubtful and len(text) <= self._short

    def _undecodable(self, text: str) -> str:
        encoding = self._reader.encoding
        return f"byte 0x{undecodable_byte(text, encoding):02X} is not {encoding}"


def _endless(name: str, line: int) -> DeliveryError:
    return DeliveryError(
        f"{name}: line {line}: the line is longer than {MOST_LINE_BYTES >> 20} MiB",
        hint="this is not a list with one record per line: ask for the file again",
        line=line,
    )


def _frame(rows: Sequence[Sequence[object]], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """Column by column, for polars is slow with rows."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [pl.Series(name, column, kind) for (name, kind), column in zip(schema.items(), columns, strict=True)]
    )
