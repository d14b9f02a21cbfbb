"""The date in the name of a file: when the list was made."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from leadingest.deliveries.extract_time import time_in_name

#: How dates stand in the names of files, the surest first: what is between their parts, and the parts.
_WRITTEN: Final = (
    (r"(?P<between>[-_. ])", ("%Y", "%m", "%d")),
    (r"(?P<between>)", ("%Y", "%m", "%d")),
    (r"(?P<between>[-_. ])", ("%m", "%d", "%Y")),
    (r"(?P<between>)", ("%m", "%d", "%Y")),
    (r"(?P<between>[-_. ])", ("%m", "%d", "%y")),
    (r"(?P<between>)", ("%m", "%d", "%y")),
    (r"(?P<between>[-_. ])", ("%Y", "%m")),
)
_DIGITS: Final = {
    "%Y": "20[0-9]{2}",
    "%m": "[01][0-9]",
    "%d": "[0-3][0-9]",
    "%y": "[0-9]{2}",
}
#: A list is not made after the day on which it is there; clocks and time zones differ by a day.
_DAYS_AHEAD: Final = 1
_FIRST_YEAR: Final = 2000


def name_date(file_name: str, *, today: date) -> tuple[str, str] | None:
    """The `extract_time` of files named like this one, and why it may be wrong; None where no date is told.

    A date (or a month, where there is no day) is taken for one if it is between the year 2000 and today, and if there is nothing else in the name that
    could be one written in the same way.
    """
    for between, directives in _WRITTEN:
        pattern = _pattern(between, directives)
        found = list(pattern.finditer(file_name))
        if len(found) != 1:
            continue
        described = f"*{found[0]['between'].join(directives)}*"
        made = time_in_name(file_name, described)
        if made and made.year >= _FIRST_YEAR and (made.date() - today).days <= _DAYS_AHEAD:
            return described, _doubt(directives, made.date())
    return None


def _pattern(between: str, directives: tuple[str, ...]) -> re.Pattern[str]:
    """The parts with the same sign between them, and no further digits beside them, nor behind a sign after a month."""
    first, *rest = (_DIGITS[directive] for directive in directives)
    parts = first + between + "(?P=between)".join(rest)
    behind = "(?!(?P=between)?[0-9])" if "%d" not in directives else "(?![0-9])"
    return re.compile(f"(?<![0-9]){parts}{behind}")


def _doubt(directives: tuple[str, ...], made: date) -> str:
    """A day that may be a month: other countries than the United States write it first."""
    ambiguous = directives[0] == "%m" and made.day <= 12 and made.day != made.month
    return "the day may be the month, and the other way round" if ambiguous else ""
