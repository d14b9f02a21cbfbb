"""A delivery once more, with its cells quoted in another way."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import polars as pl

Quoted = Literal["never", "necessary", "always"]


def quoted_as(delivery: Path, quoted: Quoted, *, line_ends: bool = True) -> Path:
    """The file, beside the delivery; what needs quotes is taken out of cells where there are to be none.

    Without `line_ends` no cell has one in it.
    """
    cells = pl.scan_csv(delivery, infer_schema=False, glob=False)
    taken = r'[",\r\n]' if quoted == "never" else r"[\r\n]"
    if quoted == "never" or not line_ends:
        cells = cells.with_columns(pl.all().str.replace_all(taken, " "))
    file = delivery.with_name(f"{delivery.stem}_quoted_{quoted}.csv")
    cells.sink_csv(file, quote_style=quoted)
    return file
