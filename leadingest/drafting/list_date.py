"""Where a delivery tells when the list was made: in its name, above the header, or in a column."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterable
from datetime import date
from typing import Final

from leadingest.deliveries.extract_time import time_in_name, time_in_text
from leadingest.deliveries.header_names import plain_words
from leadingest.drafting.sample import SampleColumn
from leadingest.tables.types.date import KNOWN_FORMATS

#: How dates stand in the names of files, the surest first: what is between their parts, and the parts.
_WRITTEN: Final = (
    (r"(?P<between>[-_. ])", ("%Y", "%m", "%d")),
    (r"(?P<between>)", ("%Y", "%m", "%d")),
    (r"(?P<between>[-_. ])", ("%m", "%d", "%Y")),
    (r"(?P<between>)", ("%m", "%d", "%Y")),
    (r"(?P<between>[-_. ])", ("%m", "%d", "%y")),
    (r"(?P<between>)", ("%m", "%d", "%y")),
    *(
        (r"(?P<between>[-_. ]?)", parts)
        for month in ("%B", "%b")
        for parts in (
            ("%d", month, "%Y"),
            (month, "%d", "%Y"),
            ("%Y", month, "%d"),
            (month, "%Y"),
            ("%Y", month),
        )
    ),
    (r"(?P<between>[-_. ])", ("%Y", "%m")),
)
_DIGITS: Final = {
    "%Y": "20[0-9]{2}",
    "%m": "[01][0-9]",
    "%d": "[0-3]?[0-9]",
    "%y": "[0-9]{2}",
    "%B": f"(?i:{'|'.join(month_name[1:])})",
    "%b": f"(?i:{'|'.join(month_abbr[1:])})(?![A-Za-z])",
}
_IN_LETTERS: Final = ("%B", "%b")
#: A list is not made after the day on which it is there; clocks and time zones differ by a day.
_DAYS_AHEAD: Final = 1
_FIRST_YEAR: Final = 2000


def name_date(file_name: str, *, today: date) -> tuple[str, str] | None:
    """The `extract_time` of files named like this one, and why it may be wrong; None where no date is told.

    A date (or a month, where there is no day) is taken for one if it is between the year 2000 and today, and if there
    is nothing else in the name that could be one written in the same way.
    """
    for between, directives in _WRITTEN:
        pattern = _pattern(between, directives)
        found = list(pattern.finditer(file_name))
        if len(found) != 1:
            continue
        # A month in letters begins behind what is no letter, which the description must say.
        sign = file_name[found[0].start() - 1 : found[0].start()] if directives[0] in _IN_LETTERS else ""
        described = f"*{sign}{found[0]['between'].join(directives)}*"
        made = time_in_name(file_name, described)
        if made and _is_possible(made.date(), today):
            return described, _doubt(directives, made.date())
    return None


def _pattern(between: str, directives: tuple[str, ...]) -> re.Pattern[str]:
    """The parts with the same sign between them, and no further digits beside them, nor behind a sign after a month."""
    first, *rest = (_DIGITS[directive] for directive in directives)
    parts = first + between + "(?P=between)".join(rest)
    behind = "(?!(?P=between)?[0-9])" if "%d" not in directives else "(?![0-9])"
    before = "(?<![0-9])" if directives[0] not in _IN_LETTERS else "(?<![A-Za-z])"
    return re.compile(f"{before}{parts}{behind}")


def _doubt(directives: tuple[str, ...], made: date) -> str:
    """A day that may be a month: other countries than the United States write it first."""
    ambiguous = directives[0] == "%m" and made.day <= 12 and made.day != made.month
    return "day and month may be swapped" if ambiguous else ""


#: Behind what a day in a text is that of the list: what stands before it is short, and taken as it is.
_LONGEST_BEFORE: Final = 40
_IN_TEXT: Final = (
    r"%B %d, %Y",
    r"%b %d, %Y",
    r"%d %B %Y",
    r"%d %b %Y",
    r"%Y-%m-%d",
    r"%m/%d/%Y",
    r"%m-%d-%Y",
    r"%d.%m.%Y",
    r"%m/%d/%y",
    r"%B %Y",
    r"%b %Y",
)


def preamble_date(texts: Iterable[str], *, today: date) -> dict[str, str] | None:
    """The `extract_time` of a list with a day in one of the texts above its header; None where there is none."""
    for text in texts:
        for described in _IN_TEXT:
            found = re.search(_spelled(described), text)
            made = time_in_text(found[0], described) if found else None
            if found and made and _is_possible(made.date(), today):
                before = " ".join(text[: found.start()].split())
                is_short = before and len(before) <= _LONGEST_BEFORE and "%" not in before
                return {"preamble": f"{before} {described}" if is_short else described}
    return None


def _spelled(described: str) -> str:
    """The description as a regular expression: blanks stand for any white space, and no letter or digit is beside it."""
    pieces = re.findall(r"%.|\s+|[^%\s]+", described)
    inside = "".join(
        _DIGITS_IN_TEXT.get(piece, _DIGITS.get(piece)) or (r"\s+" if piece.isspace() else re.escape(piece))
        for piece in pieces
    )
    return rf"(?<!\w){inside}(?!\w)"


_DIGITS_IN_TEXT: Final = {"%m": "[01]?[0-9]", "%b": f"(?i:{'|'.join(month_abbr[1:])})"}


def _is_possible(day: date, today: date) -> bool:
    return day.year >= _FIRST_YEAR and (day - today).days <= _DAYS_AHEAD


#: Words of a header by which a column of one day tells that of the list.
_OF_THE_LIST: Final = frozenset(
    [
        "asof",
        "report",
        "run",
        "extract",
        "extracted",
        "export",
        "exported",
        "generated",
        "snapshot",
        "refreshed",
        "download",
        "data",
    ]
)


def column_date(columns: Iterable[SampleColumn]) -> dict[str, str] | None:
    """The `extract_time` of a list with a column for it: the same day in all records, under a header that says so."""
    for column in columns:
        words = plain_words(column.header)
        of_the_list = not _OF_THE_LIST.isdisjoint(words) or {"as", "of"} <= set(words)
        if of_the_list and column.distinct == 1 and column.looks("date"):
            written = next((each for each in KNOWN_FORMATS if time_in_text(column.values[0], each)), None)
            if written:
                return {"column": column.header, "format": written}
    return None
