"""What is known of a delivery once it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from leadingest.tables.types.date import DATES


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """One column. What says so is counted over all records; the rest is measured on a sample spread over the file.

    Shares are of the filled cells, from 0 to 1.
    """

    #: Counted from 1.
    position: int
    #: A name that no other column of the delivery has: `column 8` where it is blank, `Phone (2)` for a second one.
    header: str
    #: Records that could be read, and those with something in this column; counted.
    records: int
    filled: int
    #: How many different values it has: counted up to some thousand, an estimate beyond.
    distinct: int = 0
    #: Of the different values, the share that stands there more than once.
    repeated: float = 0.0
    #: How often each value stands there, where they are few and nobody's: counted, of what follows the first 100,000
    #: records in a sample.
    values: Mapping[str, int] | None = None
    #: How many filled cells the sample had: what is measured on a few says little.
    sampled: int = 0
    #: How cells are written, `999-999-9999`, the most frequent first.
    shapes: Mapping[str, float] = field(default_factory=dict)
    #: Hashes of some of the different cells of the sample, the lowest, ascending: which come again can be told by them.
    hashes: tuple[int, ...] = ()
    #: How many can be read as an integer, a phone number and so on; only kinds that there are.
    kinds: Mapping[str, float] = field(default_factory=dict)
    #: How many each format of dates can read; only formats that read some.
    formats: Mapping[str, float] = field(default_factory=dict)
    #: Whether it holds, or may hold, what belongs to a person: then there are no values.
    personal: bool = True
    #: Whether more is known of it than how much is filled.
    measured: bool = True

    @property
    def empty_share(self) -> float:
        """The share of records with nothing in this column."""
        return 1 - self.filled / self.records if self.records else 0.0

    @property
    def kind_shares(self) -> Mapping[str, float]:
        """The kinds with dates among them."""
        return {**self.kinds, DATES.kind: max(self.formats.values())} if self.formats else self.kinds


@dataclass(frozen=True)
class FieldProfile:
    """One field of the leads. The first two are counted over all leads, the rest is measured on a sample of them.

    Shares are of the leads with a value, from 0 to 1.
    """

    #: How many leads have a value, and for how many a cell could not be read.
    filled: float
    unreadable: float
    #: How many values the sample had: what is measured on a few says little.
    sampled: int = 0
    #: About how many different values there are.
    distinct: int = 0
    #: The share of each value, where they are few and nobody's; a boolean is "true" or "false".
    values: Mapping[str, float] | None = None
    #: How texts are written, the most frequent first.
    shapes: Mapping[str, float] = field(default_factory=dict)
    #: Of numbers, and of dates as days since 1970, the values below which the shares QUANTILES of them lie.
    quantiles: tuple[float, ...] = ()

    @property
    def unreadable_share(self) -> float:
        """Of what was there to be read, from 0 to 1."""
        there = self.filled + self.unreadable
        return self.unreadable / there if there else 0.0


#: The middle one is the median.
QUANTILES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, kw_only=True)
class KeyProfile:
    """What leads are known by from one load to the next, without the keys themselves."""

    #: The fields of the `key` that the mapping declares; where it declares none, license_number or provider_id, else `lead_key`.
    fields: tuple[str, ...]
    #: About how many different keys there are.
    distinct: int
    #: The lowest hashes of them, ascending: see KeySketch.
    hashes: tuple[int, ...] = ()
    shapes: Mapping[str, float] = field(default_factory=dict)
    #: Whether each key is the number of its record: then it tells nothing of who it is.
    counts_records: bool = False


@dataclass(frozen=True, kw_only=True)
class DeliveryProfile:
    """A delivery as a whole, and its columns in their order."""

    records: int
    columns: tuple[ColumnProfile, ...]
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    #: The line, or the row of the sheet, with the headers; None where there is none, or nothing is known.
    header_row: int | None = None
    #: Where the mapping names the columns: hashes of the names that the header of the file has, one a column.
    replaced: tuple[int, ...] = ()
    #: Records that became leads; None where unknown.
    leads: int | None = None
    fields: Mapping[str, FieldProfile] = field(default_factory=dict)
    key: KeyProfile | None = None
    #: Of the leads with a key, the share that stands behind another one of the delivery; None where unknown.
    hidden: float | None = None
    #: Of the different keys of its leads, the share that more than one lead has; None where unknown.
    repeated_keys: float | None = None
