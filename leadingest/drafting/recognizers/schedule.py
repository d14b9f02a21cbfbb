"""When somebody is open: hours and days of the week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.proposal import Entry, Proposal
from leadingest.drafting.sample import Task, share

#: Hours as in 0600 To 1800.
_MILITARY: Final = "^([0-9]{2})([0-9]{2}) To ([0-9]{2})([0-9]{2})$"
_MOST: Final = 0.7


def recognize_hours(task: Task) -> Iterator[Proposal]:
    """A header that names the days and another that names the hours: both, in this order."""
    days, hours = task.sample.likeliest("days_open"), task.sample.likeliest("schedule")
    if not days or not hours or not task.has("schedule"):
        return
    written: Entry = hours
    if share(hours.values.str.contains(_MILITARY)) > _MOST:
        written = {"from": hours, "replace": {"pattern": _MILITARY, "with": "$1:$2 - $3:$4"}}
    yield Proposal("schedule", {"join": [days, written]}, (days, hours), 1.01)


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
    if len(found) < _LEAST_DAYS or not task.has("schedule"):
        return
    parts = []
    for day, column in found.items():
        closed = [value for value in column.values.to_list() if value.casefold() in _CLOSED]
        parts.append({"from": column, **({"nulls": closed} if closed else {}), "prefix": f"{_DAYS[day]} "})
    yield Proposal("schedule", {"join": parts, "separator": "; "}, tuple(found.values()), 1.0)
