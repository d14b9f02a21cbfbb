"""Formats of dates and times, as mappings write them: `%m/%d/%Y`, or `serial` for the numbers of spreadsheet programs."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import polars as pl

from leadingest.errors import FaultError
from leadingest.expressions import let

#: What each directive stands for, as a pattern. They have the meaning of C's and Python's strftime.
DIRECTIVES = {
    "%Y": "[1-9][0-9]{3}",
    "%y": "[0-9]{2}",
    "%m": "[0-9]{1,2}",
    "%d": "[0-9]{1,2}",
    "%b": "[A-Za-z]{3}",
    "%B": "[A-Za-z]{3,9}",
    "%j": "[0-9]{1,3}",
}
TIME_DIRECTIVES = {
    "%H": "[0-9]{1,2}",
    "%I": "[0-9]{1,2}",
    "%M": "[0-9]{1,2}",
    "%S": "[0-5]?[0-9]",
    "%f": "[0-9]{1,9}",
    "%p": "[AaPp][Mm]",
    "%z": "(?:Z|[+-][0-9]{2}:?[0-9]{2})",
}
_PATTERNS = DIRECTIVES | TIME_DIRECTIVES
#: How a number is written beside other digits, where nothing but its width tells where it ends.
_FULL_WIDTH = {
    "%Y": _PATTERNS["%Y"],
    "%j": "[0-9]{3}",
    "%S": "[0-5][0-9]",
    "%f": "[0-9]{6}",
    **dict.fromkeys(("%y", "%m", "%d", "%H", "%I", "%M"), "[0-9]{2}"),
}
_DIRECTIVE = re.compile("%.?", re.DOTALL)
#: A directive, or one sign.
_PIECE = re.compile("%.|[^%]", re.DOTALL)

#: Each directive on the left needs one of those on the right beside it.
_NEEDS = {
    "%H": ("%M",),
    "%I": ("%p",),
    "%p": ("%I",),
    "%M": ("%H", "%I"),
    "%S": ("%M",),
    "%f": ("%S",),
    "%z": ("%H", "%I"),
}

#: The format of a day as a spreadsheet program stores it: a number of days, with a part of a day behind the point.
SERIAL: Final = "serial"
#: Five digits, from 1927 to 2173: no year alone is taken for a day, and no day written in eight digits.
_SERIAL_PATTERN: Final = r"^[1-9][0-9]{4}(?:\.[0-9]+)?$"
_MS_OF_DAY: Final = 86_400_000
#: 1970-01-01, counted from the day 0 of the system of 1900.
_SERIAL_EPOCH: Final = 25_569

#: The first and the last year that a date may have: what four digits can say, and MySQL keep.
_YEARS = (1000, 9999)

#: Two-digit years that chrono, which polars parses with, reads as 1970 to 2069.
_FIRST_YEAR, _LAST_YEAR, _CENTURY = 1970, 2069, 100

#: The one day of those years that 1900 or 2100 do not have.
_LEAP_DAY = date(2000, 2, 29)
_ONE_DAY = timedelta(days=1)

#: Years after today that a two-digit year may lie, unless it must be past.
WINDOW_AHEAD = 20

TwoDigitYears = Literal["past", "window"]


def check_format(text: str) -> str:
    """The format as given. Raises ValueError where it has unknown directives or makes no whole date."""
    if text == SERIAL:
        return text
    used = check_directives(text)
    years = {"%Y", "%y"} & used
    months = {"%m", "%b", "%B"} & used
    if len(years) != 1 or not ("%j" in used or (len(months) == 1 and "%d" in used)):
        raise FaultError(
            "bad_format",
            f"{text!r} needs a year (%Y or %y) with a month (%m, %b or %B) and day (%d), or with %j",
        )
    return text


def check_directives(text: str, *, more: Collection[str] = ()) -> set[str]:
    """The directives of a format. Raises ValueError where one is unknown, stands twice, or lacks its neighbor.

    `more` are directives that are allowed beside those of dates and times.
    """
    used, allowed = _DIRECTIVE.findall(text), (*_PATTERNS, *more)
    for directive in used:
        if directive not in allowed:
            raise FaultError("bad_format", f"{directive!r} in {text!r} is not one of {' '.join(allowed)}")
        if used.count(directive) > 1:
            raise FaultError("bad_format", f"{directive!r} occurs twice in {text!r}")
        needed = _NEEDS.get(directive, ())
        if needed and not set(needed) & set(used):
            raise FaultError("bad_format", f"{directive!r} in {text!r} also needs {' or '.join(needed)}")
    return set(used)


def format_pattern() -> str:
    """The formats that `check_format` takes, as a regular expression of ECMA-262: that of JSON Schema."""
    letters = "".join(directive[1] for directive in _PATTERNS)
    needs = (f"(?!(?!.*(?:{'|'.join(beside)})).*{directive})" for directive, beside in _NEEDS.items())
    month = "(?=.*%[mbB])(?!.*%[mbB].*%[mbB])"
    whole = f"(?=.*%[Yy])(?!.*%Y.*%y|.*%y.*%Y)(?=.*%j|(?=.*%d){month})"
    return rf"^(?:{SERIAL}|(?!.*(%.).*\1){whole}{''.join(needs)}(?:[^%]|%[{letters}])+)$"


@dataclass(frozen=True)
class DateFormat:
    """A format with what is to become of its two-digit years.

    `window`: the year lies within the hundred years that end twenty years after `today`'s.
    `past`: the latest year that does not put the date after `today`.
    A year of four digits is 1000 to 9999. Months, days and hours need no leading zero where a sign separates them from
    other digits; by `%m%d%Y` they do, for `1122026` could be two dates. `serial` counts days, as spreadsheet programs do.
    """

    text: str
    two_digit_years: TwoDigitYears = "window"
    #: The first day that can be meant; what would be one before it is not written in this format.
    earliest: date | None = None

    def expr(self, text: pl.Expr, *, dtype: pl.DataType, today: date) -> pl.Expr:
        """The date, or the time in UTC, as `dtype`; null where the text is not written in this format."""
        written: pl.Expr = pl.when(text.str.contains(self.pattern)).then(text)
        if self.text == SERIAL:
            return self._not_too_early(_counted(written).cast(dtype))
        zoned = "%z" in self.text
        if zoned:
            written = written.str.replace("Z$", "+00:00")
        read_as = pl.Date() if dtype == pl.Date else pl.Datetime("us")
        value = written.str.strptime(read_as, self._for_chrono(), strict=False, cache=False)
        if zoned and dtype != pl.Date:
            in_utc = value.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
            # On the first and last day of those years the moment in UTC may be in another one.
            value = let(in_utc, lambda read: pl.when(read.dt.year().is_between(*_YEARS)).then(read))
        if "%y" in self.text:
            value = let(value, lambda read: self._placed(read, today))
        return self._not_too_early(value)

    def _not_too_early(self, value: pl.Expr) -> pl.Expr:
        if self.earliest is None:
            return value
        return let(value, lambda read: pl.when(read >= self.earliest).then(read))

    @property
    def pattern(self) -> str:
        """What is written in this format, as a regular expression; not every such text is a date."""
        if self.text == SERIAL:
            return _SERIAL_PATTERN
        pieces = ["", *_PIECE.findall(self.text), ""]
        patterns = map(_piece_pattern, pieces, pieces[1:], pieces[2:])
        return f"^{''.join(patterns)}$"

    @property
    def signs(self) -> frozenset[str]:
        """What stands in every text of this format as it is."""
        return frozenset(piece for piece in _PIECE.findall(self.text) if not piece.startswith("%"))

    def _for_chrono(self) -> str:
        return self.text.replace(".%f", "%.f")

    def _placed(self, value: pl.Expr, today: date) -> pl.Expr:
        """The value in the century that the hundred years before `_end` give it."""
        end = self._end(today)
        placed: list[pl.Expr] = [pl.when((value >= _years(end, -_CENTURY)) & (value < end)).then(value)]
        for years in _shifts(end):
            near = (value >= _years(end, -years - _CENTURY)) & (value < _years(end, -years))
            if years % (4 * _CENTURY):  # else the 29th would silently become the 28th
                near &= (value < _LEAP_DAY) | (value >= _LEAP_DAY + _ONE_DAY)
            placed.append(pl.when(near).then(value).dt.offset_by(f"{years}y"))
        return pl.coalesce(*placed)

    def _end(self, today: date) -> date:
        """The first day that is too late for a two-digit year."""
        if self.two_digit_years == "past":
            return today + _ONE_DAY
        return date(today.year + WINDOW_AHEAD + 1, 1, 1)


def _counted(days: pl.Expr) -> pl.Expr:
    """The moment that the number of days stands for, to the millisecond: spreadsheet programs keep no more."""
    ms = ((days.cast(pl.Float64, strict=False) - _SERIAL_EPOCH) * _MS_OF_DAY).round()
    return ms.cast(pl.Int64, strict=False).cast(pl.Datetime("ms"))


def _piece_pattern(before: str, piece: str, after: str) -> str:
    """The pattern of a directive or sign, which depends on what stands beside it."""
    if piece in _FULL_WIDTH and (_is_number(before) or _is_number(after)):
        return _FULL_WIDTH[piece]
    return _PATTERNS.get(piece) or re.escape(piece)


def _is_number(piece: str) -> bool:
    return piece in _FULL_WIDTH or piece.isdigit()


def _shifts(end: date) -> list[int]:
    """The whole centuries, in years, that bring dates of 1970 to 2069 into the hundred years before `end`."""
    least, most = end.year - _CENTURY - _LAST_YEAR, end.year - _FIRST_YEAR
    centuries = range(-(-least // _CENTURY), most // _CENTURY + 1)
    return [century * _CENTURY for century in centuries if century]


def _years(day: date, years: int) -> date:
    """The day so many years later; the day after, where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
