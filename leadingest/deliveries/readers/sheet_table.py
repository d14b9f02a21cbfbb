"""Cells of a sheet set out in the columns of its table, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from leadingest.deliveries.workbook.cells import column_letters
from leadingest.tables.reject_reasons import LONG_RECORD, UNCOMPUTED_FORMULA

#: So many cells are set out at a time, blank ones included: a sheet may be 16,384 columns wide.
_MOST_CELLS: Final = 1 << 22


@dataclass(frozen=True)
class SheetTable:
    """The columns of a sheet that make a table; they count from 1."""

    first_column: int
    width: int

    def batches(self, cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """The rows that hold something, from the cells of whole rows (`row`, `column`, `text`, `uncomputed`).

        Columns "0", "1", … are those of the table, "" where a cell is blank; then comes `row`. A row that is
        no record of the table has a `rule` and a `message` that say why, and as `raw` all that is in it as a
        line of CSV; for others these are null.
        """
        rows = cells["row"].unique().sort()
        step = max(_MOST_CELLS // self.width, 1)
        for start in range(0, rows.len(), step):
            here = rows.slice(start, step)
            yield self._batch(cells.filter(pl.col("row").is_between(here[0], here[-1])), here)

    def _batch(self, cells: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        faults = pl.concat([self._too_many(cells), _uncomputed(cells)]).unique("row", keep="first")
        faulty = cells.join(faults, on="row", how="semi")
        faults = faults.join(self._raw(faulty), on="row", how="left")
        laid_out = self._laid_out(cells, rows)
        return laid_out.with_columns(rows).join(faults, on="row", how="left", maintain_order="left")

    def _laid_out(self, cells: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        last = self.first_column + self.width - 1
        cells = cells.filter(pl.col("column").is_between(self.first_column, last))
        texts = pl.concat([cells["text"], pl.Series([""])])
        place = np.full((self.width, rows.len()), cells.height, dtype=np.uint32)
        columns = cells["column"].to_numpy() - self.first_column
        place[columns, rows.search_sorted(cells["row"]).to_numpy()] = np.arange(cells.height, dtype=np.uint32)
        return pl.DataFrame({str(at): texts.gather(pl.Series(place[at])) for at in range(self.width)})

    def _too_many(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Rows with cells that stand under no header; blanks that somebody typed there do not count."""
        first, last = pl.col("column").min(), pl.col("column").max()
        last_column = self.first_column + self.width - 1
        reach = pl.max_horizontal(last, last_column) - pl.min_horizontal(first, self.first_column) + 1
        outside = (first < self.first_column) | (last > last_column)
        return (
            cells.filter(pl.col("text").str.contains(r"\S"))
            .group_by("row")
            .agg(reach.alias("reach"), outside.alias("outside"))
            .filter("outside")
            .select(
                "row",
                rule=pl.lit(LONG_RECORD.code),
                message=pl.format("{} cells instead of {}", "reach", self.width),
            )
        )

    def _raw(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The rows as lines of CSV, from the first column of the table or the first cell, to the last of both."""
        before = pl.col("column").shift().over("row")
        start = pl.min_horizontal(pl.col("column"), self.first_column)
        commas = (pl.col("column") - pl.coalesce(before, start)).alias("commas")
        text = pl.col("text")
        quoted = pl.concat_str(pl.lit('"'), text.str.replace_all('"', '""', literal=True), pl.lit('"'))
        cell = pl.when(text.str.contains('[",\r\n]')).then(quoted).otherwise(text)
        missing = (self.first_column + self.width - 1 - pl.col("last")).clip(lower_bound=0)
        lines = (
            cells.sort("row", "column")
            .with_columns(commas, cell.alias("cell"))
            .group_by("row")
            .agg(
                raw=pl.concat_str(_commas(pl.col("commas")), "cell").str.join(""),
                last=pl.col("column").max(),
            )
        )
        return lines.select("row", raw=pl.concat_str("raw", _commas(missing)))


def _uncomputed(cells: pl.DataFrame) -> pl.DataFrame:
    """Rows with formulas that have no value."""
    columns = cells.filter("uncomputed").group_by("row").agg(column=pl.col("column").min())
    letters = {number: column_letters(number) for number in columns["column"].unique()}
    return columns.select(
        "row",
        rule=pl.lit(UNCOMPUTED_FORMULA.code),
        message=pl.format(
            "the formula in column {} was never computed",
            pl.col("column").replace_strict(letters, return_dtype=pl.String),
        ),
    )


def _commas(number: pl.Expr) -> pl.Expr:
    return pl.lit(",").repeat_by(number).list.join("")
