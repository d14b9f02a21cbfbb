"""`date`: a day."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Annotated, ClassVar, Final

import polars as pl
from pydantic import AfterValidator, BeforeValidator, Field

from leadingest.expressions import usually
from leadingest.tables.date_format import SERIAL, DateFormat, TwoDigitYears, check_format, format_pattern
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample


def one_or_more(formats: object) -> object:
    """A single format stands for a list of one."""
    return (formats,) if isinstance(formats, str) else formats


#: What an editor offers.
COMMON_FORMATS = (
    "%m/%d/%Y",
    "%m/%d/%y",
    "%Y-%m-%d",
    "%Y%m%d",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%Y-%m-%d %H:%M:%S",
)
_WRONG_FORMAT = (
    "A format is a year (%Y or %y) with a month (%m, %b or %B) and a day (%d), or with %j; "
    "a time consists of %H, or %I with %p, and %M %S %f %z. serial reads the numbers of spreadsheet programs."
)

Format = Annotated[
    str,
    AfterValidator(check_format),
    Field(
        examples=[*COMMON_FORMATS, SERIAL],
        json_schema_extra={"pattern": format_pattern(), "patternErrorMessage": _WRONG_FORMAT},
    ),
]
Formats = Annotated[
    Annotated[tuple[Format, ...], Field(min_length=1)],
    BeforeValidator(
        one_or_more, json_schema_input_type=Format | Annotated[list[Format], Field(min_length=1)]
    ),
]
Pivot = Annotated[
    TwoDigitYears,
    Field(
        description="The century of %y: `window` uses the hundred years that end twenty years from now; `past` "
        "uses the latest year that does not put the date in the future."
    ),
]


def _day(given: object) -> object:
    """A text must be a whole date: of a number alone, a year, say, pydantic would make another day."""
    if not isinstance(given, str):
        return given
    try:
        return datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError:
        raise ValueError(f"must be a day such as 1850-01-01, not {given!r}") from None


_WrittenDay = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
#: A day that is written out: `2026-03-01`.
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=_WrittenDay)]
Earliest = Annotated[
    Day | None,
    Field(description="The earliest valid date, such as `1850-01-01`."),
]


#: A date, with a time or not. Which dates a cell can be is told by formats: only what looks like this is tried by them.
DATES = Look(
    "date",
    r"^(?:[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4}|[0-9]{8}|[0-9]{1,2}[ \-][A-Za-z]{3,9}[ \-,]+[0-9]{2,4}"
    r"|[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4})(?:[T ].*)?$",
    "dates",
    Evidence.NO_TEXT,
    in_common=True,
    roughly=(
        r"^(?:[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{2}|[0-9]{4})|[0-9]{4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,2}"
        r"|(?:19|20)[0-9]{6}|[0-9]{1,2}[ \-][A-Za-z]{3,9}[ \-,]+[0-9]{2,4}|[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4})"
        r"(?:[T ][0-9:.]+ ?(?:[AaPp][Mm])?(?:Z|[+\-][0-9:]{4,5})?)?$"
    ),
    header="Date",
)


class Dated(ColumnType):
    """What is a date, with a time or not, by the first of its formats that the text is written in."""

    formats: Formats = Field(
        default=("%Y-%m-%d",), description="The format of the text; several are tried in order."
    )
    two_digit_years: Pivot = "window"
    earliest: Earliest = None

    mapping_options: ClassVar[frozenset[str]] = frozenset({"formats", "two_digit_years", "earliest"})
    nearly: ClassVar[str] = r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?"
    look: ClassVar[Look] = DATES
    personal: ClassVar[bool] = False

    @property
    def date_formats(self) -> tuple[str, ...]:
        return self.formats

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        formats = [DateFormat(each, self.two_digit_years, self.earliest) for each in self.formats]
        first, *others = (partial(each.expr, dtype=self.dtype, today=today) for each in formats)
        if not others:
            return first(text)
        return usually(text, first, lambda rest: pl.coalesce(*(read(rest) for read in others)), self.dtype)


class Date(Dated):
    """A day, of the years 1000 to 9999. Stored as a date, printed as `2026-06-30`.

    The formats are tried in order. They consist of %Y %y %m %d %b %B %j and, for a time that is to be ignored, %H %I
    %M %S %f %p %z. `7/1/22` matches `%m/%d/%y` without leading zeros. A number without a separator from other digits
    needs its full width: `%m%d%Y` reads `07012022`, but not `712022`. `serial` reads the number by which spreadsheet
    programs keep a day, of five digits: `45123` is 2023-07-16.
    """

    name: ClassVar[str] = "date"
    problem: ClassVar[str] = "not a date of the expected format, or too early"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("2026-06-30", date(2026, 6, 30)),
        TypeExample("06/30/2026", None),
        TypeExample("7/1/22", date(2022, 7, 1), 'formats: ["%m/%d/%y", "%m/%d/%Y"]'),
        TypeExample("7/1/2022", date(2022, 7, 1), 'formats: ["%m/%d/%y", "%m/%d/%Y"]'),
        TypeExample("11/30/23", None, 'formats: ["%m/%d/%Y"]'),
        TypeExample("7/1/26", date(2026, 7, 1), 'formats: ["%m/%d/%y"]'),
        TypeExample("7/1/26", date(1926, 7, 1), 'formats: ["%m/%d/%y"], two_digit_years: past'),
        TypeExample("07012022", date(2022, 7, 1), 'formats: ["%m%d%Y"]'),
        TypeExample("7012022", None, 'formats: ["%m%d%Y"]'),
        TypeExample("45123", date(2023, 7, 16), 'formats: ["%m/%d/%Y", serial]'),
        TypeExample("45123.75", date(2023, 7, 16), "formats: serial"),
        TypeExample("2023", None, "formats: serial"),
        TypeExample("1750-06-30", date(1750, 6, 30)),
        TypeExample("1750-06-30", None, "earliest: 1850-01-01"),
        TypeExample("2015-12-18 00:00:00", date(2015, 12, 18), 'formats: ["%Y-%m-%d %H:%M:%S"]'),
        TypeExample("2/30/2022", None, 'formats: ["%m/%d/%Y"]'),
    )

    @property
    def storage(self) -> Storage:
        return Storage("date")


#: In the order in which they are tried: of two that fit, the first is taken.
KNOWN_FORMATS: Final = (
    *COMMON_FORMATS,
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%m-%d-%Y",
    "%m-%d-%y",
    "%m.%d.%Y",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%d-%b-%y",
    "%d %B %Y",
)
