"""Enough of the keys of a load to tell how many of them another load has, without the keys themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

#: Hashes that are kept: a share of keys in common is off by 3 % then, as a rule.
KEPT: Final = 1_024
_HASHES: Final = 1 << 64
#: An odd number with as many ones as zeros, and those by which MurmurHash3 mixes its 64 bits ("fmix64").
_FACTOR: Final = 0x9E3779B97F4A7C15
_MIX: Final = (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)


class KeySketch:
    """Keeps the lowest hashes of the different keys; a key has the same hash in every version of every library.

    Two sets of which the lowest hashes are known can be compared. Method: Beyer, Haas, Reinwald, Sismanis and
    Gemulla, "On Synopses for Distinct-Value Estimation Under Multiset Operations" (2007).
    """

    def __init__(self) -> None:
        self._kept = np.empty(0, np.uint64)
        self._whole = True

    def add(self, keys: pl.Series) -> None:
        """Add texts; a null is no key."""
        hashes = np.unique(stable_hashes(keys.drop_nulls()))
        if len(self._kept) == KEPT:
            hashes = hashes[hashes < self._kept[-1]]
        together = np.union1d(self._kept, hashes)
        self._whole &= len(together) <= KEPT
        self._kept = together[:KEPT]

    @property
    def hashes(self) -> tuple[int, ...]:
        """The lowest hashes, ascending."""
        return tuple(map(int, self._kept))

    @property
    def distinct(self) -> int:
        """How many different keys there are: exact up to KEPT, else an estimate."""
        if self._whole:
            return len(self._kept)
        return round((KEPT - 1) * _HASHES / int(self._kept[-1]))


def common_share(one: Sequence[int], ones: int, other: Sequence[int], others: int) -> float:
    """Which share of the keys of the smaller of two sets the other one has, from 0 to 1.

    Each set is given by the lowest hashes of its keys, and by how many different keys there are.
    """
    if not (one and other):
        return 0.0
    # Up to here, and no further, every hash of either set is known.
    known = min(KEPT, len({*one, *other}))
    lowest = sorted({*one, *other})[:known]
    both = len(set(lowest) & set(one) & set(other)) / known
    shared = both / (1 + both) * (ones + others)
    return min(shared / min(ones, others), 1.0)


def stable_hashes(keys: pl.Series) -> npt.NDArray[np.uint64]:
    """A number of 64 bits for each text, by its bytes in UTF-8: a polynomial of them, mixed."""
    if keys.is_empty():
        return np.empty(0, np.uint64)
    lengths = keys.str.len_bytes().to_numpy().astype(np.int64)
    data = np.frombuffer(str(keys.str.join().item()).encode(), np.uint8)
    starts = np.cumsum(lengths) - lengths
    with np.errstate(over="ignore"):
        powers = _powers(int(lengths.max()))
        at = np.arange(len(data)) - np.repeat(starts, lengths)
        terms = (data.astype(np.uint64) + np.uint64(1)) * powers[at]
        sums = np.zeros(len(lengths), np.uint64)
        filled = lengths > 0
        if filled.any():
            sums[filled] = np.add.reduceat(terms, starts[filled])
        mixed: npt.NDArray[np.uint64] = sums ^ lengths.astype(np.uint64)
        for factor in _MIX:
            mixed ^= mixed >> np.uint64(33)
            mixed *= np.uint64(factor)
        mixed ^= mixed >> np.uint64(33)
    return mixed


def _powers(number: int) -> npt.NDArray[np.uint64]:
    """The powers of the factor from the first on, modulo 2^64."""
    return np.cumprod(np.full(max(number, 1), _FACTOR, np.uint64), dtype=np.uint64)
