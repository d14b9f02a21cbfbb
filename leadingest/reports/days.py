"""Days and times, as people say them."""

from __future__ import annotations

from datetime import date, datetime

from leadingest.reports.table import counted


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
