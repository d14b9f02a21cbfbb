"""Go through a text file in regions: the quick way where it is proven well-formed, the careful way where not."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from leadingest.deliveries.footer import LastRow, footer_length
from leadingest.deliveries.readers.careful_reader import PIECE, CarefulReader, ReadRecords, RecordPosition
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.structure import Structure, mark_records
from leadingest.deliveries.readers.window import Window
from leadingest.deliveries.records import MOST_RECORDS, RecordBatch
from leadingest.errors import BalanceError
from leadingest.mapping.delivery_format import FooterMatch

#: Bytes looked at at once: what is computed of so many takes a tenth less time than of a whole region, for the memory
#: that it stands in is soon used again.
_AT_ONCE: Final = 1 << 20
#: The fewest that are worth it, and the fewest that are read carefully where quotes may mean anything.
_LEAST_AT_ONCE: Final = 1 << 14
_LEAST_CAREFUL: Final = 1 << 9


@dataclass(frozen=True)
class Known:
    """So many bytes of which the structure is proven; `start` is counted from where the window began."""

    start: int
    size: int
    structure: Structure


@dataclass(frozen=True)
class Proven:
    """So many bytes of which the structure is proven, from a start on, and the numbers of their first record and line."""

    start: int
    size: int
    structure: Structure
    first_record: int
    first_line: int


@dataclass(frozen=True)
class Region:
    """Records that follow each other: those of proven bytes, and those among them that were read carefully."""

    #: The bytes of all that is proven, one part behind the other.
    data: bytes
    proven: tuple[Proven, ...]
    careful: RecordBatch

    @property
    def records(self) -> int:
        """How many there are that could be read."""
        return self.proven_records + self.careful.frame.height

    @property
    def proven_records(self) -> int:
        """How many of them are proven."""
        return sum(part.structure.records for part in self.proven)


class Regions:
    """The records of a window, in regions of about `size` bytes; one with much to be read carefully ends early.

    The first of them is at the `place`, which is moved on. Those that begin within the first `own` bytes are read, where
    that is said; else all, up to the footer. What is `known` was proven before, and is taken as
    it is. How a file is cut changes nothing: bytes are proven only if each of their
    records is one that the careful reader would take as it is.
    """

    def __init__(
        self,
        window: Window,
        shape: RecordShape,
        careful: CarefulReader,
        *,
        size: int,
        place: RecordPosition,
        own: int | None = None,
        known: Sequence[Known] = (),
        footer: int | FooterMatch = 0,
    ) -> None:
        self._window, self._shape, self._careful = window, shape, careful
        self._size, self._footer = size, footer
        self._place, self._own = place, own
        #: What lies ahead, the next one last.
        self._known = list(reversed(known))
        #: The record that comes next goes on in what is held back.
        self._goes_on = False
        #: Bytes to be looked at next, and to be read carefully at the next quote that may mean anything: many where
        #: all was well, and where hardly anything was.
        self._at_once, self._bite = _AT_ONCE, _LEAST_CAREFUL

    def __iter__(self) -> Iterator[Region]:
        while (size := self._readable()) and not self._goes_on:
            yield self._region(size)
        if self._footer and self._window.data and self._own is None:
            yield Region(b"", (), self._before_footer(self._footer))

    def _readable(self) -> int:
        """How many bytes the next region may have."""
        most = self._size if self._own is None else min(self._size, self._own - self._window.passed)
        if most < 0:
            raise BalanceError(
                f"{self._careful.name}: {-most:,} bytes of the next range were read, too",
                hint="this is a bug in leadingest: please report it",
            )
        self._window.fill_lines(most)
        return min(most, self._window.readable)

    def _before_footer(self, footer: int | FooterMatch) -> RecordBatch:
        """The records in what was held back, which is the end of the file: the footer, or records up to it."""
        window, careful = self._window, self._careful
        start = 0
        if isinstance(footer, FooterMatch):
            window.release()
            last = self._last_rows()
            length = footer_length(last, footer, cells=self._shape.cells, name=careful.name)
            end = len(window.data)
            start = window.line_start(last[-length].line - self._place.line) if length else end
        careful.noticed.footer_lines = window.filled_lines(start)
        return careful.read(0, start, self._place)[0]

    def _last_rows(self) -> list[LastRow]:
        """What is held back, as it would be read if there were no footer."""
        shape = replace(self._shape, joins=False)
        careful = CarefulReader(self._window, shape, encoding=self._careful.encoding, name=self._careful.name)
        outcome = ReadRecords()
        careful.read_into(outcome, 0, len(self._window.data), replace(self._place))
        rows = [LastRow(*each) for each in zip(outcome.lines, outcome.rows, strict=True)]
        rows += [self._rejected_row(int(str(line)), str(raw)) for _, line, *_, raw in outcome.rejects]
        return sorted(rows, key=lambda row: row.line)

    def _rejected_row(self, line: int, raw: str) -> LastRow:
        """The cells of a reject, as far as there is telling them."""
        try:
            return LastRow(line, next(csv.reader([raw], **self._shape.dialect.csv_options), [raw]))
        except csv.Error:
            return LastRow(line, [raw])

    def _region(self, size: int) -> Region:
        taken, outcome, at = _Taken(), ReadRecords(), 0
        while at < size and len(outcome) < MOST_RECORDS:
            if (known := self._known_at(at)) and at + known.size <= size:
                at = self._took(at, known.size, known.structure, taken)
                continue
            start, reach = at, self._reach(at, size)
            if 0 < at == reach and size - at < self._at_once:
                # The record is cut off here: the next region begins with it.
                break
            if reach > at:
                at = self._take(at, reach, taken, outcome)
            if at < reach or reach == start:
                # A quote here may mean anything, or a record is longer than what is looked at.
                self._bite = min(4 * self._bite, PIECE) if at - start < 4 * self._bite else _LEAST_CAREFUL
                bite = min(at + self._bite, size, self._next_known(at))
                behind = self._careful.read_into(outcome, at, bite, self._place)
                if behind == at:
                    self._goes_on = True
                    break
                at = behind
            else:
                self._bite = _LEAST_CAREFUL
            # Some times of what went well of late, not this time only: a look costs as much as many records do.
            self._at_once = min(max((3 * self._at_once + 4 * (at - start)) // 4, _LEAST_AT_ONCE), _AT_ONCE)
        data = taken.bytes_of(self._window.data)
        self._window.drop(at)
        return Region(data, tuple(taken.parts), outcome.batch(self._shape.cells))

    def _take(self, at: int, reach: int, taken: _Taken, outcome: ReadRecords) -> int:
        """Take the records of window.data[at:reach] as far as they are told; the offset behind the last of them.

        Where the careful reader ends elsewhere than a record seems to, a quote has swallowed lines: they are skipped,
        and where no record ends with them, what follows must be looked at again.
        """
        place, start = self._place, at
        block = self._window.data[at:reach]
        marked = mark_records(block, self._shape)
        first: int | None = 0
        while first is not None and first < marked.ends.size:
            behind, is_proven = marked.run(first)
            end = at + int(marked.ends[behind - 1])
            if not is_proven:
                start = self._careful.read_into(outcome, start, end, place)
                first = marked.begins_at(start - at)
                continue
            start = self._took(start, end - start, marked.structure(first, behind), taken)
            first = behind
        return start

    def _took(self, start: int, size: int, structure: Structure, taken: _Taken) -> int:
        """Take proven records; the offset behind them."""
        place = self._place
        taken.add(start, Proven(start + self._window.passed, size, structure, place.record, place.line))
        place.record += structure.records
        place.line += structure.line_ends
        place.doubtful = False
        return start + size

    def _reach(self, start: int, size: int) -> int:
        """Where the last line ends that is to be looked at at once with the record at `start`; `start` if none does.

        A record may go on behind it. It is not told then, and is read carefully.
        """
        data, near = self._window.data, min(start + self._at_once, size, self._next_known(start))
        if near == len(data) and self._window.ended:
            return near
        return max(data.rfind(b"\n", start, near) + 1, start)

    def _known_at(self, at: int) -> Known | None:
        """What is known to begin there."""
        here = at + self._window.passed
        while self._known and self._known[-1].start < here:
            self._known.pop()
        return self._known[-1] if self._known and self._known[-1].start == here else None

    def _next_known(self, at: int) -> int:
        """Where something known begins behind this offset; the end of the window where nothing does."""
        end = len(self._window.data)
        for known in reversed(self._known[-2:]):
            if (begin := known.start - self._window.passed) > at:
                return min(begin, end)
        return end


class _Taken:
    """Proven parts of a window, in their order."""

    def __init__(self) -> None:
        self.parts: list[Proven] = []
        #: Where they lie; what lies together is one.
        self._spans: list[list[int]] = []

    def add(self, start: int, part: Proven) -> None:
        """Another part, which starts at this offset."""
        self.parts.append(part)
        if self._spans and self._spans[-1][1] == start:
            self._spans[-1][1] += part.size
        else:
            self._spans.append([start, start + part.size])

    def bytes_of(self, data: bytes) -> bytes:
        """Those of all parts. What lies together is copied at once."""
        pieces = [data[start:end] for start, end in self._spans]
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
