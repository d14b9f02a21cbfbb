"""The kind DR203."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import AddFormat, Path_
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.tables.types.date import KNOWN_FORMATS
from leadingest.wording import percent

#: Of the filled cells: so many in another format, or in none of those known, are a change.
_LEAST = 0.02
#: Cells that were looked at.
_LEAST_CELLS = 2
#: A format that reads nearly as many cells as the best one may be the right one as well.
_CLOSE = 0.95


@kind("DR203", "dates")
def date_format(comparison: Comparison) -> Iterator[DriftDetail]:
    """The dates of a column are not in the format of the mapping, or not in that of the published load.

    Lossy if no format in the mapping reads them; `--fix` adds the format, unless day and month cannot be told apart.
    Also lossy if days above 12 prove that day and month are in the other order: the other dates are read with the two
    swapped. Safe if the mapping can read them.
    """
    for change in changed_dates(comparison):
        if change.exchanged:
            yield _exchanged(change)
            continue
        sure = change.rival is None
        formats = ", ".join(f'"{each}"' for each in (*change.formats, change.format))
        advice = f"add the format: formats: [{formats}]; --fix does"
        if change.rival:
            advice = (
                f"ask the source whether it is {change.format} or {change.rival}, and add it to the formats"
            )
        yield DriftDetail(
            kind_class="lossy",
            header=change.header,
            expected=listed(change.formats),
            found=f"{percent(change.share)} written as {change.format}"
            + (f" or {change.rival}" if change.rival else ""),
            advice=advice,
            fixes=(AddFormat(change.path, change.formats, change.format),) if sure else (),
        )
    reported = {change.header for change in changed_dates(comparison)}
    for before, now in comparison.both:
        if (
            now.header not in reported
            and comparison.reads(now.header)
            and _rewritten(before, now, comparison)
        ):
            then, later = (", ".join(_main(each)) for each in (before, now))
            yield DriftDetail(
                "safe", now.header, then, later, "nothing: the mapping reads both", settled=True
            )


def _exchanged(change: ChangedDates) -> DriftDetail:
    right, wrong = change.format, swapped(change.format)
    return DriftDetail(
        kind_class="lossy",
        header=change.header,
        expected=wrong,
        found=f"{percent(change.share)} written as {right}; {percent(change.exchanged)} are read as {wrong}, with day "
        "and month swapped",
        advice=f'replace "{wrong}" with "{right}" in the formats of {change.field}, and load the delivery again',
    )


@dataclass(frozen=True)
class ChangedDates:
    """Dates of a column that no format of its field reads, and the format that does."""

    field: str
    header: str
    path: Path_
    formats: tuple[str, ...]
    format: str
    share: float
    #: Another format that reads them as well.
    rival: str | None
    #: The share of dates that are read with day and month exchanged.
    exchanged: float = 0.0


def changed_dates(comparison: Comparison) -> Iterator[ChangedDates]:
    """Columns that a field takes dates from as they are, with dates that none of its formats reads."""
    for column in comparison.expected:
        header = next((name for name in column.names if name in comparison.now), "")
        for field in column.whole_fields if header else ():
            kind_of = comparison.mapping.fields[field].type
            formats = kind_of.date_formats if kind_of else ()
            if formats and (change := _unread(comparison.now[header], field, formats)):
                yield change


def _unread(column: ColumnProfile, field: str, formats: tuple[str, ...]) -> ChangedDates | None:
    """The format that the mapping lacks most."""
    read = max((column.formats.get(each, 0.0) for each in formats), default=0.0)
    others = {
        each: share
        for each, share in column.formats.items()
        if each not in formats
        and share >= _LEAST
        and share * column.sampled >= _LEAST_CELLS
        and not _explained(each, column, formats)
    }
    if not others:
        return None
    for each, share in others.items():
        exchanged = column.formats.get(swapped(each), 0.0) if swapped(each) in formats else 0.0
        if exchanged and share >= 1 - _LEAST and share - exchanged >= _LEAST:
            return ChangedDates(
                field, column.header, ("fields", field), formats, each, share, None, exchanged
            )
    best, *rest = sorted(others, key=lambda each: (-others[each], KNOWN_FORMATS.index(each)))
    rival = next((each for each in rest if others[each] >= _CLOSE * others[best]), None)
    if others[best] + read > 1 + _LEAST:
        return None
    return ChangedDates(field, column.header, ("fields", field), formats, best, others[best], rival)


def _explained(other: str, column: ColumnProfile, formats: tuple[str, ...]) -> bool:
    """Whether what the format reads may all be what a known one reads: the days up to the twelfth of a month."""
    return swapped(other) in formats and column.formats.get(swapped(other), 0.0) >= column.formats[other]


def swapped(text: str) -> str:
    """The format with the month where the day stands, and the other way round."""
    return text.replace("%m", "%x").replace("%d", "%m").replace("%x", "%d")


def _main(column: ColumnProfile) -> list[str]:
    """The formats that most of the dates are written in."""
    shares = column.formats
    best = max(shares.values(), default=0.0)
    return [each for each in shares if shares[each] >= _CLOSE * best][:1] if best >= 1 / 2 else []


def _rewritten(before: ColumnProfile, now: ColumnProfile, comparison: Comparison) -> bool:
    """Whether the dates are written otherwise, in a way that each field which takes them as dates can read."""
    then, later = _main(before), _main(now)
    kinds = (comparison.mapping.fields[field].type for field in comparison.fields_of.get(now.header, ()))
    formats = [kind.date_formats for kind in kinds if kind and kind.date_formats]
    readable = all(each in of_field for of_field in formats for each in later)
    return bool(then and later) and then != later and readable
