"""Numbers of a workbook as a person reads them: without exponents, and those that are dates and times."""

from __future__ import annotations

import re
from datetime import date
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
_EPOCH: Final = date(1970, 1, 1)
#: Day 0 of the two systems. The system of 1900 has a day 60, 1900-02-29, that never was: the days before it are
#: one later than a count from here.
_DAY_0: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_NEVER: Final = 60
_MS_OF_DAY: Final = 86_400_000
_LAST: Final = date(9999, 12, 31)
_DAY, _MS, _STORED = pl.col("day"), pl.col("ms"), pl.col("stored")


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


def date_texts(stored: pl.Series, *, from_1904: bool, time_of_day: bool = False) -> pl.Series:
    """2021-05-01, 2021-05-01 13:30:00 where it is not midnight, 13:30:00 for a part of a day alone.

    `time_of_day` says that the first day stands for none. Times are rounded to milliseconds, which are told
    where there are some. A number that is no day of the calendar stays as it is; the days 0 and 60 of the
    system of 1900 are told as spreadsheet programs show them: 1900-01-00 and 1900-02-29.
    """
    text = pl.when(_MS == 0).then(_date(from_1904)).otherwise(_date(from_1904) + " " + _time(_MS))
    if time_of_day:
        text = pl.when(_DAY == 0).then(_time(_MS)).otherwise(text)
    elif not from_1904:
        text = pl.when((_DAY == 0) & (_MS > 0)).then(_time(_MS)).otherwise(text)
    representable = _DAY.is_between(0, (_LAST - _DAY_0[from_1904]).days)
    return _counted(stored).select(pl.when(representable).then(text).otherwise(_STORED).alias("text"))["text"]


def elapsed_texts(stored: pl.Series) -> pl.Series:
    """Hours, minutes and seconds, however many hours: 36:00:00."""
    text = _time(_DAY * _MS_OF_DAY + _MS)
    return _counted(stored).select(pl.when(_DAY >= 0).then(text).otherwise(_STORED).alias("text"))["text"]


def _counted(stored: pl.Series) -> pl.DataFrame:
    """The whole days in each number, and the milliseconds of the rest; null where it is no number."""
    number = stored.cast(pl.Float64, strict=False)
    frame = pl.DataFrame({"stored": stored, "number": number})
    ms = ((pl.col("number") - pl.col("number").floor()) * _MS_OF_DAY).round().cast(pl.Int64, strict=False)
    day = pl.col("number").floor().cast(pl.Int64, strict=False)
    return frame.select("stored", day.alias("day"), ms.alias("ms")).with_columns(
        _DAY + _MS // _MS_OF_DAY, _MS % _MS_OF_DAY
    )


def _date(from_1904: bool) -> pl.Expr:
    since_epoch = (_DAY_0[from_1904] - _EPOCH).days
    if from_1904:
        return _shown(_DAY + since_epoch)
    shifted = _shown(_DAY + since_epoch + (_DAY < _NEVER).cast(pl.Int64))
    return (
        pl.when(_DAY == _NEVER)
        .then(pl.lit("1900-02-29"))
        .when(_DAY == 0)
        .then(pl.lit("1900-01-00"))
        .otherwise(shifted)
    )


def _shown(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.Int32, strict=False).cast(pl.Date).dt.to_string("%Y-%m-%d")


def _time(ms: pl.Expr) -> pl.Expr:
    seconds, rest = ms // 1000, ms % 1000
    parts = [_two(seconds // 3600), _two(seconds // 60 % 60), _two(seconds % 60)]
    fraction = pl.when(rest == 0).then(pl.lit("")).otherwise("." + rest.cast(pl.String).str.zfill(3))
    return pl.concat_str(pl.concat_str(parts, separator=":"), fraction)


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(2)
