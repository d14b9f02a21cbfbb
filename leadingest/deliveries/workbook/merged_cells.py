"""Cells that are merged over several rows: each of these rows has what is written in the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import polars as pl

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.workbook.cells import column_number
from leadingest.errors import DeliveryError

_STEP: Final = 1 << 20
_LONGEST_TAG: Final = 1 << 10
_MERGED: Final = re.compile(
    rb"""<(?:[\w.-]++:)?mergeCell\s(?:[^<>r]|r(?!ef\s*+=))*+ref\s*+=\s*+["']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})["']"""
)
#: More ranges, or more cells that they fill at a time, are nothing that a person merged.
MOST_RANGES: Final = 1 << 18
_MOST_FILLED: Final = 1 << 22


def merged_ranges(sheet: Readable, damaged: Callable[[], DeliveryError]) -> pl.DataFrame:
    """Columns `row`, `last_row` and `column`: the ranges of a sheet that go over several rows.

    Of a range over several columns only the first is told: what is written there is a title, or a name over
    several headers, and no value of each column. Raises DeliveryError (`damaged`) for more than 262,144.
    """
    found: dict[str, list[int]] = {"row": [], "last_row": [], "column": []}
    for letters, first, last in _matches(sheet):
        if int(last) > int(first):
            found["row"].append(int(first))
            found["last_row"].append(int(last))
            found["column"].append(column_number(letters.decode()))
        if len(found["row"]) > MOST_RANGES:
            raise damaged()
    return pl.DataFrame(found, schema=dict.fromkeys(found, pl.Int64))


class FilledDown:
    """Fills the rows of a sheet batch by batch, from the top to the bottom."""

    def __init__(self, ranges: pl.DataFrame, damaged: Callable[[], DeliveryError]) -> None:
        self._ranges = ranges
        self._damaged = damaged
        self._open = pl.DataFrame()

    def batch(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The cells (`row`, `column` and what is in them) with those added that a range gives to their rows.

        A row with nothing of its own gets nothing: it is part of the record above.
        """
        if self._ranges.is_empty() or cells.is_empty():
            return cells
        # Texts are told by their place until the end: to join them would make a copy for each row that they fill.
        here = cells.select("row", "column", at=pl.int_range(pl.len()))
        begun = self._ranges.join(here, on=["row", "column"], how="inner")
        running = begun
        if self._open.height:
            open_at = pl.int_range(cells.height, cells.height + self._open.height, eager=True)
            left = self._open.select("row", "last_row", "column").with_columns(at=open_at)
            running = pl.concat([left, begun])
        all_cells = pl.concat([cells, self._open.select(cells.columns)]) if self._open.height else cells
        # Of one chunk polars takes texts as they lie, of several it makes copies.
        all_cells = all_cells.rechunk()
        rows = cells.select(filled=pl.col("row").unique().sort())
        if int((running["last_row"] - running["row"]).clip(upper_bound=rows.height).sum()) > _MOST_FILLED:
            raise self._damaged()
        added = running.join_where(
            rows, pl.col("filled") > pl.col("row"), pl.col("filled") <= pl.col("last_row")
        ).select("column", "at", row=pl.col("filled"))
        added = added.join(here, on=["row", "column"], how="anti")
        still = running.filter(pl.col("last_row") > rows["filled"][-1])
        self._open = all_cells[still["at"]].with_columns(still["last_row"])
        return pl.concat([cells, all_cells[added["at"]].with_columns(added["row"]).select(cells.columns)])


def _matches(sheet: Readable) -> Iterator[tuple[bytes, bytes, bytes]]:
    rest = b""
    while piece := sheet.read(_STEP):
        text = rest + piece
        end = 0
        if b"mergeCell" in text:
            for match in _MERGED.finditer(text):
                yield match[1], match[2], match[3]
                end = match.end()
        rest = text[max(end, len(text) - _LONGEST_TAG) :]
