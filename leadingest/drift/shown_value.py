"""A value from a delivery, as it may be shown and kept."""

from __future__ import annotations

import polars as pl

from leadingest.drift.profiles.personal import may_be_somebodys
from leadingest.drift.profiles.shape import shape

#: Characters of a value that are shown.
_MOST_SHOWN = 40


def shown_value(value: str, *, personal: bool = False) -> str:
    """The value in quotes, cut where it is long; only its shape where it is, or may be, somebody's."""
    if personal or may_be_somebodys(value):
        return f"something like {pl.select(shape(pl.lit(value))).item()!r}"
    return repr(value if len(value) <= _MOST_SHOWN else f"{value[: _MOST_SHOWN - 1]}…")
