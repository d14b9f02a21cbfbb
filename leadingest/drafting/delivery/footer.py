"""Last lines that are no records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import polars as pl

_BEGINS: Final = re.compile(
    r'^[,"\s]*+((?:grand )?total\b|report\b|end of\b|as of\b|source:|note:|printed\b|run date|generated\b|\d+ (?:records|rows)\b)',
    re.IGNORECASE,
)
#: Of the cells that a record has: a footer fills fewer.
_FEW: Final = 0.4


def footer_setting(last: Sequence[tuple[str, int]], cells: int) -> dict[str, Any]:
    """`footer` by the beginning of the first of the last lines that is one; each comes with how many cells it fills."""
    for line, filled in last:
        begins = _BEGINS.match(line)
        if begins and filled <= max(1, _FEW * cells):
            return {"footer": {"match": f'^[,"\\s]*{pl.escape_regex(begins[1])}'}}
    return {}
