"""`hours`: days and hours in one standard form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar, Final

import polars as pl

from leadingest.expressions import on_distinct
from leadingest.operations.base import INVALID, Example, RecognizingOperation, Switch

#: The days of a week, as the standard form writes them.
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Hours(RecognizingOperation):
    """Write the days and hours of opening in one standard form: `Mon-Fri 07:30-17:30; Sat 08:00-12:00`.

    The days are in the order of the week, those with the same hours together, and times are those of 24 hours; a time
    before the one it follows is on the next day. Days that are closed are left out. Days are names or
    their beginnings, with or without blanks between, ranges of these, or letters as in `MTWTHF`; times have AM or PM, or four digits.

    A cell with anything else in it, with times or letters that may mean two things, or with a day that is both open
    and closed is not recognized.
    """

    hours: Switch

    problem: ClassVar[str] = "does not say days and hours"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{from: Hours, hours: true}",
            (
                ("MondayTuesdayWednesday 6:00 AM6:00 PM", "Mon-Wed 06:00-18:00"),
                ("MTWTHF 0630 To 1800", "Mon-Fri 06:30-18:00"),
                (
                    "Sat 8am - noon; Mon, Wed 7:30AM-5:30PM; Sunday closed",
                    "Mon,Wed 07:30-17:30; Sat 08:00-12:00",
                ),
                ("12:00AM - 12:00AM", "00:00-24:00"),
                ("Mon-Fri 8:00-5:00", INVALID),
                ("Mon 8am-5pm, by appointment", INVALID),
            ),
        ),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        return on_distinct(value, standard_hours)


_NAMES: Final = (
    "mon(?:days?)?",
    "tue(?:s(?:days?)?)?",
    "wed(?:s|nesdays?)?",
    "thu(?:rs?|rsdays?)?",
    "fri(?:days?)?",
    "sat(?:urdays?)?",
    "sun(?:days?)?",
)
#: Longer spellings first, so that a name is taken whole before the next one begins.
_DAY: Final = "|".join(
    f"(?P<d{at}>{name})"
    for at, name in enumerate(name.replace("rs?|rsdays?", "rsdays?|rs?") for name in _NAMES)
)
_TOKENS: Final = re.compile(
    rf"[^\S\n]*(?:(?P<day>{_DAY})(?=[^a-z]|$|{'|'.join(DAYS)})\.?:?"
    r"|(?P<letters>(?-i:[MTWRFSUHA]+))\b:?"
    r"|(?P<to>to\b|through\b|thru\b|until\b|-|–|—)"
    r"|(?P<half>(?:1[0-2]|0?[1-9])(?::[0-5]\d)?\s*[ap]\.?\s?m(?![a-z])\.?|noon\b|midnight\b)"
    r"|(?P<full>(?:[01]\d:?[0-5]\d|2[0-3]:?[0-5]\d|24:?00)\b)"
    r"|(?P<closed>closed\b)"
    r"|(?P<next>[,;|/&\n]|and\b))[^\S\n]*",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile("TH|SU|SA|[MTWRFSU]")
_PLAIN_LETTERS: Final = {"M": 0, "W": 2, "TH": 3, "R": 3, "F": 4, "SA": 5, "SU": 6, "U": 6}
_NOON: Final = 12 * 60


@dataclass
class _Week:
    """What was read of a cell so far: the hours of each day, and the days and times that stand together."""

    hours: dict[int, list[str]] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    days: list[int] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    #: Hours that no day stands before: of the whole cell, or of nothing.
    daily: list[str] = field(default_factory=list)

    def flush(self) -> None:
        """Take the days and times that stand together as read."""
        for day in self.days:
            self.hours.setdefault(day, []).extend(self.times)
        if not self.days:
            self.daily += self.times
        self.days, self.times = [], []


@lru_cache(maxsize=100_000)
def standard_hours(text: str) -> str | None:
    """The days and hours in the standard form, "" where all is closed; None where the text is anything else."""
    tokens = list(_tokens(text))
    week = _Week()
    if not tokens or ("", "") in tokens or not _read(tokens, week):
        return None
    week.flush()
    is_one_thing = not (week.daily and (week.hours or week.closed))
    with_hours = [bool(times) for times in week.hours.values()]
    if not is_one_thing or week.closed & week.hours.keys() or len(set(with_hours)) > 1:
        return None
    return _written(week)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """What the text is made of; a pair of empty texts where it has anything else in it."""
    at = 0
    while at < len(text):
        token = _TOKENS.match(text, at)
        if token is None:
            yield "", ""
            return
        kind = token.lastgroup or ""
        groups = token.groupdict()
        if groups["day"]:
            yield "day", next(str(day) for day in range(7) if groups[f"d{day}"])
        else:
            yield kind, token[kind]
        at = token.end()


def _read(tokens: list[tuple[str, str]], week: _Week) -> bool:
    """Whether the tokens are days and hours, one behind the other."""
    at = 0
    while at < len(tokens):
        (kind, text), (after, _), (then, last) = (*tokens[at:], ("", ""), ("", ""))[:3]
        ranged = after == "to" and then == kind
        if kind in ("day", "letters"):
            if week.times:
                week.flush()
            days = _days(text, last, ranged=ranged) if kind == "day" else _lettered(text)
            if not days or set(days) & set(week.days) or (ranged and kind == "letters"):
                return False
            week.days += days
            at += 3 if ranged else 1
        elif kind in ("half", "full"):
            end = last if ranged else tokens[at + 1][1] if kind == after == "half" else ""
            span = _span(text, end, kind) if end else ""
            if not span:
                return False
            week.times.append(span)
            at += 3 if ranged else 2
        elif kind == "closed" and not week.times:
            week.closed.update(week.days)
            week.days = []
            at += 1
        elif kind == "next" and at + 1 < len(tokens):
            if text in ";|":
                week.flush()
            at += 1
        else:
            return False
    return True


def _days(first: str, last: str, *, ranged: bool) -> list[int]:
    return list(range(int(first), int(last) + 1)) if ranged else [int(first)]


def _lettered(text: str) -> list[int]:
    """The days that the letters stand for, in the order of the week; none where one may stand for two."""
    letters = _LETTERS.findall(text)
    if "".join(letters) != text:
        return []
    days: list[int] = []
    for at, letter in enumerate(letters):
        before, behind = days[-1] if days else -1, letters[at + 1] if at + 1 < len(letters) else ""
        day = _PLAIN_LETTERS.get(letter)
        if letter == "T":
            day = 3 if before in (1, 2) else 1 if behind in ("W", "T", "TH", "R") else None
        elif letter == "S":
            day = 6 if before == 5 else 5 if before == 4 or behind in ("S", "SU", "U") else None
        if day is None or day <= before:
            return []
        days.append(day)
    return days


def _span(first: str, last: str, kind: str) -> str:
    """`07:30-17:30`; "" where that is no time of opening, or may mean another."""
    begin, end = (_minutes(text, kind) for text in (first, last))
    if begin == 24 * 60:
        return ""
    if end == 0:
        end = 24 * 60
    # Without AM and PM, `08:00-05:00` may end at five in the afternoon.
    if begin == end or (kind == "full" and end < begin < 13 * 60):
        return ""
    return f"{_clock(begin)}-{_clock(end)}"


def _minutes(text: str, kind: str) -> int:
    """Minutes since midnight."""
    plain = re.sub(r"[\s.]", "", text.lower())
    if plain in ("noon", "midnight"):
        return _NOON if plain == "noon" else 0
    digits = plain.rstrip("apm")
    if kind == "full":
        return 60 * int(digits[:2]) + int(digits[-2:])
    hour, _, minute = digits.partition(":")
    return 60 * (int(hour) % 12) + int(minute or 0) + (_NOON if plain[len(digits)] == "p" else 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def days_together(text: str) -> str:
    """Days with their hours, each in the standard form, as one text in it: `Mon 07:30-17:30; Tue 07:30-17:30`."""
    days = dict(each.split(" ", 1) for each in text.split("; ") if each)
    return _by_day({DAYS.index(day): hours for day, hours in days.items()})


def _written(week: _Week) -> str:
    if not week.hours:
        return ",".join(sorted(set(week.daily)))
    return _by_day({day: ",".join(sorted(set(times))) for day, times in week.hours.items()})


def _by_day(hours_of: dict[int, str]) -> str:
    by_hours: dict[str, list[int]] = {}
    for day in sorted(hours_of):
        by_hours.setdefault(hours_of[day], []).append(day)
    return "; ".join(f"{_runs(days)} {hours}".strip() for hours, days in by_hours.items())


def _runs(days: list[int]) -> str:
    """`Mon-Wed,Fri`: days that follow each other as a range."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)
