"""One column per day of the week, with the hours of that day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task

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


def recognise_weekdays(task: Task) -> Iterator[Proposal]:
    """At least five headers that name days: the days that are open, with their hours."""
    found = {day: column for day in _DAYS if (column := task.sample.likeliest(day))}
    if len(found) < _LEAST_DAYS or not task.has("schedule"):
        return
    parts = []
    for day, column in found.items():
        closed = [value for value in column.values.to_list() if value.casefold() in _CLOSED]
        parts.append({"from": column, **({"nulls": closed} if closed else {}), "prefix": f"{_DAYS[day]} "})
    yield Proposal("schedule", {"join": parts, "separator": "; "}, tuple(found.values()), 1.0)
