"""Prove that a block of CSV is what the parser behind it takes it for.

polars pads short records and drops stray quotes without a word, so it is only given blocks for which this
check holds. The idea is simdjson's: one bit per byte for each character that matters, and a prefix-xor
over the bits of the quotes tells which bytes stand inside quotes, 64 at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leadingest.deliveries.readers.record_shape import RecordShape
from leadingest.deliveries.readers.swallowing import ALIGNED_DELIMITERS

Words = NDArray[np.uint64]
Offsets = NDArray[np.int64]

_LF: Final = 10
_CR: Final = 13
_ONE: Final = np.uint64(1)
_ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
_TOP: Final = np.uint64(63)
#: So many first bytes of a record are looked at to tell that it is not blank.
_LOOKED_INTO: Final = 4
_DOUBLINGS: Final = tuple(np.uint64(shift) for shift in (1, 2, 4, 8, 16, 32))


@dataclass(frozen=True)
class Structure:
    """What a well-formed block is made of."""

    records: int
    #: Line ends in the block, those inside quotes included.
    line_ends: int
    #: For each record the lines before it in the block; None where every record is one line.
    lines_before: Offsets | None

    def lines(self, first: int) -> Sequence[int]:
        """The line on which each record starts, when the block starts on line `first`."""
        if self.lines_before is None:
            return range(first, first + self.records)
        lines: list[int] = (self.lines_before + first).tolist()
        return lines


@dataclass(frozen=True)
class Marked:
    """The first records of a block: where each ends, its line end included, and whether it is proven.

    They end before the first quote that stands where RFC 4180 has none: what comes from there on may mean anything.
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

    def runs(self) -> Iterator[tuple[int, int, bool]]:
        """Records that follow each other and are all proven, or all not: the first, the one behind the last, which."""
        changes = np.flatnonzero(self.proven[1:] != self.proven[:-1]) + 1
        for first, behind in pairwise([0, *changes.tolist(), self.proven.size]):
            if behind:
                yield first, behind, bool(self.proven[first])

    def structure(self, first: int, behind: int) -> Structure:
        """That of these records, which are proven."""
        before = first if self.lines is None else int(self.lines[first - 1]) if first else 0
        after = behind if self.lines is None else int(self.lines[behind - 1])
        line_ends = (self.line_ends if behind == self.proven.size else after) - before
        records = behind - first
        if self.lines is None or after - before == records:
            return Structure(records, line_ends, None)
        starts = np.concatenate([[before], self.lines[first : behind - 1]]) - before
        return Structure(records, line_ends, starts)


def check_structure(data: bytes, shape: RecordShape) -> Structure | None:
    """The structure of a block that starts with a record and ends with one; None if it is not proven.

    It is proven where every record of it is, as `mark_records` says.
    """
    marked = mark_records(data, shape)
    if not marked.ends.size or marked.ends[-1] != len(data) or not marked.proven.all():
        return None
    return marked.structure(0, marked.ends.size)


def mark_records(data: bytes, shape: RecordShape) -> Marked:
    """The records of a block that starts with a record and ends with one, each proven or not.

    A proven record is quoted as RFC 4180 has it to the letter, and so are all before it; it has the cells, and
    at most the bytes and lines, of the shape, a carriage return outside quotes belongs to a CRLF, there is more than
    blanks in it, and no quoted cell looks as if it had swallowed records. `data` is not empty and needs no line feed at
    its end. Whether it is UTF-8 is not looked at.
    """
    quote, escape = shape.dialect.quote, shape.dialect.escape
    sound = data.find(escape.encode()) if escape is not None else -1
    sound = len(data) if sound < 0 else sound
    if shape.dialect.skip_blanks:
        sound = min(sound, _first_skipped(data, shape.dialect.delimiter))
    block = np.frombuffer(data, np.uint8)
    is_newline = block == _LF
    ends = newlines = np.flatnonzero(is_newline)
    newline_bits = _packed(is_newline)
    all_delimiters = delimiters = _packed(block == ord(shape.dialect.delimiter))
    returns = _packed(block == _CR) if b"\r" in data else None
    lonely = wrong = None if returns is None else returns & ~_before_each(newline_bits)
    if quote is not None and quote.encode() in data:
        quotes = _packed(block == ord(quote))
        inside = _inside_quotes(quotes)
        borders = delimiters | newline_bits | quotes
        sound = min(sound, _sound_quoting(quotes, inside, borders, returns, block.size))
        wrong = None if lonely is None else lonely & ~inside
        delimiters = all_delimiters & ~inside
        ends = newlines[~_bit_at(inside, newlines)]
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
) -> Marked:
    """Which of the records that end there are proven; their quoting is."""
    behind = np.minimum(ends + 1, len(data))
    starts = np.concatenate([ends[:0], [0], behind[:-1]])
    proven = np.diff(_counted(delimiters, ends), prepend=0) == shape.cells - 1
    proven &= behind - starts <= shape.most_bytes
    if wrong is not None and wrong.any():
        proven &= np.diff(_counted(wrong, behind), prepend=0) == 0
    proven[_maybe_blank(data, starts, ends, shape)] = False
    upto = _counted(line_ends, behind)
    counted = int(upto[-1])
    # The last record of a file may end without a line end.
    ends_without = not data.endswith(b"\n", 0, int(behind[-1]))
    if counted + ends_without == ends.size:
        return Marked(behind, proven, None, counted)
    upto[-1] += ends_without
    lines = np.diff(upto, prepend=0)
    proven &= _lines_hold(lines, _counted(all_delimiters, ends), shape)
    return Marked(behind, proven, upto, counted)


def _sound_quoting(quotes: Words, inside: Words, borders: Words, returns: Words | None, size: int) -> int:
    """How many of the bytes stand before the first quote that is not where it may be; all, where each is.

    `inside` counts an opening quote as inside and a closing one as outside; `borders` may stand before both.
    """
    before = _after_each(borders)
    before[0] |= _ONE
    follows = _before_each(borders if returns is None else borders | returns)
    follows[-1] |= _ONE << np.uint64((size - 1) & 63)
    opening = quotes & inside
    wrong = (opening & ~before) | (quotes & ~inside & ~follows)
    if wrong.any():
        return _first_bit(wrong)
    return _last_bit(opening) if _bit_at(inside, np.array([size - 1]))[0] else size


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


def _packed(found: NDArray[np.bool_]) -> Words:
    """One bit per byte of the block; the lowest bit is the first."""
    packed = np.packbits(found, bitorder="little")
    short = -packed.size % 8
    return (np.append(packed, np.zeros(short, np.uint8)) if short else packed).view(np.uint64)


def _inside_quotes(quotes: Words) -> Words:
    """Prefix-xor: a bit is set from an opening quote up to the byte before the closing one."""
    inside = quotes.copy()
    for shift in _DOUBLINGS:
        inside ^= inside << shift
    open_after = np.bitwise_xor.accumulate(inside >> _TOP)
    inside[1:] ^= np.where(open_after[:-1].astype(bool), _ALL, np.uint64(0))
    return inside


def _counted(bits: Words, offsets: Offsets) -> Offsets:
    """How many bits are set before each offset."""
    upto = np.zeros(bits.size + 1, np.int64)
    np.cumsum(np.bitwise_count(bits), out=upto[1:])
    word = offsets >> 6
    below = (_ONE << (offsets & 63).astype(np.uint64)) - _ONE
    counted: Offsets = upto[word] + np.bitwise_count(np.append(bits, np.uint64(0))[word] & below)
    return counted


def _after_each(bits: Words) -> Words:
    """Set where the byte before is set."""
    moved = bits << _ONE
    moved[1:] |= bits[:-1] >> _TOP
    return moved


def _before_each(bits: Words) -> Words:
    """Set where the byte after is set."""
    moved = bits >> _ONE
    moved[:-1] |= bits[1:] << _TOP
    return moved


def _first_bit(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[0])
    here = int(bits[word])
    return word * 64 + (here & -here).bit_length() - 1


def _last_bit(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[-1])
    return word * 64 + int(bits[word]).bit_length() - 1


def _bit_at(bits: Words, offsets: Offsets) -> NDArray[np.bool_]:
    shift = (offsets & 63).astype(np.uint64)
    return np.asarray((bits[offsets >> 6] >> shift) & _ONE, np.bool_)
