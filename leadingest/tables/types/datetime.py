"""`datetime`: a moment."""

from __future__ import annotations

from datetime import datetime as Moment
from typing import ClassVar

from pydantic import Field

from leadingest.tables.types.base import Storage, TypeExample
from leadingest.tables.types.date import Dated, Formats

#: ISO 8601 with the date first, with `T` or a blank, and with seconds, fractions and offset as there are.
_ISO = tuple(
    f"%Y-%m-%d{separator}%H:%M{rest}"
    for separator in ("T", " ")
    for rest in (":%S", ":%S%z", ":%S.%f", ":%S.%f%z", "")
)


class Datetime(Dated):
    """A date and time, to the microsecond. Stored in UTC, without a zone; a text without an offset is read as UTC.

    The formats are tried in order. They consist of %Y %y %m %d %b %B %j %H %I %M %S %f %p %z. A number without
    a separator from other digits needs its full width, as in a date: `%H%M` reads `0930`. `serial` reads
    the number by which spreadsheet programs keep a day, with the part of the day behind the point.
    """

    formats: Formats = Field(default=_ISO, description="The format of the text; several are tried in order.")

    name: ClassVar[str] = "datetime"
    problem: ClassVar[str] = "not a time of the expected format, or too early"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("2026-06-30 6:35:38", Moment(2026, 6, 30, 6, 35, 38)),
        TypeExample("2026-06-30T23:30:00-05:00", Moment(2026, 7, 1, 4, 30)),
        TypeExample("2026-06-30T23:30:00.5Z", Moment(2026, 6, 30, 23, 30, 0, 500_000)),
        TypeExample("6/30/2026 1:30 PM", Moment(2026, 6, 30, 13, 30), 'formats: ["%m/%d/%Y %I:%M %p"]'),
        TypeExample("20260630 0930", Moment(2026, 6, 30, 9, 30), 'formats: ["%Y%m%d %H%M"]'),
        TypeExample("20260630 930", None, 'formats: ["%Y%m%d %H%M"]'),
        TypeExample("45123.75", Moment(2023, 7, 16, 18), "formats: serial"),
        TypeExample("2026-06-30", None),
        TypeExample("2026-06-30", Moment(2026, 6, 30), 'formats: ["%Y-%m-%d"]'),
    )

    @property
    def storage(self) -> Storage:
        return Storage("datetime")
