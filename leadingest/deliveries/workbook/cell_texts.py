"""Stored cells as texts: what a person reads in them, also where cells share a text and have only its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.deliveries.workbook.number_formats import NumberFormat
from leadingest.deliveries.workbook.numbers import date_texts, elapsed_texts, number_texts
from leadingest.deliveries.workbook.package import Package
from leadingest.deliveries.workbook.sheet_xml import (
    ATTRIBUTES,
    RICH_TEXT,
    SPACE,
    element_pieces,
    plain_text,
    rich_text,
)
from leadingest.errors import DeliveryError
from leadingest.expressions import ERRORS, UNKNOWN_ERROR

#: An ISO date, as few programs store them, with what stands for midnight.
_MIDNIGHT: Final = r"[T ]00:00(?::00(?:\.0+)?)?Z?$"
#: They are held in memory as long as the sheet is read.
_MOST_BYTES: Final = 512 << 20
_ITEM: Final = rf"^{ATTRIBUTES}(?:/>|>{RICH_TEXT}</si>){SPACE}$"


@dataclass(frozen=True, kw_only=True)
class CellTexts:
    """Makes texts of the stored cells of one workbook."""

    shared_strings: pl.Series
    formats: Sequence[NumberFormat]
    from_1904: bool
    #: The workbook says that the values of its formulas are not to be trusted.
    uncomputed: bool
    damaged: Callable[[], DeliveryError]

    def of(self, stored: pl.DataFrame) -> pl.DataFrame:
        """Columns `row`, `column`, `text` and `uncomputed`, for the cells that hold something.

        The text of a formula that was never computed is the formula. Raises DeliveryError (`damaged`) for a
        cell of an unknown type, or one that refers to a text that is not there.
        """
        uncomputed = stored.select(_uncomputed(self.uncomputed))["uncomputed"]
        parts = [_formulas(stored.filter(uncomputed), self.damaged)]
        for (kind,), cells in stored.filter(~uncomputed).group_by("type"):
            parts.append(
                cells.with_columns(text=self._texts(str(kind), cells), uncomputed=pl.lit(value=False))
            )
        texts = pl.concat([part.select("row", "column", "text", "uncomputed") for part in parts])
        return texts.filter(pl.col("text") != "")

    def _texts(self, kind: str, cells: pl.DataFrame) -> pl.Series:
        value = cells["value"].fill_null("")
        if kind == "n":
            return self._numbers(value, cells["style"])
        if kind == "s":
            return self._shared(value)
        if kind in ("str", "inlineStr"):
            return plain_text(_with_runs(cells), self.damaged)
        if kind == "e":
            return _errors(plain_text(_with_runs(cells), self.damaged))
        if kind == "b":
            return value.replace({"1": "true", "0": "false"})
        if kind == "d":
            return value.str.replace(_MIDNIGHT, "").str.replace("T", " ", literal=True)
        raise self.damaged()

    def _shared(self, value: pl.Series) -> pl.Series:
        number = value.cast(pl.UInt32, strict=False)
        if number.null_count() > (value == "").sum() or (number >= self.shared_strings.len()).any():
            raise self.damaged()
        return self.shared_strings.gather(number).fill_null("")

    def _numbers(self, value: pl.Series, style: pl.Series) -> pl.Series:
        """Each by the format of its style; a style that is not there has none."""
        texts = number_texts(value)
        styles: dict[NumberFormat, list[int]] = {}
        for number in style.unique():
            if number < len(self.formats):
                styles.setdefault(self.formats[number], []).append(number)
        styles.pop(NumberFormat(), None)
        for format_, numbers in styles.items():
            at = style.is_in(numbers).arg_true()
            texts = texts.scatter(at, self._formatted(value.gather(at), texts.gather(at), format_))
        return texts

    def _formatted(self, value: pl.Series, texts: pl.Series, format_: NumberFormat) -> pl.Series:
        if format_.masks:
            return format_.masks.shown(texts)
        if format_.kind == "elapsed":
            return elapsed_texts(value)
        return date_texts(value, from_1904=self.from_1904, time_of_day=format_.kind == "time")


def _errors(texts: pl.Series) -> pl.Series:
    """The errors by the names that are known for errors, so that none is taken for a text."""
    return texts.replace({text: UNKNOWN_ERROR for text in texts.unique() if text not in ("", *ERRORS)})


def _uncomputed(untrusted: bool) -> pl.Expr:
    """Formulas without a value; in a workbook whose values are not to be trusted 0 is none, too.

    That is what XlsxWriter stores for a formula that it does not know the value of ("Working with Formulas"
    in its documentation). The text "" is a value.
    """
    nothing = pl.col("value").fill_null("") == ""
    without = nothing & (pl.col("type") != "str")
    if untrusted:
        without = without | ((pl.col("value") == "0") & (pl.col("type") == "n"))
    return (pl.col("formula").is_not_null() & without).alias("uncomputed")


def _formulas(cells: pl.DataFrame, damaged: Callable[[], DeliveryError]) -> pl.DataFrame:
    return cells.with_columns(text="=" + plain_text(cells["formula"], damaged), uncomputed=pl.lit(value=True))


def _with_runs(cells: pl.DataFrame) -> pl.Series:
    """The texts of the cells, those put together from runs too."""
    runs = cells["inline"].is_not_null()
    texts = cells["value"].fill_null("")
    return texts.scatter(runs.arg_true(), rich_text(cells["inline"].filter(runs))) if runs.any() else texts


def read_shared_strings(package: Package, path: str, *, size: int) -> pl.Series:
    """The texts, in the order of their numbers. Raises DeliveryError for a damaged part, or too much text."""
    texts = [pl.Series([], dtype=pl.String)]
    if path and path in package:
        left = _MOST_BYTES
        with package.open(path) as part:
            pieces = element_pieces(part, within="sst", element="si", size=size, damaged=package.damaged)
            for piece in pieces:
                texts.append(_items(piece, package))
                left -= len(piece)
                if left < 0:
                    raise DeliveryError(
                        f"{package.name}: the workbook has more text than fits in memory",
                        hint="save the sheet as CSV",
                    )
    return pl.concat(texts)


def _items(piece: str, package: Package) -> pl.Series:
    split = pl.Series([piece]).str.split("<si").explode()
    items = split.slice(1)
    if split[0].strip() or not items.str.contains(_ITEM).all():
        raise package.damaged()
    return plain_text(rich_text(items), package.damaged)
