"""`extract_time` of the `delivery:` section: where a delivery tells when its list was made."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from leadingest.errors import FaultError
from leadingest.tables.date_format import TIME_DIRECTIVES, check_directives

#: The quarter of a year, which C and Python have no directive for: 1 to 4.
QUARTER: Final = "%q"
_MONTHS: Final = {"%m", "%b", "%B"}
_EXAMPLE: Final = "source3_%Y-%m-%d.csv"


def check_period(text: str) -> str:
    """The format as given: of a time, a day, a month (`%Y-%m`), a quarter (`%Y-Q%q`) or a year.

    Raises ValueError where it tells none of them.
    """
    used = check_directives(text, more=(QUARTER,))
    within_year = (used & _MONTHS, used & {QUARTER}, used & {"%j"})
    if len(used & {"%Y", "%y"}) != 1:
        raise FaultError("bad_format", f"{text!r} needs a year: %Y or %y")
    if sum(map(len, within_year)) > 1:
        raise FaultError("bad_format", f"{text!r} gives the month, the quarter or the day of the year twice")
    if "%d" in used and not used & _MONTHS:
        raise FaultError("bad_format", f"%d in {text!r} also needs a month: %m, %b or %B")
    if used & set(TIME_DIRECTIVES) and not used & {"%d", "%j"}:
        raise FaultError("bad_format", f"{text!r} has a time of day but no day: add %d")
    return text


def _name_format(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a file name with a date in it, such as {_EXAMPLE}")
    if "/" in value:
        raise ValueError(f"must be a file name without folders, such as {_EXAMPLE}")
    return check_period(value)


def _text_format(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text with a date in it, such as As at %d %B %Y")
    return check_period(value)


#: In the name of the file: directives among its letters, `*` and `?` for any.
InName = Annotated[str, BeforeValidator(_name_format)]


class InPreamble(BaseModel):
    """`extract_time: {preamble: "As at %d %B %Y"}`: in a line above the header, capitals and blanks aside."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    preamble: Annotated[str, BeforeValidator(_text_format)] = Field(
        description="The text of a line (or row of a sheet) above the header, with date "
        "directives: the first line that contains it is used.",
        examples=["As at %d %B %Y", "Report date: %m/%d/%Y"],
    )


class InColumn(BaseModel):
    """`extract_time: {column: "As Of", format: "%m/%d/%Y"}`: in the first record that has a value there."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    column: str = Field(
        min_length=1, description="The header of a column; the first record with a value is used."
    )
    format: Annotated[str, BeforeValidator(_text_format)] = Field(
        description="The format of the date.", examples=["%m/%d/%Y", "%B %Y"]
    )


def _place(value: object) -> str:
    """Which of the three is meant, by its key: so that messages speak of that one."""
    if isinstance(value, InColumn | InPreamble):
        return type(value).__name__
    if isinstance(value, dict):
        return "InPreamble" if "preamble" in value else "InColumn"
    return "InName"


ListTime = Annotated[
    Annotated[InName, Tag("InName")]
    | Annotated[InPreamble, Tag("InPreamble")]
    | Annotated[InColumn, Tag("InColumn")],
    Discriminator(_place),
]
