"""Find the header of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.deliveries.header_names import clean_names, holds_all
from leadingest.deliveries.readers.text_header import LINES_SEARCHED, no_such_header
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

#: So many blank rows may stand above a header.
_ROWS_SEEN: Final = 10_000


@dataclass(frozen=True)
class SheetHeader:
    """The names, and the row from 0 on which the first record may stand."""

    names: tuple[str, ...]
    first_row: int


def find_sheet_header(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> SheetHeader:
    """The header among the rows of a sheet. Raises DeliveryError when it is not there."""
    if fmt.header == "none":
        return SheetHeader(clean_names(fmt.names or ()), fmt.skip_lines)
    rows = cells.slice(fmt.skip_lines, _ROWS_SEEN).rows()
    if isinstance(fmt.header, tuple):
        at = next((i for i, row in enumerate(rows[:LINES_SEARCHED]) if holds_all(row, fmt.header)), None)
        if at is None:
            raise no_such_header(name, fmt.header, LINES_SEARCHED)
    elif fmt.header is None:
        at = next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), len(rows))
    else:
        at = fmt.header - 1
    row = rows[at] if at < len(rows) else ()
    if not any(cell.strip() for cell in row):
        raise DeliveryError(
            f"{name}: there is no header: "
            + (
                "the sheet is empty"
                if cells.is_empty()
                else f"row {fmt.skip_lines + at + 1} of the sheet is blank"
            ),
            hint="set `sheet`, `header` and `skip_lines` of the mapping to where the header is",
        )
    return SheetHeader(clean_names(row), fmt.skip_lines + at + 1)
