"""The kind DR212."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import QUANTILES, FieldProfile

#: By what factor the middle number must have moved, and the upper ones in the same direction.
_FACTOR = 3.0
_UPPER_FACTOR = 2.0
#: By how many years dates must have moved, the middle one and most others.
_YEARS = 5
_DAYS = 365.25
#: Values that were looked at: of fewer nothing can be said.
_LEAST = 10
#: What a factor may come from: from the first unit to the second it is so many.
_UNITS = {
    12: ("years", "months"),
    52: ("years", "weeks"),
    365: ("years", "days"),
    7: ("weeks", "days"),
    60: ("hours", "minutes"),
    100: ("whole ones", "hundredths"),
    1000: ("ones", "thousands"),
}
#: By how much a factor may be off.
_OFF = 0.15
_MEDIAN, _UPPER, _LOWER = QUANTILES.index(0.5), QUANTILES.index(0.9), QUANTILES.index(0.1)
_EPOCH = date(1970, 1, 1)


@kind("DR212", "quantiles")
def quantiles_moved(comparison: Comparison) -> Iterator[Told]:
    """The numbers of a field are another size than in the published load, or its dates other years.

    Years that became months are twelve times as large; two-digit years that are read otherwise are decades off. Lossy
    where the middle number is three times what it was, or a third of it, and where the middle date moved by five years.
    """
    published = comparison.published.fields if comparison.published else {}
    for field, now in comparison.delivered.profile.fields.items():
        before = published.get(field)
        if before is None or min(before.sampled, now.sampled) < _LEAST:
            continue
        if not (before.quantiles and now.quantiles):
            continue
        temporal = comparison.mapping.table.columns[field].type.dtype.is_temporal()
        if not (_other_years(before, now) if temporal else _other_size(before, now)):
            continue
        then, later = before.quantiles[_MEDIAN], now.quantiles[_MEDIAN]
        shown = [_day(each) if temporal else f"{each:g}" for each in (then, later)]
        yield Told(
            kind_class="lossy",
            header=comparison.only_header_of(field),
            expected=f"{field}: {shown[0]} in the middle",
            found=f"{shown[1]} in the middle{'' if temporal else _unit(then, later)}",
            advice=f"ask the source what the column holds now; see how {field} is read",
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


def _unit(then: float, later: float) -> str:
    """`: months instead of years?` where the factor is that of two units."""
    larger = later > then
    factor = later / then if larger else then / later
    for times, (whole, part) in _UNITS.items():
        if abs(factor / times - 1) <= _OFF:
            was, is_now = (whole, part) if larger else (part, whole)
            return f": {is_now} instead of {was}?"
    return ""


def _day(days: float) -> str:
    return f"{_EPOCH + timedelta(days=days):%Y-%m-%d}"
