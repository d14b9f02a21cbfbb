"""Dates, with the formats that they are written in, and when somebody is open: hours and days of the week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import plain_words
from leadingest.drafting.contents import weighed
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.operations.hours import Hours
from leadingest.tables.date_format import DateFormat
from leadingest.tables.types.date import KNOWN_FORMATS
from leadingest.wording import percent

#: Which month comes first is not told by days up to the twelfth: the other order of each format.
_SWAPPED: Final = {
    "%m/%d/%Y": "%d/%m/%Y",
    "%m/%d/%y": "%d/%m/%y",
    "%m-%d-%Y": "%d-%m-%Y",
    "%m.%d.%Y": "%d.%m.%Y",
}
_MOST: Final = 0.5
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
            if column.looks("date_inside", least=_MOST):
                entry: dict[str, Any] = {"from": column, "extract": _DATE_INSIDE}
                yield Proposal(field, entry, (column,), sure, named(column, field))
            elif column.looks("date", least=_MOST):
                formats, read, ambiguous = date_formats(task, column)
                if read >= _MOST:
                    entry = {"from": column, "formats": list(formats)}
                    doubts = (*named(column, field), *_doubts(read, ambiguous))
                    yield Proposal(field, entry, (column,), sure, doubts)


def _doubts(read: float, ambiguous: str | None) -> Iterator[str]:
    if ambiguous:
        yield f"every value also fits {ambiguous}"
    if read < 1:
        yield f"{percent(1 - read)} of the values do not match any known format"


def date_formats(task: Task, column: SampleColumn) -> tuple[tuple[str, ...], float, str | None]:
    """The fewest formats that read what can be read, the share that they read, and another order that fits all."""
    text = pl.col("value")
    read = (
        column.values.alias("value")
        .to_frame()
        .select(
            DateFormat(each).expr(text, dtype=pl.Date(), today=task.today).is_not_null().alias(each)
            for each in KNOWN_FORMATS
        )
    )
    left = pl.Series([True] * read.height)
    chosen: list[str] = []
    while left.any():
        counts = {each: int((read[each] & left).sum()) for each in KNOWN_FORMATS}
        best = max(KNOWN_FORMATS, key=lambda each: counts[each])
        if not counts[best]:
            break
        chosen.append(best)
        left &= ~read[best]
    swapped = _SWAPPED.get(chosen[0]) if len(chosen) == 1 else None
    ambiguous = swapped if swapped and bool(read[swapped].all()) else None
    return tuple(chosen), 1 - share(left), ambiguous


def recognize_hours(task: Task) -> Iterator[Proposal]:
    """A header that names the days and another that names the hours: both, in this order."""
    days, hours = task.sample.likeliest("days_open"), task.sample.likeliest("schedule")
    if not days or not hours or not task.has("schedule"):
        return
    entry: dict[str, Any] = {"join": [days, hours]}
    if _share_of_hours(hours) >= _MOST_HOURS:
        # A cell that may mean two things stays as it is.
        entry |= {"hours": True, "otherwise": "keep"}
    yield Proposal("schedule", entry, (days, hours), 1.01)


def _share_of_hours(column: SampleColumn) -> float:
    """The share of values that `hours` recognizes behind a day, of those that do not say that it is closed."""
    open_hours = (
        column.values.filter(~column.values.str.to_lowercase().is_in(_CLOSED)).alias("value").to_frame()
    )
    read = open_hours.select(
        Hours(hours=True).expr(pl.concat_str([pl.lit("Mon "), pl.col("value")])).is_not_null()
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
    if all(_share_of_hours(column) >= _MOST_HOURS or _is_closed(column) for column in columns):
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
