"""Leave out last records that are no records, such as a total."""

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from leadingest.mapping.delivery_format import FooterMatch

#: So many last records are searched for the beginning of a footer.
LOOKED_AT: Final = 100


def held_back(footer: int | FooterMatch) -> int:
    """How many last records must be seen together to tell the footer."""
    return footer if isinstance(footer, int) else LOOKED_AT


def footer_start(footer: int | FooterMatch) -> Callable[[str], bool] | None:
    """What tells whether a footer begins with this text of a record; None where it is a number of records.

    The pattern runs in Rust's regex, as all of a mapping do: in linear time, whatever it is.
    """
    if isinstance(footer, int):
        return None
    pattern = footer.match

    def found(text: str) -> bool:
        # A byte that does not decode is a lone surrogate here, which polars does not take.
        shown = text.encode("utf-8", "replace").decode()
        return bool(pl.Series([shown]).str.contains(pattern)[0])

    return found


def footer_length(last: Sequence[str], footer: int | FooterMatch) -> int:
    """How many of the last records, given as texts, are footer."""
    is_start = footer_start(footer)
    if is_start is None:
        return min(held_back(footer), len(last))
    searched = last[-LOOKED_AT:]
    first = next((i for i, text in enumerate(searched) if is_start(text)), len(searched))
    return len(searched) - first
