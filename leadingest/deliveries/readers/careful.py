"""Read delimited text record by record with Python's strict csv reader, and keep each record that does not fit.

The csv reader is strict about quotes, but it does not count cells, takes a quote inside an unquoted cell
for text, and reads on to the end of the file where a quote is never closed. What it makes of the lines is
judged, and after a fault it is put back to the line where the next record starts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from leadingest.deliveries.encoding import shown_text, undecodable_byte
from leadingest.deliveries.readers.line_feed import LineFeed
from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.verdict import Judge, Parsed, Verdict
from leadingest.deliveries.readers.window import MOST_LINE_BYTES, Window
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.tables.reject_reasons import UNDECODABLE
from leadingest.tables.rejects import REJECTS


@dataclass
class Place:
    """Where in the file reading has got to: the numbers of the record and the line that come next."""

    record: int
    line: int
    #: The record before had a fault, so what comes next may be a part of it.
    doubtful: bool = False


class CarefulReader:
    """Reads records from a window. `name` is that of the file, `encoding` the one that it is written in."""

    def __init__(self, window: Window, shape: RecordShape, *, encoding: str, name: str) -> None:
        # The csv module's limit is one for the whole process. How long a record may be is looked at here.
        csv.field_size_limit(1 << 30)
        self.window, self.shape = window, shape
        self.encoding, self.name = encoding, name
        self.judge = Judge(shape)

    def read(
        self, start: int, stop: int, place: Place, *, footer: re.Pattern[str] | None = None
    ) -> tuple[RecordBatch, int]:
        """Every record that starts within window.data[start:stop], and the offset where the last one ends.

        The first of them starts at `start`, which is the `place`; that is moved on. Reading ends before
        the first record in which `footer` is found.

        Raises DeliveryError at a line that is far too long for a list.
        """
        feed = LineFeed(self.window, start, stop - start, self.shape)
        lines = csv.reader(feed, **self.shape.dialect.csv_options)
        reading = _Reading(self, feed, place, footer)
        while feed.begun < reading.own:
            try:
                for cells in lines:
                    # Most records are plain, even around faults: for them this loop must be quick.
                    if not reading.keep_plain(cells):
                        reading.decide(cells)
                    feed.begun = feed.at
                    if feed.begun >= reading.own:
                        break
            except csv.Error as error:
                reading.decide(None, str(error))
                feed.begun = feed.at
        place.line += feed.at
        return reading.batch(), feed.offset()


class _Reading:
    """The records of one call of `read`, as they come."""

    def __init__(
        self, reader: CarefulReader, feed: LineFeed, place: Place, footer: re.Pattern[str] | None
    ) -> None:
        self._reader, self._feed, self._place, self._footer = reader, feed, place, footer
        #: Records that begin behind so many lines are for the next call.
        self.own = len(feed.lines)
        self._cells, self._quote = reader.shape.cells, reader.shape.dialect.quote
        # A character has four bytes at most.
        self._short = reader.shape.most_bytes // 4
        self._rows: list[list[str]] = []
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._rejects: list[tuple[object, ...]] = []

    def keep_plain(self, cells: list[str]) -> bool:
        """Keep the record if there is nothing to decide about it."""
        feed, quote = self._feed, self._quote
        line = feed.lines[feed.begun]
        if (
            len(cells) != self._cells
            or feed.at != feed.begun + 1
            or (quote is not None and quote in line and quote in "".join(cells))
            or len(line) > self._short
            or (feed.undecodable and not line.isascii())
            or self._footer
        ):
            return False
        self._keep(cells)
        return True

    def decide(self, cells: list[str] | None, refusal: str = "") -> None:
        """Keep, reject or pass over what the csv reader has taken for a record, and go back to where it ends."""
        feed, place = self._feed, self._place
        parsed = Parsed(feed.lines[feed.begun : feed.at], cells, refusal)
        line = place.line + feed.begun
        verdict = self._judged(parsed, line)
        feed.at = feed.begun + verdict.lines
        if verdict.blank:
            return
        faulty = verdict.reason is not None
        verdict = self._decoded(verdict, parsed)
        if self._footer and self._footer.search(_text(parsed, verdict)):
            self.own = 0
        elif verdict.reason:
            text = shown_text(_text(parsed, verdict), self._reader.encoding)
            self._rejects.append((place.record, line, None, verdict.reason.code, verdict.message, text))
            place.record += 1
            place.doubtful = faulty
        else:
            self._keep(cells or [])

    def _judged(self, parsed: Parsed, line: int) -> Verdict:
        if len(parsed.lines[0]) > MOST_LINE_BYTES:
            raise _endless(self._reader.name, line)
        return self._reader.judge.of(parsed, line, doubtful=self._place.doubtful)

    def _decoded(self, verdict: Verdict, parsed: Parsed) -> Verdict:
        """The verdict, or another where the record has bytes that do not decode."""
        encoding = self._reader.encoding
        if self._feed.undecodable:
            byte = undecodable_byte(_text(parsed, verdict), encoding)
            if byte is not None:
                return Verdict(verdict.lines, UNDECODABLE, f"byte 0x{byte:02X} is not {encoding}")
        return verdict

    def batch(self) -> RecordBatch:
        """What was kept, and what was rejected."""
        headers = {str(position): pl.String for position in range(self._cells)}
        return RecordBatch(
            _frame(self._rows, headers), self._numbers, self._starts, _frame(self._rejects, REJECTS)
        )

    def _keep(self, cells: list[str]) -> None:
        self._rows.append(cells)
        self._numbers.append(self._place.record)
        self._starts.append(self._place.line + self._feed.begun)
        self._place.record += 1
        self._place.doubtful = False


def _text(parsed: Parsed, verdict: Verdict) -> str:
    """The record as it stands in the file, without its last line end."""
    return "".join(parsed.lines[: verdict.lines]).rstrip("\r\n")


def _endless(name: str, line: int) -> DeliveryError:
    return DeliveryError(
        f"{name}: line {line}: the line has more than {MOST_LINE_BYTES >> 20} MiB",
        hint="this is no list with a record on each line: ask for the file again",
        line=line,
    )


def _frame(rows: Sequence[Sequence[object]], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """Column by column, for polars is slow with rows."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [pl.Series(name, column, kind) for (name, kind), column in zip(schema.items(), columns, strict=True)]
    )
