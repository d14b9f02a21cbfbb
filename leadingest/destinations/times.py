"""Times as the tables hold them: UTC, without a zone."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present as the tables hold it."""
    return naive(datetime.now(UTC))


def naive(time: datetime) -> datetime:
    """An aware time as the tables hold it."""
    return time.astimezone(UTC).replace(tzinfo=None)


def aware(time: datetime) -> datetime:
    """A time of the tables, with its zone."""
    return time.replace(tzinfo=UTC)


def time_text(time: datetime) -> str:
    """An aware time as the text that every database takes for it."""
    return naive(time).isoformat(sep=" ", timespec="microseconds")
