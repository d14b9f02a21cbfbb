"""The cells in a piece of a sheet's XML, found by polars and proven to be all that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from string import ascii_uppercase
from typing import Final

import polars as pl

from leadingest.deliveries.workbook.sheet_xml import ATTRIBUTES, RICH_TEXT, SPACE
from leadingest.errors import DeliveryError

#: As many rows and columns as a sheet may have.
MOST_ROWS: Final = 1 << 20
MOST_COLUMNS: Final = 1 << 14

_FORMULA: Final = rf"(?:<f{ATTRIBUTES}(?:/>|>[^<]*</f>))?"
_VALUE: Final = rf"(?:<v{ATTRIBUTES}(?:/>|>[^<]*</v>))?"
_INLINE: Final = rf"(?:<is{ATTRIBUTES}(?:/>|>{RICH_TEXT}</is>))?"
_CONTENT: Final = rf"{SPACE}{_FORMULA}{SPACE}{_VALUE}{SPACE}{_INLINE}{SPACE}"
#: What stands between one `<c` and the next, or the end of the row.
_CELL: Final = rf"^{ATTRIBUTES}(?:/>|>{_CONTENT}</c>){SPACE}(?:</row>{SPACE})?$"
#: What stands between `<row` and its first `<c`, or the end of the row.
_ROW: Final = rf"^{ATTRIBUTES}(?:/>|>{SPACE}(?:</row>)?){SPACE}$"
_COLUMNS: Final = [
    "".join(letters) for length in (1, 2, 3) for letters in product(ascii_uppercase, repeat=length)
][:MOST_COLUMNS]
_NUMBERS: Final = {letters: number for number, letters in enumerate(_COLUMNS, start=1)}


def column_number(letters: str) -> int:
    """The number of a column, counted from 1; 0 for one that no sheet has."""
    return _NUMBERS.get(letters, 0)


def column_letters(number: int) -> str:
    """The name of a column that has this number."""
    return _COLUMNS[number - 1]


@dataclass(frozen=True)
class StoredCells:
    """Cells as they are stored; those with nothing in them are left out.

    Columns of `frame`: `row` and `column`, counted from 1; `type` ("s", "n", …); `style`; `value`, the text of
    the value or of a text that stands in the cell itself; `inline`, XML that fits RICH_TEXT, where that text has
    runs; `formula`. Texts are as in XML, null where there is none.
    """

    frame: pl.DataFrame
    #: The last row that was met, and those that are hidden.
    last_row: int
    hidden_rows: pl.Series


def stored_cells(piece: str, *, after_row: int, damaged: Callable[[], DeliveryError]) -> StoredCells:
    """The cells in whole rows of a sheet's XML, of which `after_row` stands before the first.

    Raises DeliveryError (`damaged`) for anything that is not a row of cells, and for rows or cells that are
    out of order.
    """
    before, rows = _rows(piece, after_row)
    cells = _cells(rows)
    numbers = rows["row"]
    proven = (
        not before.strip()
        and rows["proven"].all()
        and cells["proven"].all()
        and numbers.is_between(after_row + 1, MOST_ROWS).all()
        and (numbers.diff() > 0).all()
        and cells["column"].is_between(1, MOST_COLUMNS).all()
        and ((cells["column"].diff() > 0) | (cells["row"].diff() > 0)).all()
    )
    if not proven:
        raise damaged()
    return StoredCells(
        frame=_filled(cells),
        last_row=int(numbers[-1]) if numbers.len() else after_row,
        hidden_rows=rows.filter("hidden")["row"],
    )


def _rows(piece: str, after_row: int) -> tuple[str, pl.DataFrame]:
    """What stands before the first row, and the rows; a row that is not numbered comes after the one before."""
    split = pl.Series("xml", [piece]).str.split("<row").explode()
    rows = split.slice(1).to_frame().with_columns(cells=pl.col("xml").str.split("<c"))
    number = _attribute("xml", "r")
    ends = pl.col("xml").str.count_matches("</row>", literal=True)
    # A row ends with its end tag, after the last cell; or closes itself, and has no cells.
    closed = pl.col("xml").str.contains(rf"</row>{SPACE}$") & (ends == 1)
    empty = pl.col("xml").str.contains("^[^<>]*/>") & (pl.col("cells").list.len() == 1) & (ends == 0)
    rows = rows.select(
        row=number.cast(pl.Int64, strict=False),
        hidden=_attribute("xml", "hidden").is_in(["1", "true"]).fill_null(value=False),
        cells=pl.col("cells"),
        proven=(closed | empty)
        & pl.col("cells").list.first().str.contains(_ROW)
        & (number.is_null() | number.str.contains("^[1-9][0-9]{0,6}$")),
    )
    return split[0], rows.with_columns(_counted_on("row", after_row))


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Every cell with its place; one whose place is not told stands right of the one before."""
    cells = (
        rows.lazy()
        .select("row", xml=pl.col("cells").list.slice(1))
        .explode("xml", empty_as_null=False)
        .with_columns(proven=pl.col("xml").str.contains(_CELL))
        .with_columns(pl.col("xml").str.splitn(">", 2).struct.rename_fields(["attributes", "content"]))
        .unnest("xml")
        .collect()
    )
    placed = _placed(cells).with_columns(letters=pl.col("place").str.strip_chars_end("0123456789"))
    placed = placed.with_columns(
        column=pl.col("letters").replace_strict(_NUMBERS, default=None, return_dtype=pl.Int64)
    )
    consistent = pl.col("column").is_not_null() & (pl.concat_str("letters", "row") == pl.col("place"))
    placed = placed.with_columns(pl.col("proven") & (pl.col("place").is_null() | consistent))
    # Places are counted only where it is needed: hardly any program leaves out where a cell is.
    if placed["place"].null_count():
        return placed.with_columns(_counted_on("column", 0).over("row"))
    return placed


def _placed(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells with their `place`, such as B7, taken from their attributes."""
    if not cells["attributes"].str.starts_with(' r="').all():
        return cells.with_columns(place=_attribute("attributes", "r"))
    # As nearly all programs write it: this takes a third of the time.
    split = pl.col("attributes").str.strip_prefix(' r="').str.splitn('"', 2)
    return cells.with_columns(split.struct.rename_fields(["place", "attributes"])).unnest("attributes")


def _filled(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells that hold something, each kind in the quickest way."""
    filled = cells.filter(
        ~pl.col("attributes").str.ends_with("/") & ~pl.col("content").str.starts_with("</c>")
    )
    # There are many cells and few kinds of them.
    kinds = (
        filled.select("attributes")
        .unique()
        .with_columns(
            type=_attribute("attributes", "t").fill_null("n"),
            style=_attribute("attributes", "s").cast(pl.Int64, strict=False).fill_null(0),
        )
    )
    filled = filled.join(kinds, on="attributes", how="left")
    content = pl.col("content")
    number = content.str.starts_with("<v>")
    text = content.str.contains("^<is><t>[^<]*</t></is>")
    none = pl.lit(None, pl.String)
    parts = [
        filled.filter(number).with_columns(value=_up_to("</v>", "<v>"), inline=none, formula=none),
        filled.filter(text).with_columns(value=_up_to("</t>", "<is><t>"), inline=none, formula=none),
        filled.filter(~number & ~text).with_columns(
            value=content.str.extract(r"<v(?:[ \t\r\n][^<>]*)?>([^<]*)</v>"),
            inline=content.str.extract(r"(?s)<is(?:[ \t\r\n][^<>]*)?>(.*)</is>"),
            formula=pl.when(content.str.contains("<f", literal=True)).then(
                content.str.extract(r"<f(?:[ \t\r\n][^<>]*)?>([^<]*)</f>").fill_null("")
            ),
        ),
    ]
    columns = ["row", "column", "type", "style", "value", "inline", "formula"]
    together = pl.concat(part.select(columns) for part in parts)
    return together.filter(pl.any_horizontal(pl.col("value", "inline", "formula").is_not_null()))


def _up_to(end: str, start: str) -> pl.Expr:
    return pl.col("content").str.strip_prefix(start).str.splitn(end, 2).struct.field("field_0")


def _attribute(xml: str, name: str) -> pl.Expr:
    """The attribute of the element whose tag the XML in the column begins in."""
    return pl.col(xml).str.extract(rf'^[^<>]*?[ \t\r\n]{name}{SPACE}={SPACE}"([^"]*)"')


def _counted_on(column: str, start: int) -> pl.Expr:
    """The numbers in the column, with those that are missing counted on from the one before, or `start`."""
    at = pl.int_range(1, pl.len() + 1)
    return ((pl.col(column) - at).forward_fill().fill_null(start) + at).alias(column)
