"""A value from a delivery, as it may be shown and kept."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from leadingest.expressions.shape import shape

#: Characters of a value that are shown.
_MOST_SHOWN: Final = 40
#: What may be somebody's wherever it stands: an address for mail, or as many digits as a number to call.
_SOMEBODYS: Final = re.compile(r"@|[0-9](?:\D{0,2}[0-9]){6}")


def may_be_somebodys(value: str) -> bool:
    """Whether the value looks like an address for mail or a number to call, wherever it stands."""
    return bool(_SOMEBODYS.search(value))


def shown_value(value: str, *, times: int, personal: bool = False) -> str:
    """The value in quotes, cut where it is long; only its shape where it is, or may be, somebody's.

    `times` is how often it stands there: what is written in several words only once is a name or a street as soon as one
    of a vocabulary.
    """
    if personal or may_be_somebodys(value) or (times == 1 and len(value.split()) > 1):
        return f"something like {pl.select(shape(pl.lit(value))).item()!r}"
    return repr(value if len(value) <= _MOST_SHOWN else f"{value[: _MOST_SHOWN - 1]}…")
