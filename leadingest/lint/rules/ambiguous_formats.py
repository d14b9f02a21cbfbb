"""The rule LI201."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations

import polars as pl

from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.tables.date_format import DateFormat

#: Days whose numbers can stand for day, month and year alike, and tell which is which: `20121015` has a day, a month and
#: a year from the left and from the right.
_DAYS = (
    datetime(2003, 4, 5),
    datetime(2011, 12, 10, 9, 8, 7),
    datetime(2012, 10, 15),
    datetime(2010, 12, 11, 10, 11, 12),
)
_TODAY = date(2026, 6, 30)


@rule("LI201", "warning")
def ambiguous_formats(subject: Subject) -> Iterator[Remark]:
    """Two formats of one field read the same text as different days.

    `04/05/2026` is April 5 in `%m/%d/%Y` and May 4 in `%d/%m/%Y`; the first format that fits is used. The same goes
    for eight digits in `%d%m%Y` and `%Y%m%d`: `20121015` can also be December 20, 1015. A source that changed its
    date format needs two columns or two mappings.

    Bad:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%d/%Y", "%d/%m/%Y"]}

    Good:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%d/%Y", "%m/%d/%y"]}
    """
    for entry in subject.entries:
        node = subject.node(entry.path, "formats")
        if node is None or entry.type is None:
            continue
        for (i, one), (j, other) in combinations(enumerate(entry.type.date_formats), 2):
            if text := _read_as_two(one, other):
                message = f"{text!r} is one day in the format {one!r} and another in {other!r}; the first that fits is used"
                related = Related(subject.place(entry.path, "formats", i), f"note: {one!r} is defined here")
                yield Remark(subject.place(entry.path, "formats", j), message, (related,))


def _read_as_two(one: str, other: str) -> str:
    """A text that the two formats read as different days, or nothing."""
    for written, read in ((one, other), (other, one)) if one != other else ():
        texts = dict.fromkeys(day.strftime(written) for day in _DAYS)
        fitting = [text for text in texts if re.match(DateFormat(read).pattern, text)]
        if fitting:
            text = pl.col("text")
            days = [
                DateFormat(each).expr(text, dtype=pl.Date(), today=_TODAY).alias(each)
                for each in (written, read)
            ]
            # Equal or null: the one does not take what belongs to the other.
            other_day = pl.col(written) != pl.col(read)
            for found in pl.DataFrame({"text": fitting}).with_columns(days).filter(other_day)["text"]:
                return str(found)
    return ""
