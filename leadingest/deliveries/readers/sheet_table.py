"""Cells of a sheet set out in the columns of its table, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from leadingest.deliveries.batch_size import MOST_BYTES
from leadingest.deliveries.workbook.cells import column_letters
from leadingest.errors import DeliveryError
from leadingest.tables.rejects import LONG_RECORD, UNCOMPUTED_FORMULA

#: Bytes. As for a line of a text file, a row with more is none of a list.
_MOST_ROW_BYTES: Final = 16 << 20


@dataclass(frozen=True)
class SheetTable:
    """The columns of a sheet that make a table; they count from 1."""

    first_column: int
    width: int
    #: So many records are set out at a time, and fewer of large ones.
    most_records: int
    #: That of the delivery, for messages.
    name: str

    def batches(self, cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """The rows that hold something, from the cells of whole rows (`row`, `column`, `text`, `uncomputed`).

        Columns "0", "1", … are those of the table, "" where a cell is blank; then comes `row`. A row that is
        no record of the table has a `rule` and a `message` that say why, and as `raw` all that is in it as a
        line of CSV; for others these are null. Raises DeliveryError for a row of more than 16 MiB.
        """
        rows = (
            cells.group_by("row")
            # What stands far to the right takes a delimiter for every column before it, where it is kept as a reject.
            .agg(size=pl.col("text").str.len_bytes().sum() + pl.col("column").max())
            .sort("row")
        )
        sizes = rows["size"].cum_sum()
        start = 0
        while start < rows.height:
            if rows["size"][start] > _MOST_ROW_BYTES:
                raise _endless(self.name, rows["row"][start])
            before = sizes[start - 1] if start else 0
            behind = sizes.search_sorted(before + MOST_BYTES, side="right")
            here = rows["row"].slice(start, min(max(behind - start, 1), self.most_records))
            yield self._batch(cells.filter(pl.col("row").is_between(here[0], here[-1])), here)
            start += here.len()

    def _batch(self, cells: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        faults = pl.concat([self._too_many(cells), _uncomputed(cells)]).unique("row", keep="first")
        faulty = cells.join(faults, on="row", how="semi")
        faults = faults.join(self._raw(faulty), on="row", how="left")
        # Joined to the rows alone: with all columns of a wide sheet it would cost far more.
        found = rows.to_frame().join(faults, on="row", how="left", maintain_order="left")
        return self._laid_out(cells, rows).hstack(found.get_columns())

    def _laid_out(self, cells: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        last = self.first_column + self.width - 1
        cells = cells.filter(pl.col("column").is_between(self.first_column, last))
        texts = pl.concat([cells["text"], pl.Series([""])])
        columns = cells["column"].to_numpy() - self.first_column
        filled, of_cell = np.unique(columns, return_inverse=True)
        place = np.full((filled.size, rows.len()), cells.height, dtype=np.uint32)
        place[of_cell, rows.search_sorted(cells["row"]).to_numpy()] = np.arange(cells.height, dtype=np.uint32)
        # The columns with nothing in them, which may be thousands, are one and the same.
        laid_out = dict.fromkeys(
            map(str, range(self.width)), pl.repeat("", rows.len(), dtype=pl.String, eager=True)
        )
        laid_out |= {str(at): texts.gather(pl.Series(place[number])) for number, at in enumerate(filled)}
        return pl.DataFrame(laid_out)

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
    return pl.lit("").str.pad_start(number, ",")


def _endless(name: str, row: int) -> DeliveryError:
    return DeliveryError(
        f"{name}: row {row}: the row has more than {_MOST_ROW_BYTES >> 20} MiB of text",
        hint="this is not a list with one record per row: ask for the file again",
        line=row,
    )
