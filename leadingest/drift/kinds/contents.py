"""Kinds of drift DR204 and DR210 to DR212: a column or a field holds something else than before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from math import sqrt

from leadingest.drift.comparison import Comparison
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.profile import QUANTILES, ColumnProfile, FieldProfile
from leadingest.drift.similarity import cells_again, same_contents
from leadingest.tables.column import Column
from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import Look
from leadingest.wording import percent

#: Shares of the filled cells: of one kind before, and of it no more.
_MOST = 0.9
_FEW = 0.6
#: Cells that were looked at: of fewer nothing can be said.
_LEAST_OF_A_KIND = 5


@kind("DR204", "types")
def type_changed(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column contains a different kind of value than in the published load: for example, digits became text.

    Lossy if a field that reads it now has unreadable values; safe otherwise.
    """
    for before, now in comparison.both:
        if min(before.sampled, now.sampled) < _LEAST_OF_A_KIND:
            continue
        then = _kind(before)
        still = now.kind_shares.get(then.kind, 0.0) if then else 1.0
        if not then or still > _FEW:
            continue
        fields = [
            comparison.delivered.profile.fields.get(field)
            for field in comparison.fields_of.get(now.header, ())
        ]
        lossy = any(field and field.unreadable > 0 for field in fields)
        shape = f", mostly like {next(iter(now.shapes))!r}" if now.shapes else ""
        read = comparison.reads(now.header)
        yield DriftDetail(
            kind_class="lossy" if lossy else "safe",
            header=now.header,
            expected=then.plural,
            found=f"{percent(still)} {then.plural}{shape}",
            advice="ask the source what the column contains now" if read else "nothing: no field reads it",
        )


def _kind(column: ColumnProfile) -> Look | None:
    """The look that most cells have: of several, the one that says most."""
    shares = column.kind_shares
    return next((look for kind, look in LOOKS.items() if shares.get(kind, 0.0) >= _MOST), None)


#: How alike each column must be to what the other one was, and how little to what it was itself, from 0 to 1.
_ALIKE = 0.75
_OTHER = 0.4
#: Of the different cells, those that the other column had, and that the column itself had: dates look like dates.
_MOST_AGAIN = 0.5
_FEW_AGAIN = 0.2
#: Cells that were looked at: of fewer nothing can be said.
_LEAST_TO_SWAP = 10
#: Columns that are compared with each other.
_MOST_COLUMNS = 60


@kind("DR210", "swapped")
def swapped_columns(comparison: Comparison) -> Iterator[DriftDetail]:
    """The content of two columns is swapped since the published load.

    Reported if the mapping reads one of the two, judged by the shape of their cells, the number of distinct
    values and the values that recur. Breaking: the load is held, unless `on_drift: {swapped: note}` says otherwise.
    """
    measured = [pair for pair in comparison.both if min(column.sampled for column in pair) >= _LEAST_TO_SWAP]
    # A column that is what it was has changed places with none.
    strange = [
        pair for pair in measured if same_contents(*pair) <= _OTHER or cells_again(*pair) <= _FEW_AGAIN
    ]
    strange = strange[:_MOST_COLUMNS]
    for one, other in combinations(strange, 2):
        reads = [column.header for _, column in (one, other) if comparison.reads(column.header)]
        if reads and _swapped(one, other):
            names = [column.header for _, column in (one, other)]
            yield DriftDetail(
                kind_class="breaking",
                header=reads[0],
                expected=f"{names[0]!r} and {names[1]!r} as before",
                found=f"{names[0]!r} and {names[1]!r} seem to be swapped",
                advice="ask the source; if this is permanent, swap the headers in the mapping too",
            )


def _swapped(one: tuple[ColumnProfile, ColumnProfile], other: tuple[ColumnProfile, ColumnProfile]) -> bool:
    (one_before, one_now), (other_before, other_now) = one, other
    again = min(cells_again(one_before, other_now), cells_again(other_before, one_now))
    if again >= _MOST_AGAIN and max(cells_again(*one), cells_again(*other)) <= _FEW_AGAIN:
        return True
    if max(same_contents(*one), same_contents(*other)) > _OTHER:
        return False
    return min(same_contents(one_before, other_now), same_contents(other_before, one_now)) >= _ALIKE


#: The share of the leads that have another value now, at least; and how many times what chance does.
_MOVED = 0.25
_SIGMAS = 3
#: Values that were looked at: of fewer nothing can be said.
_LEAST_TO_SPREAD = 30


@kind("DR211", "shares")
def value_shares(comparison: Comparison) -> Iterator[DriftDetail]:
    """The values of a field with a vocabulary, or of a yes/no field, are distributed differently than in the published load.

    This happens when a source changes the meaning of its codes, or a condition in the mapping no longer fits.
    Lossy if at least a quarter of the leads changed their value.
    """
    published = comparison.published.fields if comparison.published else {}
    for field, now in comparison.delivered.profile.fields.items():
        before = published.get(field)
        if before is None or not before.values or not now.values or not _is_vocabulary(comparison, field):
            continue
        fewest = min(before.sampled, now.sampled)
        moved = sum(_gains(before.values, now.values).values())
        if fewest < _LEAST_TO_SPREAD or moved < max(_MOVED, _SIGMAS / sqrt(fewest)):
            continue
        value = max(gains := _gains(before.values, now.values), key=lambda each: gains[each])
        then, later = before.values.get(value, 0.0), now.values[value]
        yield DriftDetail(
            kind_class="lossy",
            header=comparison.only_header_of(field),
            expected=f"{field} is {value!r} in {percent(then, beside=later)}",
            found=f"in {percent(later, beside=then)}",
            advice=f"ask the source whether the meaning of its values changed; see how {field} is read",
        )


def _gains(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """By how much each value has become more frequent; in sum, how many leads have another value."""
    return {
        value: share - before.get(value, 0.0)
        for value, share in now.items()
        if share > before.get(value, 0.0)
    }


def _is_vocabulary(comparison: Comparison, field: str) -> bool:
    column: Column = comparison.mapping.table.columns[field]
    return bool(column.one_of) or column.type.storage.kind == "boolean"


#: By what factor the middle number must have moved, and the upper ones in the same direction.
_FACTOR = 3.0
_UPPER_FACTOR = 2.0
#: By how many years dates must have moved, the middle one and most others.
_YEARS = 5
_DAYS = 365.25
#: Values that were looked at: of fewer nothing can be said.
_LEAST_TO_ORDER = 10
#: How many of the smaller unit make one of the larger: what a factor of a duration may come from.
_UNITS = {
    12: ("years", "months"),
    52: ("years", "weeks"),
    365: ("years", "days"),
    7: ("weeks", "days"),
    24: ("days", "hours"),
    60: ("hours", "minutes"),
}
#: By how much a factor may be off.
_OFF = 0.15
_MEDIAN, _UPPER, _LOWER = QUANTILES.index(0.5), QUANTILES.index(0.9), QUANTILES.index(0.1)
_EPOCH = date(1970, 1, 1)


@kind("DR212", "quantiles")
def quantiles_moved(comparison: Comparison) -> Iterator[DriftDetail]:
    """The numbers of a field have a different magnitude than in the published load, or its dates are in different years.

    Ages in months instead of years are twelve times as large; misread two-digit years are decades off. A unit is
    suggested only if the description of the field in the load table names it. Lossy if the median number tripled or
    fell to a third, or the median date moved by five years.
    """
    published = comparison.published.fields if comparison.published else {}
    for field, now in comparison.delivered.profile.fields.items():
        before = published.get(field)
        if before is None or min(before.sampled, now.sampled) < _LEAST_TO_ORDER:
            continue
        if not (before.quantiles and now.quantiles):
            continue
        column = comparison.mapping.table.columns[field]
        temporal = column.type.dtype.is_temporal()
        if not (_other_years(before, now) if temporal else _other_size(before, now)):
            continue
        then, later = before.quantiles[_MEDIAN], now.quantiles[_MEDIAN]
        shown = [_day(each) if temporal else f"{each:g}" for each in (then, later)]
        yield DriftDetail(
            kind_class="lossy",
            header=comparison.only_header_of(field),
            expected=f"{field}: median {shown[0]}",
            found=f"median {shown[1]}{'' if temporal else _times(then, later, column.about)}",
            advice=f"ask the source what the column contains now; see how {field} is read",
        )


def _other_size(before: FieldProfile, now: FieldProfile) -> bool:
    then, later = before.quantiles[_MEDIAN], now.quantiles[_MEDIAN]
    upper_then, upper_now = before.quantiles[_UPPER], now.quantiles[_UPPER]
    if min(then, later, upper_then, upper_now) <= 0:
        return False
    grew = later >= _FACTOR * then and upper_now >= _UPPER_FACTOR * upper_then
    shrank = then >= _FACTOR * later and upper_then >= _UPPER_FACTOR * upper_now
    return grew or shrank


def _other_years(before: FieldProfile, now: FieldProfile) -> bool:
    """Whether the middle lies years away, and outside of where most of the dates were."""
    later = now.quantiles[_MEDIAN]
    moved = abs(later - before.quantiles[_MEDIAN]) >= _YEARS * _DAYS
    return moved and not before.quantiles[_LOWER] <= later <= before.quantiles[_UPPER]


def _times(then: float, later: float, about: str) -> str:
    """`, 12× larger: months instead of years?`; a unit is guessed only where the description names it."""
    larger = later > then
    factor = later / then if larger else then / later
    change = f", {factor:.3g}× {'larger' if larger else 'smaller'}"
    for times, units in _UNITS.items():
        named = any(re.search(rf"\b{unit[:-1]}s?\b", about, re.IGNORECASE) for unit in units)
        if named and abs(factor / times - 1) <= _OFF:
            was, is_now = units if larger else units[::-1]
            return f"{change}: {is_now} instead of {was}?"
    return change


def _day(days: float) -> str:
    return f"{_EPOCH + timedelta(days=days):%Y-%m-%d}"
