"""What a database checks of the values of a row: they are there, they fit, and they are allowed. A lake checks it itself."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from leadingest.errors import DestinationError
from leadingest.tables.load_table import LoadTable


class ValueChecks:
    """The checks of a load table's leads."""

    def __init__(self, table: LoadTable) -> None:
        self._checks = dict(_checks(table))

    def refuse_what_does_not_fit(self, leads: pl.DataFrame, load_id: int) -> None:
        """Raise DestinationError, without a value, where a lead could not be stored in a table of that description."""
        if leads.is_empty():
            return
        found = leads.select(check.any().alias(name) for name, check in self._checks.items()).row(
            0, named=True
        )
        for fault in (name for name, is_so in found.items() if is_so):
            raise DestinationError(
                f"load {load_id}: {fault}",
                hint="this is a bug in leadingest: nothing was published; please report it",
            )


def _checks(table: LoadTable) -> Iterator[tuple[str, pl.Expr]]:
    for name, column in table.columns.items():
        value, length = pl.col(name), column.type.storage.length
        if column.required:
            yield f"{name} is required, and a lead has none", value.is_null()
        if column.type.dtype != pl.String():
            continue
        if length is not None:
            yield f"{name} is longer than {length} characters", value.str.len_chars() > length
        if column.one_of:
            yield f"{name} is none of its allowed values", ~value.is_in([*column.one_of])
