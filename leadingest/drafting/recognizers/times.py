"""Dates, with the formats that they are written in, and when somebody is open: hours and days of the week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import plain_words
from leadingest.drafting.contents import share_like, weighed
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.operations.hours import Hours
from leadingest.tables.date_format import SERIAL, DateFormat
from leadingest.tables.types.date import KNOWN_FORMATS
from leadingest.wording import percent

#: Which month comes first is not told by days up to the twelfth: the other order of each format.
_SWAPPED: Final = {
    "%m/%d/%Y": "%d/%m/%Y",
    "%m/%d/%y": "%d/%m/%y",
    "%m-%d-%Y": "%d-%m-%Y",
    "%m.%d.%Y": "%d.%m.%Y",
}
#: Formats that are tried beside those by which drift knows a date.
_MORE_FORMATS: Final = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y/%m/%d %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d.%m.%y",
    "%m%d%Y",
    "%d/%b/%Y",
    "%B %d %Y",
    "%d %b %y",
)
_MOST: Final = 0.5
_SOME: Final = 0.05
_DATE_INSIDE: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
#: Of the values: so many must be hours that can be written in the standard form.
_MOST_HOURS: Final = 0.9


def recognize_dates(task: Task) -> Iterator[Proposal]:
    """A header that names a day, with values that some formats read."""
    for field, target in task.table.columns.items():
        if not target.type.date_formats:
            continue
        for column in task.sample.ranked(field):
            sure = weighed(field, column, column.sure(field), records=task.sample.records)
            entry: dict[str, Any]
            if _with_rest(column):
                formats, read, _ = date_formats(task, _first_parts(column))
                if read >= _MOST:
                    entry = {"from": column, "extract": _LEADING, "formats": list(formats)}
                    yield Proposal(field, entry, (column,), sure, named(column, field))
            elif column.looks("date_inside", least=_MOST):
                entry = {"from": column, "extract": _DATE_INSIDE}
                yield Proposal(field, entry, (column,), sure, named(column, field))
            elif column.looks("date", "day_number", least=_MOST):
                formats, read, ambiguous = date_formats(task, column)
                if read >= _MOST:
                    entry = {"from": column, "formats": list(formats)}
                    doubts = (*named(column, field), *_doubts(read, ambiguous))
                    yield Proposal(field, entry, (column,), sure, doubts)


#: A day, and behind it a time with something that no format reads, such as `+00`.
_LEADING: Final = r"^([0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4})[ T]"
_REST: Final = r"^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}[ T][0-9:.]+[+-][0-9]{2}$"


def _with_rest(column: SampleColumn) -> bool:
    return column.distinct > 0 and share_like(column, _REST) >= _MOST


def _first_parts(column: SampleColumn) -> SampleColumn:
    return replace(column, values=column.values.str.extract(_LEADING, 1).drop_nulls())


def _doubts(read: float, ambiguous: str | None) -> Iterator[str]:
    if ambiguous:
        yield f"every value also fits {ambiguous}"
    if read < 1:
        yield f"{percent(1 - read)} of the values do not match any known format"


def date_formats(task: Task, column: SampleColumn) -> tuple[tuple[str, ...], float, str | None]:
    """The fewest formats that read what can be read, the share that they read, and another order that fits all."""
    text = pl.col("value")
    formats: tuple[str, ...] = (*KNOWN_FORMATS, *_MORE_FORMATS)
    if column.looks("day_number", least=_SOME):
        formats = (*formats, SERIAL)
    read = (
        column.values.alias("value")
        .to_frame()
        .select(
            DateFormat(each).expr(text, dtype=pl.Date(), today=task.today).is_not_null().alias(each)
            for each in formats
        )
    )
    left = pl.Series([True] * read.height)
    chosen: list[str] = []
    while left.any():
        counts = {each: int((read[each] & left).sum()) for each in formats}
        best = max(formats, key=lambda each: counts[each])
        if not counts[best]:
            break
        chosen.append(best)
        left &= ~read[best]
    swapped = _SWAPPED.get(chosen[0]) if len(chosen) == 1 else None
    ambiguous = swapped if swapped and bool(read[swapped].all()) else None
    return tuple(chosen), 1 - share(left), ambiguous


def recognize_hours(task: Task) -> Iterator[Proposal]:
    """A header that names the days and another that names the hours: both, in this order."""
    if not task.has("schedule"):
        return
    days, hours = task.sample.likeliest("days_open"), task.sample.likeliest("schedule")
    if span := _span(task):
        joined: dict[str, Any] = {"join": list(span), "separator": " - "}
        entry = {"join": [days, joined], **STANDARD} if days else {**joined, **STANDARD}
        yield Proposal("schedule", entry, (*([days] if days else []), *span), _BOTH * 1.01)
    if days and hours and days is not hours:
        entry = {"join": [days, hours]}
        if share_of_hours(hours) >= _MOST_HOURS:
            entry = {**entry, **STANDARD}
        yield Proposal("schedule", entry, (days, hours), _BOTH)
    for column in task.sample.ranked("schedule"):
        if share_of_hours(column, before="") >= _MOST_HOURS:
            sure = weighed("schedule", column, column.sure("schedule"), records=task.sample.records)
            entry = {"from": column, **STANDARD}
            doubts = (*named(column, "schedule"), _WRITTEN_OTHERWISE)
            yield Proposal("schedule", entry, (column,), sure * _SURER, doubts)


#: A cell that may mean two things stays as it is.
STANDARD: Final[Mapping[str, Any]] = {"hours": True, "otherwise": "keep"}
_WRITTEN_OTHERWISE: Final = "hours are written in the standard form; without `hours` they stay as they are"
_SURER: Final = 1.005
_TIME: Final = r"(?i)^[0-9]{1,2}(?::?[0-9]{2})?(?::00)? ?(?:[ap]\.?m?\.?)?$"


def _span(task: Task) -> tuple[SampleColumn, SampleColumn] | None:
    """The one column with times of opening and the one with times of closing, of no day in particular."""
    sides: list[SampleColumn] = []
    for words in (_OPENS, _CLOSES):
        found = [
            column
            for column in task.sample.columns
            if not words.isdisjoint(plain_words(column.header))
            and not any(column.sure(day) >= _LEAST_SURE for day in _DAYS)
            and share_like(column, _TIME) >= _MOST_HOURS
        ]
        sides += found if len(found) == 1 else []
    return (sides[0], sides[1]) if len(sides) == len({*sides}) == 2 and _are_hours(*sides) else None


def share_of_hours(column: SampleColumn, *, before: str = "Mon ") -> float:
    """The share of values that `hours` recognizes, behind a day, of those that do not say that it is closed."""
    open_hours = (
        column.values.filter(~column.values.str.to_lowercase().is_in(_CLOSED)).alias("value").to_frame()
    )
    read = open_hours.select(
        Hours(hours=True).expr(pl.concat_str([pl.lit(before), pl.col("value")])).is_not_null()
    )
    return share(read.to_series())


_DAYS: Final = {
    "monday": "Mon",
    "tuesday": "Tue",
    "wednesday": "Wed",
    "thursday": "Thu",
    "friday": "Fri",
    "saturday": "Sat",
    "sunday": "Sun",
}
_LEAST_DAYS: Final = 5
_CLOSED: Final = ("closed", "none", "n/a")


def recognize_weekdays(task: Task) -> Iterator[Proposal]:
    """At least five headers that name days: the days that are open, with their hours."""
    found = {day: column for day in _DAYS if (column := task.sample.likeliest(day))}
    sides = _OPENS | _CLOSES
    is_one_side = any(not sides.isdisjoint(plain_words(column.header)) for column in found.values())
    if len(found) < _LEAST_DAYS or is_one_side or not task.has("schedule"):
        return
    columns = tuple(found.values())
    if all(share_of_hours(column) >= _MOST_HOURS or _is_closed(column) for column in columns):
        days = {_DAYS[day]: column for day, column in found.items()}
        yield Proposal("schedule", {"days": days}, columns, 1.0)
        return
    parts = []
    for day, column in found.items():
        closed = [value for value in column.values.to_list() if value.casefold() in _CLOSED]
        parts.append({"from": column, **({"nulls": closed} if closed else {}), "prefix": f"{_DAYS[day]} "})
    yield Proposal("schedule", {"join": parts, "separator": "; "}, columns, 1.0)


def _is_closed(column: SampleColumn) -> bool:
    return bool(column.values.str.to_lowercase().is_in(_CLOSED).all())


#: Words by which two columns of a day are told apart.
_OPENS: Final = frozenset(
    ["open", "opens", "opening", "opened", "start", "starts", "from", "begin", "begins"]
)
_CLOSES: Final = frozenset(["close", "closes", "closing", "closed", "end", "ends", "to", "until", "thru"])


def recognize_opening_and_closing(task: Task) -> Iterator[Proposal]:
    """For at least five days a column with the time of opening, and one with that of closing."""
    pairs = {day: pair for day in _DAYS if (pair := _opening_and_closing(task, day))}
    if len(pairs) < _LEAST_DAYS or not task.has("schedule"):
        return
    columns = tuple(column for pair in pairs.values() for column in pair if column.distinct)
    if not all(_are_hours(*pair) for pair in pairs.values()):
        return
    let, days = {}, {}
    for day, pair in pairs.items():
        if not any(column.distinct for column in pair):
            continue
        closed = {
            value for column in pair for value in column.values.to_list() if value.casefold() in _CLOSED
        }
        times = [{"from": each, "nulls": sorted(closed)} if closed else each for each in pair]
        days[_DAYS[day]] = f"{day}_hours"
        let[f"{day}_hours"] = {"join": times, "separator": " - "}
    yield Proposal("schedule", {"days": days}, columns, _BOTH, let=let)


#: Surer than the hours of opening alone.
_BOTH: Final = 1.05


def _opening_and_closing(task: Task, day: str) -> tuple[SampleColumn, SampleColumn] | None:
    """The two columns of the day, be they blank or not."""
    of_day = [column for column in task.sample.columns if column.sure(day) >= _LEAST_SURE]
    opening, closing = (
        [column for column in of_day if not words.isdisjoint(plain_words(column.header))]
        for words in (_OPENS, _CLOSES)
    )
    return (opening[0], closing[0]) if len(opening) == len(closing) == 1 and opening != closing else None


_LEAST_SURE: Final = 0.6


def _are_hours(opening: SampleColumn, closing: SampleColumn) -> bool:
    """Whether nearly all times are read beside the most usual one of the other column."""
    opens, closes = (
        each.values.filter(~each.values.str.to_lowercase().is_in(_CLOSED)) for each in (opening, closing)
    )
    if opens.is_empty() or closes.is_empty():
        return opens.is_empty() and closes.is_empty()
    texts = (
        pl.concat(["Mon " + opens + f" - {closes[0]}", f"Mon {opens[0]} - " + closes])
        .alias("value")
        .to_frame()
    )
    return (
        share(texts.select(Hours(hours=True).expr(pl.col("value")).is_not_null()).to_series()) >= _MOST_HOURS
    )
