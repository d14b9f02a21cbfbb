"""Enough of the keys of a load to tell how many of them another load has, without the keys themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl

#: Hashes that are kept: a share of keys in common is off by 3% then, as a rule.
KEPT: Final = 1_024
HASHES: Final = 1 << 64
#: The numbers by which MurmurHash3 mixes its 64 bits ("fmix64").
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
        hashes = stable_hashes(keys.drop_nulls())
        if len(self._kept) == KEPT:
            higher = hashes > self._kept[-1]
            self._whole &= not higher.any()
            hashes = hashes[~higher]
        self._keep(hashes)

    def merge(self, other: KeySketch) -> None:
        """Add the keys of the other one."""
        self._whole &= other._whole
        self._keep(other._kept)

    @property
    def hashes(self) -> tuple[int, ...]:
        """The lowest hashes, ascending."""
        return tuple(map(int, self._kept))

    @property
    def distinct(self) -> int:
        """How many different keys there are: exact up to KEPT, else an estimate."""
        if self._whole:
            return len(self._kept)
        return round((KEPT - 1) * HASHES / int(self._kept[-1]))

    def _keep(self, hashes: npt.NDArray[np.uint64]) -> None:
        # Without the counts numpy would import all that it has for masked arrays, to see that this is none.
        together, _ = np.unique(np.concatenate([self._kept, hashes]), return_counts=True)
        self._whole &= len(together) <= KEPT
        self._kept = together[:KEPT]


def common_share(one: Sequence[int], ones: int, other: Sequence[int], others: int) -> float:
    """Which share of the keys of the smaller of two sets the other one has, from 0 to 1.

    Each set is given by the lowest hashes of its keys, and by how many different keys there are.
    """
    if not (one and other):
        return 0.0
    # Up to here, and no further, every hash of either set is known.
    size = min(KEPT, len({*one, *other}))
    lowest = sorted({*one, *other})[:size]
    both = len(set(lowest) & set(one) & set(other)) / size
    shared = both / (1 + both) * (ones + others)
    return min(shared / min(ones, others), 1.0)


def stable_hashes(texts: pl.Series) -> npt.NDArray[np.uint64]:
    """A number for each text, the same in every version of every library: its CRC-32, mixed to 64 bits.

    Two of a million different texts have one number by a chance of one in four thousand, which moves no share.
    """
    return mixed(np.fromiter(map(crc32, texts.cast(pl.Binary).to_list()), np.uint64, len(texts)))


def mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The numbers spread over all that there are of 64 bits, the same ones in every version."""
    spread = numbers.copy()
    with np.errstate(over="ignore"):
        for factor in _MIX:
            spread ^= spread >> np.uint64(33)
            spread *= np.uint64(factor)
            # What is low must not stay low, or the lowest would be a sample of some texts only.
            spread ^= spread << np.uint64(29)
    return spread


def name_hashes(names: Sequence[str]) -> tuple[int, ...]:
    """A number for each name, capitals aside: what a header says may be told apart by them, and not read."""
    return tuple(map(int, stable_hashes(pl.Series([name.casefold() for name in names], dtype=pl.String))))
