"""How well a delivery fits a source: the headers that its mapping reads, and what its published load was like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leadingest.drift.delivered import Delivered
from leadingest.drift.expected_column import expected_columns
from leadingest.drift.profiles.key_sketch import common_share
from leadingest.drift.profiles.profile import ColumnProfile, DeliveryProfile, KeyProfile
from leadingest.drift.similarity import cells_again, same_contents
from leadingest.engine.binding import column_labels, respelled
from leadingest.mapping.models import Mapping
from leadingest.tables.types import LOOKS

#: Keys, or cells of a column, that must be there: of fewer nothing can be said.
_LEAST: Final = 10
#: Kinds of values that lists have in common by chance.
_IN_COMMON: Final = tuple(kind for kind, look in LOOKS.items() if look.in_common)
#: Of the cells of a column, how many must have been looked at, and what are most.
_WHOLE: Final = 0.9
_MOST: Final = 0.5

Pair = tuple[ColumnProfile, ColumnProfile]


@dataclass(frozen=True)
class KnownSource:
    """A source of the project, and what the delivery of its published load was like; None where nothing is known."""

    mapping: Mapping
    published: DeliveryProfile | None = None


#: The other sources of the project; they are looked up when a delivery fits its own badly.
Others = Callable[[], Iterable[KnownSource]]


def no_others() -> tuple[KnownSource, ...]:
    """None are known."""
    return ()


@dataclass(frozen=True)
class Fit:
    """How well a delivery fits a source; shares are from 0 to 1."""

    #: Columns that the mapping reads, and those of them that are there.
    expected: int
    there: int
    #: Of the columns of the delivery, the share that the mapping or the published load knows.
    familiar: float
    #: How alike columns are to what they were, on the whole; None where there are none to compare.
    alike: float | None
    #: The share of records that come again; None where unknown.
    again: float | None

    @classmethod
    def of(cls, source: KnownSource, delivered: Delivered) -> Fit:
        """By header; by place where the delivery has none."""
        published, mapping = source.published, source.mapping
        then = {column.header: column for column in published.columns} if published else {}
        columns = expected_columns(mapping)
        expected = [
            column for column in columns if not column.optional or not then.keys().isdisjoint(column.names)
        ]
        if delivered.headless:
            pairs = _by_place(tuple(then.values()), delivered.profile.columns)
            again = _again(published, delivered.profile, pairs)
            # Without its header, only what comes again tells whose list it is.
            there, familiar = (0, 0.0) if again is None else (len(expected), 1.0)
        else:
            written = [delivered.respelled.get(header, header) for header in delivered.headers]
            headers = respelled(mapping, written)
            now = dict(zip(column_labels(headers), delivered.profile.columns, strict=True))
            pairs = _measured((then[header], now[header]) for header in then.keys() & now.keys())
            again = _again(published, delivered.profile, pairs)
            there = sum(not set(headers).isdisjoint(column.names) for column in expected)
            read = {name for column in columns for name in column.names}
            named = [header for header in headers if header]
            familiar = sum(header in read or header in then for header in named) / max(len(named), 1)
        alike = sum(same_contents(*pair) for pair in pairs) / len(pairs) if pairs else None
        return cls(len(expected), there, familiar, alike, again)

    @property
    def read(self) -> float:
        """The share of what the mapping reads that is there."""
        return self.there / max(self.expected, 1)

    @property
    def headers(self) -> float:
        """How well the headers fit, both ways: a mapping that reads two columns fits no file of forty."""
        return min(self.read, self.familiar)


def keys_in_common(before: KeyProfile | None, now: KeyProfile | None) -> float | None:
    """Which share of the keys of the smaller load the other one has; None where that cannot be told."""
    if not (before and now and before.fields == now.fields and before.hashes and now.hashes):
        return None
    return common_share(before.hashes, before.distinct, now.hashes, now.distinct)


def _by_place(before: Sequence[ColumnProfile], now: Sequence[ColumnProfile]) -> list[Pair]:
    return _measured(zip(before, now, strict=True)) if len(before) == len(now) else []


def _measured(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if min(column.sampled for column in pair) >= _LEAST]


def _again(then: DeliveryProfile | None, now: DeliveryProfile, pairs: Iterable[Pair]) -> float | None:
    """How many records come again: by their keys; where these are not known, by the columns that tell records apart."""
    keys = then.key if then else None, now.key
    common = keys_in_common(*keys)
    if common is not None and all(key and key.distinct >= _LEAST for key in keys):
        return common
    return max((cells_again(*pair) for pair in pairs if all(map(_tells_apart, pair))), default=None)


def _tells_apart(column: ColumnProfile) -> bool:
    """Whether nearly every record has another cell, which no record of another list has by chance, as days and numbers."""
    chance = any(column.kind_shares.get(kind, 0.0) > _MOST for kind in _IN_COMMON)
    looked_at = column.sampled >= _WHOLE * column.filled
    return looked_at and column.distinct > _MOST * column.filled and not chance
