"""One bit per byte of a block, for each thing that a byte may be: 64 bytes are looked at at once.

The idea is simdjson's. The lowest bit of a word is the first byte.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Offsets = NDArray[np.int64]

_ONE: Final = np.uint64(1)
_ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
_TOP: Final = np.uint64(63)
_DOUBLINGS: Final = tuple(np.uint64(shift) for shift in (1, 2, 4, 8, 16, 32))


def packed(found: NDArray[np.bool_]) -> Words:
    """The bits of the bytes for which this holds."""
    bits = np.packbits(found, bitorder="little")
    short = -bits.size % 8
    return (np.append(bits, np.zeros(short, np.uint8)) if short else bits).view(np.uint64)


def set_at(offsets: Offsets, words: int) -> Words:
    """So many words, with the bits at these offsets; none is set where an offset is there twice."""
    bits = np.zeros(words, np.uint64)
    np.bitwise_xor.at(bits, offsets >> 6, _ONE << (offsets & 63).astype(np.uint64))
    return bits


def between_pairs(bits: Words) -> Words:
    """Prefix-xor: set from the first, third, fifth bit up to the byte before the second, fourth, sixth."""
    between = bits.copy()
    for shift in _DOUBLINGS:
        between ^= between << shift
    open_after = np.bitwise_xor.accumulate(between >> _TOP)
    between[1:] ^= np.where(open_after[:-1].astype(bool), _ALL, np.uint64(0))
    return between


def counted(bits: Words, offsets: Offsets) -> Offsets:
    """How many bits are set before each offset."""
    upto = np.zeros(bits.size + 1, np.int64)
    np.cumsum(np.bitwise_count(bits), out=upto[1:])
    word = offsets >> 6
    below = (_ONE << (offsets & 63).astype(np.uint64)) - _ONE
    found: Offsets = upto[word] + np.bitwise_count(np.append(bits, np.uint64(0))[word] & below)
    return found


def after_each(bits: Words) -> Words:
    """Set where the byte before is set, and at the first byte."""
    moved = bits << _ONE
    moved[1:] |= bits[:-1] >> _TOP
    moved[0] |= _ONE
    return moved


def before_each(bits: Words) -> Words:
    """Set where the byte after is set."""
    moved = bits >> _ONE
    moved[:-1] |= bits[1:] << _TOP
    return moved


def first_bit(bits: Words) -> int:
    """Where the first bit is set; there is one."""
    word = int(np.flatnonzero(bits)[0])
    here = int(bits[word])
    return word * 64 + (here & -here).bit_length() - 1


def last_bit(bits: Words) -> int:
    """Where the last bit is set; there is one."""
    word = int(np.flatnonzero(bits)[-1])
    return word * 64 + int(bits[word]).bit_length() - 1


def bit_at(bits: Words, offsets: Offsets) -> NDArray[np.bool_]:
    """Whether the bit is set at each offset."""
    shift = (offsets & 63).astype(np.uint64)
    return np.asarray((bits[offsets >> 6] >> shift) & _ONE, np.bool_)
