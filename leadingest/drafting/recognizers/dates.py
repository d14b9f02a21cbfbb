"""Dates, with the formats that they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.drafting.proposal import Proposal, named, percent
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.tables.date_format import DateFormat
from leadingest.tables.types.date import KNOWN_FORMATS

#: Which month comes first is not told by days up to the twelfth: the other order of each format.
_SWAPPED: Final = {
    "%m/%d/%Y": "%d/%m/%Y",
    "%m/%d/%y": "%d/%m/%y",
    "%m-%d-%Y": "%d-%m-%Y",
    "%m.%d.%Y": "%d.%m.%Y",
}
_MOST: Final = 0.5
_DATE_INSIDE: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"


def recognize_dates(task: Task) -> Iterator[Proposal]:
    """A header that names a day, with values that some formats read."""
    for field, target in task.table.columns.items():
        if not target.type.date_formats:
            continue
        for column in task.sample.ranked(field):
            sure = column.sure(field)
            if column.looks("date_inside", least=_MOST):
                entry: dict[str, Any] = {"from": column, "extract": _DATE_INSIDE}
                yield Proposal(field, entry, (column,), sure, named(column, field))
            elif column.looks("date", least=_MOST):
                formats, read, ambiguous = _formats(task, column)
                if read >= _MOST:
                    entry = {"from": column, "formats": list(formats)}
                    doubts = (*named(column, field), *_doubts(read, ambiguous))
                    yield Proposal(field, entry, (column,), sure, doubts)


def _doubts(read: float, ambiguous: str | None) -> Iterator[str]:
    if ambiguous:
        yield f"every value fits {ambiguous}, too"
    if read < 1:
        yield f"{percent(1 - read)} of the values are in no format that was tried"


def _formats(task: Task, column: SampleColumn) -> tuple[tuple[str, ...], float, str | None]:
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
