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
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.verdict import ONE_LINE, Judge, Parsed, Verdict
from leadingest.deliveries.readers.window import MOST_LINE_BYTES, LineFeed, Window
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.expressions import BLANKS
from leadingest.tables.rejects import REJECTS, UNDECODABLE

#: What is read carefully is read in pieces of so many bytes at most, which a processor's cache can hold.
PIECE: Final = 1 << 16
#: A line with more of them has too many readings to go through.
_MOST_QUOTES: Final = 16
_MOST_PIECES: Final = 500


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


def lenient_cells(line: str, shape: RecordShape) -> list[str] | None:
    """The cells of the line; None where no reading has as many as the header, or where several have.

    In a reading each delimiter parts two cells or stands within one, and a cell that holds a delimiter begins and ends
    with a quote. All other quotes are text.
    """
    quote, delimiter = shape.dialect.quote, shape.dialect.delimiter
    if quote is None or shape.dialect.escape or not 0 < line.count(quote) <= _MOST_QUOTES:
        return None
    line = line.rstrip("\r\n")
    pieces = line.split(delimiter)
    if not shape.cells <= len(pieces) <= _MOST_PIECES or _lacks_delimiter(
        line, shape.cells, delimiter, quote
    ):
        return None
    ways = _ways(pieces, quote)
    if ways[0].get(shape.cells) != 1:
        return None
    cells, at = list[str](), 0
    while at < len(pieces):
        left = shape.cells - len(cells)
        behind = next(end for end in _ends(at, pieces, quote) if ways[end].get(left - 1))
        cells.append(_unquoted(delimiter.join(pieces[at:behind]), quote))
        at = behind
    return cells


def _lacks_delimiter(line: str, cells: int, delimiter: str, quote: str) -> bool:
    """Whether the line has the cells, too, if a delimiter is missing before a quoted cell that holds one."""
    found = line.find(quote, 1)
    while found > 0:
        pieces = line[found:].split(delimiter)
        behind = [
            end
            for end in _ends(0, pieces, quote)[1:]
            if line[found - 1] != delimiter and quote not in _unquoted_text(pieces[:end], delimiter, quote)
        ]
        if behind:
            before = _ways(line[:found].split(delimiter), quote)[0]
            after = _ways(pieces, quote)
            if any(cells - 1 - count in before for end in behind for count in after[end]):
                return True
        found = line.find(quote, found + 1)
    return False


def _unquoted_text(pieces: list[str], delimiter: str, quote: str) -> str:
    """What stands between the outer quotes, without doubled ones: a fault comes seldom with another."""
    return delimiter.join(pieces)[1:-1].replace(quote * 2, "")


def _ways(pieces: list[str], quote: str) -> list[dict[int, int]]:
    """In how many ways so many cells can be made of the pieces from each place on: one, or several."""
    ways: list[dict[int, int]] = [*({} for _ in pieces), {0: 1}]
    for at in range(len(pieces) - 1, -1, -1):
        for end in _ends(at, pieces, quote):
            for cells, count in ways[end].items():
                ways[at][cells + 1] = min(ways[at].get(cells + 1, 0) + count, 2)
    return ways


def _ends(at: int, pieces: list[str], quote: str) -> list[int]:
    """Where a cell may end that begins with this piece: behind it, or behind a later one with a quote at its end."""
    if not pieces[at].startswith(quote):
        return [at + 1]
    return [at + 1, *(end + 1 for end in range(at + 1, len(pieces)) if pieces[end].endswith(quote))]


def _unquoted(cell: str, quote: str) -> str:
    if len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote):
        return cell[1:-1].replace(quote * 2, quote)
    return cell
