"""Words that several reports use for the same things: differences, faults, headers, states of a load, days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from leadingest.documents.nearest import listed
from leadingest.ingest.tally import FaultCount
from leadingest.reports.printable import one_line
from leadingest.reports.report import Style, TextSpan
from leadingest.wording import counted, number, percent


def change(value: int | None) -> str:
    """A difference with its sign, `±0` for none; nothing for None."""
    return "" if value is None else f"{value:+,}".replace("-", "−") if value else "±0"


def percent_of(part: int, whole: int) -> str:
    """`42%`; nothing for nothing."""
    return percent(part / whole) if part else ""


#: Reasons that are named.
MOST_FAULTS = 6


def why(faults: Sequence[FaultCount]) -> str:
    """` (39 phone, 2 min_age: in_years)`: how often which field, and the rule where it is not the field's name.

    One alone needs no number, which is that of all: ` (company: required)`.
    """
    if len(faults) == 1:
        return f" ({_fault(faults[0])})"
    parts = [f"{number(each.count)} {_fault(each)}" for each in faults[:MOST_FAULTS]]
    more = sum(each.count for each in faults[MOST_FAULTS:])
    return f" ({', '.join([*parts, *([f'{number(more)} more'] if more else [])])})" if parts else ""


def _fault(fault: FaultCount) -> str:
    if fault.field is None or fault.field == fault.rule:
        return fault.rule
    return f"{fault.field}: {fault.rule}"


#: Headers that are named; of more, only the number is said.
MOST_HEADERS = 10


def named_headers(headers: Sequence[str]) -> str:
    """`'Fee' and 'Notes'`; of many the first, and how many more."""
    names = [repr(one_line(header)) for header in headers[:MOST_HEADERS]]
    more = len(headers) - len(names)
    return listed([*names, f"{more} more"] if more else names, last="and")


_STYLES: dict[str, Style] = {
    "loaded": "good",
    "checked": "good",
    "copied": "good",
    "published": "good",
    "held": "wait",
    "failed": "bad",
}


def status_span(status: str) -> TextSpan:
    """The state of a load, and how good or bad it is."""
    return TextSpan(status, _STYLES.get(status, ""))


def day(moment: date) -> str:
    """`3 Nov 2026`; of a time, its day."""
    return f"{moment.day} {moment:%b %Y}"


def clock(moment: datetime) -> str:
    """`09:05`."""
    return f"{moment:%H:%M}"


def ago(days: int) -> str:
    """`today`, `yesterday`, `3 days ago`; `in 3 days` for a day ahead."""
    if days < 0:
        return f"in {counted(-days, 'day')}"
    return {0: "today", 1: "yesterday"}.get(days) or f"{counted(days, 'day')} ago"
