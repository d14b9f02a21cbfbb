"""What a rule for duplicates says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from leadingest.tables.column import Column

#: The lead fields of a load table by name.
Columns = Mapping[str, Column]


@dataclass(frozen=True)
class DuplicateRule:
    """Leads for which `value` is the same text may be one; where it is null a lead has nothing to compare."""

    name: str
    #: Ends the sentence "leads with ...".
    about: str
    #: The fields that it reads; it does not apply to a load table that lacks one.
    reads: tuple[str, ...]
    value: Callable[[Columns], pl.Expr]


def folded(columns: Columns, name: str) -> pl.Expr:
    """The field in the form in which its type is compared."""
    return columns[name].type.comparable(pl.col(name))
