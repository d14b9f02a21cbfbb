"""Words that several reports use for the same things: shares, faults, headers, states of a load, days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click

from leadingest.documents.nearest import listed
from leadingest.ingest.tally import FaultCount
from leadingest.reports.printable import one_line
from leadingest.reports.table import counted, number


def percent(part: int, whole: int) -> str:
    """`42 %`; what is not quite nothing or all does not look like it: `<1 %`, `>99 %`; nothing for nothing."""
    if not part:
        return ""
    share = 100 * part / whole
    if share < 1:
        return "<1 %"
    return ">99 %" if 99 < share < 100 else f"{share:.0f} %"


#: Reasons that are named.
MOST_FAULTS = 6


def why(faults: Sequence[FaultCount]) -> str:
    """` (39 phone, 2 min_age by in_years)`: how often which field, and the rule where it is not the field's name."""
    told = [f"{number(each.count)} {_fault(each)}" for each in faults[:MOST_FAULTS]]
    more = sum(each.count for each in faults[MOST_FAULTS:])
    return f" ({', '.join([*told, *([f'{number(more)} more'] if more else [])])})" if told else ""


def _fault(fault: FaultCount) -> str:
    if fault.field is None or fault.field == fault.rule:
        return fault.rule
    return f"{fault.field} by {fault.rule}"


#: Headers that are named; of more, only the number is said.
MOST_HEADERS = 10


def named_headers(headers: Sequence[str]) -> str:
    """`'Fee' and 'Notes'`; of many the first, and how many more."""
    names = [repr(one_line(header)) for header in headers[:MOST_HEADERS]]
    more = len(headers) - len(names)
    return listed([*names, f"{more} more"] if more else names, last="and")


_COLORS = {"loaded": "green", "checked": "green", "published": "green", "held": "yellow", "failed": "red"}


def painted_status(status: str) -> str:
    """The word in its colour; terminals only, `click.echo` takes the colour out elsewhere."""
    color = _COLORS.get(status.strip())
    return click.style(status, fg=color) if color else status


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
