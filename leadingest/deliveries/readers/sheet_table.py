"""The table in a sheet: its header, where it begins, and its cells in their columns, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from leadingest.deliveries.header_names import ROW_NAMES, clean_names, holds_all, joined_names
from leadingest.deliveries.readers.text_header import LINES_SEARCHED, no_such_header
from leadingest.deliveries.records import MOST_BYTES, PREAMBLE_CHARACTERS, PREAMBLE_LINES
from leadingest.deliveries.workbook.cells import MOST_COLUMNS, column_letters
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, RowNames
from leadingest.tables.rejects import LONG_RECORD, UNCOMPUTED_FORMULA

#: So many rows below the header tell where the table begins on the left.
_ROWS_LOOKED_AT: Final = 100
#: So many rows that hold something must be there to find a header and to look at what is below it.
ROWS_NEEDED: Final = LINES_SEARCHED + _ROWS_LOOKED_AT
#: Bytes. As for a line of a text file, a row with more is none of a list.
_MOST_ROW_BYTES: Final = 16 << 20


@dataclass(frozen=True)
class SheetHeader:
    """The names, the last row before the records, and the first column of the table; both count from 1."""

    names: tuple[str, ...]
    last_row: int
    first_column: int
    #: Whether the last row is the header; otherwise there is none.
    is_header: bool = True
    #: The rows above the table, as Layout keeps them: their cells with blanks between.
    preamble: tuple[str, ...] = ()
    #: The texts of each row of a header that has several.
    rows: tuple[tuple[str, ...], ...] = ()
    #: What stands there in the place of the names, where the mapping gives them.
    replaced: tuple[str, ...] = ()


def rows_passed_over(fmt: DeliveryFormat) -> int:
    """How many rows stand above the first that may be the header."""
    return fmt.skip_lines + (fmt.header - 1 if isinstance(fmt.header, int) else 0)


def find_sheet_header(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> SheetHeader:
    """The header among the first cells of a sheet: `row`, `column`, `text` and `uncomputed` of each.

    Columns left of the header in which the next 100 rows have nothing are not taken for part of the table.
    Raises DeliveryError when there is no header.
    """
    all_cells = cells.sort("row", "column")
    cells = all_cells.filter(pl.col("row") > rows_passed_over(fmt))
    header = cells.clear() if fmt.header == "none" else _header_cells(cells, fmt, name)
    first_row = int(header["row"][0]) if header.height else fmt.skip_lines
    row = first_row + fmt.header_rows - 1
    header = _joined(cells, first_row, row) if row > first_row else header
    rows = cells.filter(pl.col("row") > row)["row"].unique(maintain_order=True).head(_ROWS_LOOKED_AT)
    table = cells.filter(pl.col("row").is_in([*range(first_row, row + 1), *rows]))
    first = int(table["column"].to_numpy().min(initial=MOST_COLUMNS))
    above = pl.col("row") < first_row if header.height else pl.col("row") <= row
    return SheetHeader(
        clean_names(fmt.names) if fmt.names else _with_row_names(_names(header, first), fmt),
        row,
        first,
        header.height > 0,
        _preamble(all_cells.filter(above)),
        rows=_rows_of(cells, first_row, row, range(first, first + len(_names(header, first))))
        if row > first_row
        else (),
        replaced=_names(header, first) if fmt.names and header.height else (),
    )


def _joined(cells: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """The columns and texts of the header that has all rows from the first to the last."""
    found = cells.filter(pl.col("row").is_between(first, last))
    columns = range(int(found["column"].to_numpy().min()), int(found["column"].to_numpy().max()) + 1)
    names = joined_names(_rows_of(found, first, last, columns))
    return pl.DataFrame({"column": columns, "text": names}).filter(pl.col("text") != "")


def _rows_of(cells: pl.DataFrame, first: int, last: int, columns: range) -> tuple[tuple[str, ...], ...]:
    """The texts of these rows and columns, "" where there is none."""
    rows = (cells.filter(pl.col("row") == row).select("column", "text") for row in range(first, last + 1))
    by_column = (dict(row.iter_rows()) for row in rows)
    return tuple(tuple(texts.get(column, "") for column in columns) for texts in by_column)


def _preamble(cells: pl.DataFrame) -> tuple[str, ...]:
    rows = cells.group_by("row", maintain_order=True).agg(pl.col("text").str.join(" ")).head(PREAMBLE_LINES)
    return tuple(rows["text"].str.head(PREAMBLE_CHARACTERS))


def _names(header: pl.DataFrame, first: int) -> tuple[str, ...]:
    """The names from the first column of the table to the last that has one."""
    by_column = dict(zip(header["column"], clean_names(header["text"]), strict=True))
    last = max(column for column, name in by_column.items() if name)
    return tuple(by_column.get(column, "") for column in range(first, last + 1))


def _with_row_names(names: tuple[str, ...], fmt: DeliveryFormat) -> tuple[str, ...]:
    """The names; in a sheet the place of the one that is missing is there."""
    return (ROW_NAMES, *names[1:]) if isinstance(fmt.header, RowNames) and not names[0] else names


def _header_cells(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> pl.DataFrame:
    header = (
        _matching(cells, fmt.header, fmt, name) if isinstance(fmt.header, tuple) else _first(cells, fmt, name)
    )
    row = int(header["row"][0])
    if header["uncomputed"].any():
        raise DeliveryError(
            f"{name}: row {row}: a header is a formula that was never computed",
            hint="open the workbook in a spreadsheet program and save it, which computes the formulas",
            line=row,
        )
    return header


def _matching(cells: pl.DataFrame, wanted: tuple[str, ...], fmt: DeliveryFormat, name: str) -> pl.DataFrame:
    for row in _rows(cells.filter(pl.col("row") <= fmt.skip_lines + LINES_SEARCHED)):
        at = int(row["row"][0])
        held = _joined(cells, at, at + fmt.header_rows - 1) if fmt.header_rows > 1 else row
        if holds_all(held["text"], wanted):
            return row
    raise no_such_header(name, wanted, LINES_SEARCHED)


def _first(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> pl.DataFrame:
    """The first row that is not blank, or the one that the mapping says."""
    wanted = rows_passed_over(fmt) + 1
    for row in _rows(cells):
        if isinstance(fmt.header, int) and row["row"][0] != wanted:
            break
        if any(clean_names(row["text"])):
            return row
    raise DeliveryError(
        f"{name}: no header found: row {wanted} of the sheet is blank",
        hint="set `sheet`, `header` and `skip_lines` in the mapping to where the header is",
        line=wanted,
    )


def _rows(cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for _, row in cells.group_by("row", maintain_order=True):
        yield row


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
