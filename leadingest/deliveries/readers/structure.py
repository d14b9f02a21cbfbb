"""Prove that a block of CSV is what the parser behind it takes it for.

polars pads short records and drops stray quotes without a word, so it is only given records for which this
check holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leadingest.deliveries.readers.bits import (
    Offsets,
    Words,
    before_each,
    bit_at,
    counted,
    packed,
)
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.quoting import quoting_of
from leadingest.deliveries.readers.stray_quotes import ALIGNED_DELIMITERS

_LF: Final = 10
_CR: Final = 13
#: So many first bytes of a record are looked at to tell that it is not blank.
_LOOKED_INTO: Final = 4
_NO_RECORDS: Final = np.zeros(0, np.int32)


@dataclass(frozen=True)
class Structure:
    """What a well-formed block is made of."""

    records: int
    #: Line ends in the block, those inside quotes included.
    line_ends: int
    #: The records of several lines, by their place, and how many more than one each has: few, as a rule.
    longer: NDArray[np.int32]
    more: NDArray[np.int32]

    def lines(self, first: int) -> Sequence[int]:
        """The line on which each record starts, when the block starts on line `first`."""
        if not self.longer.size:
            return range(first, first + self.records)
        steps = np.ones(self.records + 1, np.int64)
        steps[0] = first
        steps[self.longer + 1] += self.more
        lines: list[int] = np.cumsum(steps[:-1]).tolist()
        return lines


@dataclass(frozen=True)
class Marked:
    """The first records of a block: where each ends, its line end included, and whether it is proven.

    A line with a quote that stands where RFC 4180 has none is a record, and not proven: what follows it holds if the
    careful reader, too, ends with that line. They end before a quoted cell that is not closed in the block.
    """

    ends: Offsets
    proven: NDArray[np.bool_]
    #: The lines up to the end of each record; None where every record is one line.
    lines: Offsets | None
    #: Line ends in all records.
    line_ends: int

    @classmethod
    def nothing(cls) -> Marked:
        """No record could be told."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.bool_), None, 0)

    def run(self, first: int) -> tuple[int, bool]:
        """The record behind the last that is, as all from `first` to it, proven or not; and which of the two."""
        is_proven = bool(self.proven[first])
        behind = bisect_right(self._changes, first)
        return (self._changes[behind] if behind < len(self._changes) else self.proven.size), is_proven

    @cached_property
    def _changes(self) -> list[int]:
        """The records that differ from the one before in being proven."""
        changes: list[int] = (np.flatnonzero(self.proven[1:] != self.proven[:-1]) + 1).tolist()
        return changes

    def begins_at(self, offset: int) -> int | None:
        """The record that begins there, or would behind the last one; None where none does."""
        before = int(np.searchsorted(self.ends, offset))
        return before + 1 if before < self.ends.size and self.ends[before] == offset else None

    def lines_before(self, record: int) -> int:
        """The lines of all records before this one."""
        if self.lines is None:
            return record
        return int(self.lines[record - 1]) if record else 0

    def structure(self, first: int, behind: int) -> Structure:
        """That of these records, which are proven."""
        before, after = self.lines_before(first), self.lines_before(behind)
        line_ends = (self.line_ends if behind == self.proven.size else after) - before
        records = behind - first
        if self.lines is None or after - before == records:
            return Structure(records, line_ends, _NO_RECORDS, _NO_RECORDS)
        lines = np.diff(self.lines[first:behind], prepend=before)
        longer = np.flatnonzero(lines > 1)
        return Structure(records, line_ends, longer.astype(np.int32), (lines[longer] - 1).astype(np.int32))


def check_structure(data: bytes, shape: RecordShape) -> Structure | None:
    """The structure of a block that starts with a record and ends with one; None if it is not proven.

    It is proven where every record of it is, as `mark_records` says.
    """
    marked = mark_records(data, shape)
    if not marked.ends.size or marked.ends[-1] != len(data) or not marked.proven.all():
        return None
    return marked.structure(0, marked.ends.size)


def mark_records(data: bytes, shape: RecordShape) -> Marked:
    """The records of a block that starts with a record, each proven or not.

    A proven record is quoted as RFC 4180 has it to the letter; it has the cells, and at most the bytes and lines, of
    the shape, a carriage return outside quotes belongs to a CRLF, there is more than blanks in it, and no quoted cell
    looks as if it had swallowed records. `data` is not empty and needs no line feed at its end. Whether it is UTF-8 is
    not looked at.
    """
    quote, escape = shape.dialect.quote, shape.dialect.escape
    sound = data.find(escape.encode()) if escape is not None else -1
    sound = len(data) if sound < 0 else sound
    if shape.dialect.skip_blanks:
        sound = min(sound, _first_skipped(data, shape.dialect.delimiter))
    block = np.frombuffer(data, np.uint8)
    is_newline = block == _LF
    ends = newlines = np.flatnonzero(is_newline)
    broken = ends[:0]
    newline_bits = packed(is_newline)
    all_delimiters = delimiters = packed(block == ord(shape.dialect.delimiter))
    returns = packed(block == _CR) if b"\r" in data else None
    lonely = wrong = None if returns is None else returns & ~before_each(newline_bits)
    if quote is not None and quote.encode() in data:
        quotes = packed(block == ord(quote))
        quoting = quoting_of(quotes, delimiters | newline_bits, returns, newlines, block.size)
        inside, broken = quoting.inside, quoting.broken
        sound = min(sound, quoting.sound)
        wrong = None if lonely is None else lonely & ~inside
        delimiters = all_delimiters & ~inside
        ends = newlines[~bit_at(inside, newlines)]
    if not ends.size or ends[-1] != block.size - 1:
        ends = np.append(ends, block.size)
    if sound < len(data):
        ends = ends[: np.searchsorted(ends, sound)]
    if not ends.size:
        return Marked.nothing()
    return _judged(
        data,
        shape,
        ends,
        delimiters=delimiters,
        all_delimiters=all_delimiters,
        line_ends=newline_bits if lonely is None else newline_bits | lonely,
        wrong=wrong,
        broken=broken,
    )


def _judged(
    data: bytes,
    shape: RecordShape,
    ends: Offsets,
    *,
    delimiters: Words,
    all_delimiters: Words,
    line_ends: Words,
    wrong: Words | None,
    broken: Offsets,
) -> Marked:
    """Which of the records that end there are proven; the quoting is of those without a broken line."""
    behind = np.minimum(ends + 1, len(data))
    starts = np.concatenate([ends[:0], [0], behind[:-1]])
    proven = np.diff(counted(delimiters, ends), prepend=0) == shape.cells - 1
    proven &= behind - starts <= shape.most_bytes
    if wrong is not None and wrong.any():
        proven &= np.diff(counted(wrong, behind), prepend=0) == 0
    proven[np.searchsorted(ends, broken[broken < ends[-1]])] = False
    proven[_maybe_blank(data, starts, ends, shape)] = False
    upto = counted(line_ends, behind)
    found = int(upto[-1])
    # The last record of a file may end without a line end.
    ends_without = not data.endswith(b"\n", 0, int(behind[-1]))
    if found + ends_without == ends.size:
        return Marked(behind, proven, None, found)
    upto[-1] += ends_without
    lines = np.diff(upto, prepend=0)
    proven &= _lines_hold(lines, counted(all_delimiters, ends), shape)
    return Marked(behind, proven, upto, found)


def _lines_hold(lines: Offsets, all_delimiters: Offsets, shape: RecordShape) -> NDArray[np.bool_]:
    """Of each record whether it has not too many lines, nor so many delimiters in quoted cells that these may be
    swallowed records.

    Whether they are is for the careful reader to say. `all_delimiters` counts up to the end of each record.
    """
    expected = shape.cells - 1
    suspected = (lines - 1) * expected >= ALIGNED_DELIMITERS
    suspected &= np.diff(all_delimiters, prepend=0) >= lines * expected
    holds: NDArray[np.bool_] = (lines <= shape.most_lines) & ~suspected
    return holds


def _first_skipped(data: bytes, delimiter: str) -> int:
    """Where the first blank stands that does not belong to a cell, or one that looks so; the end where there is none."""
    before = [0] if data.startswith(b" ") else []
    return min(
        [*before, *(at for at in map(data.find, (f"{delimiter} ".encode(), b"\n ")) if at >= 0), len(data)]
    )


def _maybe_blank(data: bytes, starts: Offsets, ends: Offsets, shape: RecordShape) -> Offsets:
    """The records with nothing in them but bytes of blanks, delimiters and quotes.

    Most are ruled out by their first bytes. What the others hold is for the careful reader to say.
    """
    block, hollow = np.frombuffer(data, np.uint8), shape.hollow.encode()
    is_hollow = np.zeros(256, np.bool_)
    is_hollow[list(hollow)] = True
    found = np.arange(starts.size)
    for step in range(_LOOKED_INTO):
        at = starts[found] + step
        found = found[(at >= ends[found]) | is_hollow[block[np.minimum(at, block.size - 1)]]]
    blank = [not data[starts[each] : ends[each]].strip(hollow) for each in found.tolist()]
    return found[np.array(blank, np.bool_)]
