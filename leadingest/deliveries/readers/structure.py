"""Prove that a block of CSV is what the parser behind it takes it for.

polars pads short records and drops stray quotes without a word, so it is only given blocks for which this
check holds. The idea is simdjson's: one bit per byte for each character that matters, and a prefix-xor
over the bits of the quotes tells which bytes stand inside quotes, 64 at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Offsets = NDArray[np.int64]

_LF: Final = 10
_CR: Final = 13
_ONE: Final = np.uint64(1)
_ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
_TOP: Final = np.uint64(63)
_DOUBLINGS: Final = tuple(np.uint64(shift) for shift in (1, 2, 4, 8, 16, 32))


@dataclass(frozen=True)
class Structure:
    """What a well-formed block is made of."""

    records: int
    #: Line feeds in the block, those inside quotes included.
    newlines: int
    #: For each record the lines before it in the block; None where every record is one line.
    lines_before: Offsets | None

    def lines(self, first: int) -> Sequence[int]:
        """The line on which each record starts, when the block starts on line `first`."""
        if self.lines_before is None:
            return range(first, first + self.records)
        lines: list[int] = (self.lines_before + first).tolist()
        return lines


@dataclass(frozen=True)
class Fault:
    """The first thing in a block that is not well-formed."""

    offset: int
    reason: str
    #: Where the quote was opened that makes the trouble, when that is elsewhere.
    opened: int | None = None


def check_structure(data: bytes, *, delimiter: str, quote: str | None, cells: int) -> Structure | Fault:
    """The structure of a block that starts with a record and ends with one, or its first fault.

    A Structure proves: quoting is that of RFC 4180 to the letter, every record has exactly `cells` cells,
    a carriage return outside quotes belongs to a CRLF, there is no NUL and no blank line. `data` is not
    empty and needs no line feed at its end. Whether it is UTF-8 is not looked at.
    """
    nul = data.find(b"\0")
    if nul >= 0:
        return Fault(nul, "a NUL byte")
    block = np.frombuffer(data, np.uint8)
    is_newline = block == _LF
    newlines = np.flatnonzero(is_newline)
    delimiters = _packed(block == ord(delimiter))
    returns = _packed(block == _CR) if b"\r" in data else None
    quoting: Fault | None = None
    kept: Offsets | None = None
    ends = newlines
    if quote is not None and quote.encode() in data:
        marks = _Marks(_packed(block == ord(quote)), delimiters, _packed(is_newline), returns, block.size)
        inside = _inside_quotes(marks.quotes)
        quoting = _quoting_fault(marks, inside)
        delimiters &= ~inside
        kept = np.flatnonzero(~_bit_at(inside, newlines))
        ends = newlines[kept]
    elif returns is not None:
        quoting = _carriage_return_fault(returns, _packed(is_newline))
    if not ends.size or ends[-1] != block.size - 1:
        ends = np.append(ends, block.size)
    fault = _first_fault(quoting, _cell_count_fault(data, delimiters, ends, cells))
    if fault:
        return fault
    before = None if kept is None or kept.size == newlines.size else _lines_before(kept, ends.size)
    return Structure(records=int(ends.size), newlines=int(newlines.size), lines_before=before)


def record_ends(data: bytes, quote: str | None) -> Offsets:
    """The offsets of the line feeds outside quotes, when `data` starts with a record."""
    block = np.frombuffer(data, np.uint8)
    newlines = np.flatnonzero(block == _LF)
    if quote is None or quote.encode() not in data:
        return newlines
    return newlines[~_bit_at(_inside_quotes(_packed(block == ord(quote))), newlines)]


def _lines_before(kept: Offsets, records: int) -> Offsets:
    """Record n + 1 starts after the line feed that ends record n: so many lines into the block."""
    before = np.zeros(records, np.int64)
    before[1:] = kept[: records - 1] + 1
    return before


def _first_fault(quoting: Fault | None, count: tuple[int, Fault] | None) -> Fault | None:
    """Up to the first wrong quote the cells are counted right; from its record on they are not."""
    if quoting is None or count is None:
        return quoting or (count[1] if count else None)
    record_end, fault = count
    return fault if record_end < (quoting.offset if quoting.opened is None else quoting.opened) else quoting


@dataclass(frozen=True)
class _Marks:
    """Where the characters that matter stand in a block of `size` bytes."""

    quotes: Words
    delimiters: Words
    newlines: Words
    #: None where there is no carriage return at all.
    returns: Words | None
    size: int


def _quoting_fault(marks: _Marks, inside: Words) -> Fault | None:
    """`inside` counts an opening quote as inside and a closing one as outside."""
    quotes, returns = marks.quotes, marks.returns
    borders = marks.delimiters | marks.newlines | quotes
    before = _after_each(borders)
    before[0] |= _ONE
    follows = _before_each(borders if returns is None else borders | returns)
    follows[-1] |= _ONE << np.uint64((marks.size - 1) & 63)
    bare = quotes & inside & ~before
    trailing = quotes & ~inside & ~follows
    found = []
    if bare.any():
        found.append(Fault(_first_bit(bare), "a quote inside an unquoted cell"))
    if trailing.any():
        at = _first_bit(trailing)
        found.append(Fault(at, "text after a closing quote", _opening_before(quotes, inside, at)))
    if returns is not None and (lonely := _carriage_return_fault(returns & ~inside, marks.newlines)):
        found.append(lonely)
    if not found and _bit_at(inside, np.array([marks.size - 1]))[0]:
        return Fault(_opening_before(quotes, inside, marks.size), "the quote opened here is never closed")
    return min(found, key=lambda fault: fault.offset, default=None)


def _opening_before(quotes: Words, inside: Words, offset: int) -> int:
    """The last quote before the offset that opens a cell; the second of a doubled quote does not."""
    return _last_bit_before(quotes & inside & ~_after_each(quotes), offset)


def _carriage_return_fault(returns: Words, newlines: Words) -> Fault | None:
    """`returns` are those outside quotes."""
    lonely = returns & ~_before_each(newlines)
    return Fault(_first_bit(lonely), "a carriage return without a line feed") if lonely.any() else None


def _cell_count_fault(data: bytes, delimiters: Words, ends: Offsets, cells: int) -> tuple[int, Fault] | None:
    """The first record that has not `cells` cells (its end, the fault)."""
    counted = np.zeros(delimiters.size + 1, np.int64)
    np.cumsum(np.bitwise_count(delimiters), out=counted[1:])
    word = ends >> 6
    below = (_ONE << (ends & 63).astype(np.uint64)) - _ONE
    upto = counted[word] + np.bitwise_count(np.append(delimiters, np.uint64(0))[word] & below)
    found = np.diff(upto, prepend=0)
    wrong = np.flatnonzero(found != cells - 1)
    if cells == 1:
        wrong = np.union1d(wrong, _blank_records(data, ends))
    if not wrong.size:
        return None
    record = int(wrong[0])
    start = int(ends[record - 1]) + 1 if record else 0
    end = int(ends[record])
    if not data[start:end].strip(b"\r"):
        return end, Fault(start, "a blank line")
    count = int(found[record]) + 1
    return end, Fault(start, f"{count} cell{'' if count == 1 else 's'} instead of {cells}")


def _blank_records(data: bytes, ends: Offsets) -> Offsets:
    """In a file of one column a blank line would pass for a record with an empty cell."""
    if data[:1] not in (b"\r", b"\n") and b"\n\n" not in data and b"\n\r\n" not in data:
        return ends[:0]
    starts = np.concatenate([[0], ends[:-1] + 1])
    short = np.flatnonzero(ends - starts <= 1)
    blank = [int(i) for i in short if not data[int(starts[i]) : int(ends[i])].strip(b"\r")]
    return np.array(blank, np.int64)


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


def _bit_at(bits: Words, offsets: Offsets) -> NDArray[np.bool_]:
    shift = (offsets & 63).astype(np.uint64)
    return np.asarray((bits[offsets >> 6] >> shift) & _ONE, np.bool_)


def _first_bit(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[0])
    value = int(bits[word])
    return word * 64 + (value & -value).bit_length() - 1


def _last_bit_before(bits: Words, offset: int) -> int:
    word = offset >> 6
    if word < bits.size:
        low = int(bits[word]) & ((1 << (offset & 63)) - 1)
        if low:
            return word * 64 + low.bit_length() - 1
    last = int(np.flatnonzero(bits[:word])[-1])
    return last * 64 + int(bits[last]).bit_length() - 1
