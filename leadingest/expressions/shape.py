"""How a cell is written, without what is in it: `702-555-0143` is `999-999-9999`, `12 Elm St.` is `99 a a.`."""

from __future__ import annotations

from typing import Final

import polars as pl

#: Characters of a shape that are kept.
LONGEST: Final = 40


def shape(text: pl.Expr) -> pl.Expr:
    """The shape of each text: a 9 for every digit, an a for every word, other signs as they are."""
    written = text.str.replace_all(r"\p{Nd}", "9").str.replace_all(r"\p{L}[\p{L}\p{M}]*", "a")
    return (
        pl.when(written.str.len_chars() > LONGEST)
        .then(written.str.slice(0, LONGEST) + "…")
        .otherwise(written)
    )
