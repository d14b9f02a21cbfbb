"""The rule LI201."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.tables.types.date import Date
from leadingest.tables.types.datetime import Datetime

#: Days whose numbers can stand for day, month and two-digit year alike, and tell which is which.
_DAYS = (datetime(2003, 4, 5), datetime(2011, 12, 10, 9, 8, 7))


@rule("LI201", "warning")
def ambiguous_formats(subject: Subject) -> Iterator[Remark]:
    """Two formats of one field read the same text as different days.

    `04/05/2026` is the fifth of April by `%m/%d/%Y` and the fourth of May by `%d/%m/%Y`; the first format that fits
    is taken. A source that has changed its way of writing dates needs two columns, or two mappings.

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
        if node is None or not isinstance(entry.type, Date | Datetime):
            continue
        for (i, one), (j, other) in combinations(enumerate(entry.type.formats), 2):
            if text := _read_as_two(one, other):
                said = f"{text!r} is one day by {one!r} and another by {other!r}; the first one that fits is taken"
                related = Related(subject.place(entry.path, "formats", i), f"{one!r} stands here")
                yield Remark(subject.place(entry.path, "formats", j), said, (related,))


def _read_as_two(one: str, other: str) -> str:
    """A text that the two formats read as different days, or nothing."""
    for day in _DAYS:
        for written, read in ((one, other), (other, one)):
            text = day.strftime(written)
            try:
                if datetime.strptime(text, read).date() != datetime.strptime(text, written).date():
                    return text
            except ValueError:
                continue
    return ""
