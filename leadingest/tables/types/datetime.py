"""`datetime`: a moment."""

from __future__ import annotations

from datetime import date
from datetime import datetime as Moment
from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.tables.date_format import DateFormat
from leadingest.tables.types.base import ColumnType, Look, Storage, TypeExample
from leadingest.tables.types.date import DATES, NEARLY_A_DATE, Earliest, Formats, Pivot, first_that_reads

#: ISO 8601 with the date first, with `T` or a blank, and with seconds, fractions and offset as there are.
_ISO = tuple(
    f"%Y-%m-%d{separator}%H:%M{rest}"
    for separator in ("T", " ")
    for rest in (":%S", ":%S%z", ":%S.%f", ":%S.%f%z", "")
)


class Datetime(ColumnType):
    """A date and time, to the microsecond. Stored in UTC, without a zone; a text without an offset is read as UTC.

    The formats are tried in order. They consist of %Y %y %m %d %b %B %j %H %I %M %S %f %p %z. A number without
    a separator from other digits needs its full width, as in a date: `%H%M` reads `0930`.
    """

    formats: Formats = Field(default=_ISO, description="The format of the text; several are tried in order.")
    two_digit_years: Pivot = "window"
    earliest: Earliest = None

    name: ClassVar[str] = "datetime"
    problem: ClassVar[str] = "not a time of the expected format, or too early"
    mapping_options: ClassVar[frozenset[str]] = frozenset({"formats", "two_digit_years", "earliest"})
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("2026-06-30 6:35:38", Moment(2026, 6, 30, 6, 35, 38)),
        TypeExample("2026-06-30T23:30:00-05:00", Moment(2026, 7, 1, 4, 30)),
        TypeExample("2026-06-30T23:30:00.5Z", Moment(2026, 6, 30, 23, 30, 0, 500_000)),
        TypeExample("6/30/2026 1:30 PM", Moment(2026, 6, 30, 13, 30), 'formats: ["%m/%d/%Y %I:%M %p"]'),
        TypeExample("20260630 0930", Moment(2026, 6, 30, 9, 30), 'formats: ["%Y%m%d %H%M"]'),
        TypeExample("20260630 930", None, 'formats: ["%Y%m%d %H%M"]'),
        TypeExample("2026-06-30", None),
        TypeExample("2026-06-30", Moment(2026, 6, 30), 'formats: ["%Y-%m-%d"]'),
    )
    nearly: ClassVar[str] = NEARLY_A_DATE
    look: ClassVar[Look] = DATES
    personal: ClassVar[bool] = False

    @property
    def storage(self) -> Storage:
        return Storage("datetime")

    @property
    def date_formats(self) -> tuple[str, ...]:
        return self.formats

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        formats = [DateFormat(each, self.two_digit_years, self.earliest) for each in self.formats]
        return first_that_reads(text, formats, dtype=self.dtype, today=today)
