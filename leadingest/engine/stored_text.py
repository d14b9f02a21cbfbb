"""The stored form of a value as text: how tests in a mapping write it, and how reports show it."""

from __future__ import annotations

from datetime import datetime


def stored_text(value: object) -> str:
    """`true`, `2026-06-30`, `2026-06-30 13:30:00`, `7.50`; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
