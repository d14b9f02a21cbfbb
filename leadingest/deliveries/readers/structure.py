"""Prove that a block of CSV is what the parser behind it takes it for.

polars pads short records and drops stray quotes without a word, so it is only given blocks for which this
check holds. The idea is simdjson's: one bit per byte for each character that matters, and a prefix-xor
over the bits of the quotes tells which bytes stand inside quotes, 64 at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
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
_DOUBLINGS: Final = tuple(np.uint64(shift) for shift in (1, 2, 4, 8, 16, 32))


@dataclass(frozen=True)
class Structure:
    """What a well-formed block is made of."""

    records: int
    #: Line ends in the block, those inside quotes included.
    line_ends: int
    #: For each record the lines before it in the block; None where every record is one line.
    lines_before: Offsets | None

    @classmethod
    def joined(cls, parts: Sequence[Structure]) -> Structure:
        """That of blocks that follow each other; there is one at least."""
        records, line_ends = sum(part.records for part in parts), sum(part.line_ends for part in parts)
        if len(parts) == 1 or all(part.lines_before is None for part in parts):
            return cls(records, line_ends, parts[0].lines_before)
        first = [0, *accumulate(part.line_ends for part in parts)]
        before = [np.asarray(part.lines(line), np.int64) for part, line in zip(parts, first, strict=False)]
        return cls(records, line_ends, np.concatenate(before))

    def lines(self, first: int) -> Sequence[int]:
        """The line on which each record starts, when the block starts on line `first`."""
        if self.lines_before is None:
            return range(first, first + self.records)
        lines: list[int] = (self.lines_before + first).tolist()
        return lines


def check_structure(data: bytes, shape: RecordShape) -> Structure | None:
    """The structure of a block that starts with a record and ends with one; None if it is not proven.

    A Structure proves: quoting is that of RFC 4180 to the letter, every record has the cells and at most
    the bytes and lines of the shape, a carriage return outside quotes belongs to a CRLF, no line is blank,
    and no quoted cell looks as if it had swallowed records. `data` is not empty and needs no line feed at
    its end. Whether it is UTF-8 is not looked at.
    """
    quote, escape = shape.dialect.quote, shape.dialect.escape
    if escape is not None and escape.encode() in data:
        return None
    block = np.frombuffer(data, np.uint8)
    is_newline = block == _LF
    ends = newlines = np.flatnonzero(is_newline)
    newline_bits = _packed(is_newline)
    all_delimiters = delimiters = _packed(block == ord(shape.dialect.delimiter))
    returns = _packed(block == _CR) if b"\r" in data else None
    lonely = None if returns is None else returns & ~_before_each(newline_bits)
    if quote is not None and quote.encode() in data:
        quotes = _packed(block == ord(quote))
        inside = _inside_quotes(quotes)
        if not _quoting_holds(quotes, inside, delimiters | newline_bits | quotes, returns, block.size):
            return None
        if lonely is not None and (lonely & ~inside).any():
            return None
        delimiters = all_delimiters & ~inside
        ends = newlines[~_bit_at(inside, newlines)]
    elif lonely is not None and lonely.any():
        return None
    line_ends = newline_bits if lonely is None else newline_bits | lonely
    if not ends.size or ends[-1] != block.size - 1:
        ends = np.append(ends, block.size)
    starts = np.concatenate([ends[:0], [0], ends[:-1] + 1])
    if np.diff(starts, append=block.size).max() > shape.most_bytes:
        return None
    if (np.diff(_counted(delimiters, ends), prepend=0) != shape.cells - 1).any():
        return None
    if shape.cells == 1 and _has_blank_line(data, starts, ends):
        return None
    counted = int(np.bitwise_count(line_ends).sum())
    lines = counted + (not data.endswith(b"\n"))
    if lines == ends.size:
        return Structure(records=lines, line_ends=counted, lines_before=None)
    before = _counted(line_ends, starts)
    if not _lines_hold(np.diff(before, append=lines), _counted(all_delimiters, ends), shape):
        return None
    return Structure(records=int(ends.size), line_ends=counted, lines_before=before)


def record_end(data: bytes, start: int, stop: int, quote: str | None) -> int:
    """Where the last record ends within data[start:stop], when a record starts at `start`; `start` if none does."""
    end = data.rfind(b"\n", start, stop) + 1
    if end <= start or quote is None or data.find(quote.encode(), start, end) < 0:
        return max(end, start)
    block = np.frombuffer(data, np.uint8, end - start, start)
    is_quote = block == ord(quote)
    if np.count_nonzero(is_quote) % 2 == 0:
        return end
    newlines = np.flatnonzero(block == _LF)
    outside = newlines[~_bit_at(_inside_quotes(_packed(is_quote)), newlines)]
    return start + int(outside[-1]) + 1 if outside.size else start


def _quoting_holds(quotes: Words, inside: Words, borders: Words, returns: Words | None, size: int) -> bool:
    """`inside` counts an opening quote as inside and a closing one as outside; `borders` may stand before both."""
    before = _after_each(borders)
    before[0] |= _ONE
    follows = _before_each(borders if returns is None else borders | returns)
    follows[-1] |= _ONE << np.uint64((size - 1) & 63)
    if (quotes & inside & ~before).any() or (quotes & ~inside & ~follows).any():
        return False
    return not _bit_at(inside, np.array([size - 1]))[0]


def _lines_hold(lines: Offsets, all_delimiters: Offsets, shape: RecordShape) -> bool:
    """No record has too many lines, or so many delimiters in quoted cells that these may be swallowed records.

    Whether they are is for the careful reader to say. `all_delimiters` counts up to the end of each record.
    """
    if lines.max() > shape.most_lines:
        return False
    expected = shape.cells - 1
    suspected = (lines - 1) * expected >= ALIGNED_DELIMITERS
    return not (suspected & (np.diff(all_delimiters, prepend=0) >= lines * expected)).any()


def _has_blank_line(data: bytes, starts: Offsets, ends: Offsets) -> bool:
    """In a file of one column a blank line would pass for a record with an empty cell."""
    if data[:1] not in (b"\r", b"\n") and b"\n\n" not in data and b"\n\r\n" not in data:
        return False
    short = np.flatnonzero(ends - starts <= 1)
    return any(not data[int(starts[i]) : int(ends[i])].strip(b"\r") for i in short)


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


def _bit_at(bits: Words, offsets: Offsets) -> NDArray[np.bool_]:
    shift = (offsets & 63).astype(np.uint64)
    return np.asarray((bits[offsets >> 6] >> shift) & _ONE, np.bool_)
