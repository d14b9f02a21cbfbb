"""Numbers of a workbook as a person reads them: no exponent, no fraction that is zero, 15 digits of a fraction."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Final

import polars as pl

#: A number that stands in the file as a person would write it.
_PLAIN: Final = r"^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
#: One that a program may have written: leading zeros are not written by any, but by people.
_NUMBER: Final = re.compile(r"-?(?:(?:0|[1-9]\d*+)(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d{1,3})?", re.ASCII)
#: Spreadsheet programs compute with 15 digits and show no more; what they store may have two more, which are
#: noise: 12.300000000000001 was entered as 12.3.
_DIGITS: Final = Context(prec=15)
#: A number of so many characters with a point has no more digits than that.
_SHORT: Final = 16


def number_texts(stored: pl.Series) -> pl.Series:
    """The stored numbers as texts; what is no number stays as it is."""
    short = (stored.str.len_bytes() <= _SHORT) | ~stored.str.contains(".", literal=True)
    unlike = stored.filter(~(stored.str.contains(_PLAIN) & short)).unique()
    if unlike.is_empty():
        return stored
    return stored.replace(unlike, pl.Series([_written_out(text) for text in unlike], dtype=pl.String))


def _written_out(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    exact = number if number == number.to_integral_value() else _DIGITS.plus(number)
    written = f"{exact:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written
