"""Days and hours in two columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.cells import share
from leadingest.drafting.proposal import Entry, Proposal
from leadingest.drafting.task import Task

#: Hours as in 0600 To 1800.
_MILITARY: Final = "^([0-9]{2})([0-9]{2}) To ([0-9]{2})([0-9]{2})$"
_MOST: Final = 0.7


def recognise_hours(task: Task) -> Iterator[Proposal]:
    """A header that names the days and another that names the hours: both, in this order."""
    days, hours = task.sample.likeliest("days_open"), task.sample.likeliest("schedule")
    if not days or not hours or not task.has("schedule"):
        return
    written: Entry = hours
    if share(hours.values.str.contains(_MILITARY)) > _MOST:
        written = {"from": hours, "replace": {"pattern": _MILITARY, "with": "$1:$2 - $3:$4"}}
    yield Proposal("schedule", {"join": [days, written]}, (days, hours), 1.01)
