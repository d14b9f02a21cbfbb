"""The sections of a mapping that are settings: what each may say, and the list of them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.delivery_values import number, one_of, texts
from leadingest.mapping.delivery_written import HeaderName, HeaderNames
from leadingest.mapping.section_model import SectionModel
from leadingest.operations.base import Switch
from leadingest.tables.types.date import Day

_SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%")

#: A share as it is written, for the JSON Schema.
_WrittenShare = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": r"^(?:off|\d{1,3}(?:\.\d{1,6})?\s*%)$",
            "patternErrorMessage": "A percentage such as 10%, or off.",
        }
    ),
]


def _share(value: object) -> Fraction | None:
    """A share of 100%; None for one that is off."""
    if value == "off":
        return None
    found = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if not found or (share := Fraction(found[1]) / 100) > 1:
        raise ValueError(f"must be a percentage such as 10%, or off, not {value!r}")
    return share


def written_share(share: Fraction) -> str:
    """The share as a mapping writes it: `2.5%`."""
    return f"{float(100 * share):g}%"


def _least(value: object) -> int:
    return number(value, least=0, what="a number of records; 0 switches it off")


#: The types of the guards, for the settings of a project as well.
Share = Annotated[Fraction | None, BeforeValidator(_share, json_schema_input_type=_WrittenShare)]
Least = Annotated[int, BeforeValidator(_least, json_schema_input_type=Annotated[int, Field(ge=0)])]
GuardAction = Annotated[Literal["hold", "publish"], BeforeValidator(one_of("hold", "publish"))]


class Guards(SectionModel):
    """What keeps a load from being published: it is then held, until somebody approves it.

    A guard that a mapping does not name is as the project says (`LEADINGEST_MOST_REJECTS` and so on), else as
    stands here.
    """

    model_config = ConfigDict(defer_build=True, arbitrary_types_allowed=True)

    most_rejects: Share = Field(
        default=Fraction(50, 100),
        description="The largest share of the records read that may be rejected: 50% by default, because "
        "`largest_fall` detects records missing since the published load; `off` disables the guard.",
        examples=["2%", "off"],
    )
    most_invalid: Share = Field(
        default=Fraction(90, 100),
        description="The largest share of the filled cells of any one field that may be invalid values or have "
        "their records rejected: 90% by default, and at most 50% for a field that is required or identifies leads; `off` disables the guard.",
        examples=["20%", "off"],
    )
    fewest_records: Least = Field(
        default=1,
        description="The smallest number of records that must be loaded: 1 by default, so that a file with only a "
        "header "
        "is held; `0` disables the guard.",
        examples=[500],
    )
    largest_fall: Share = Field(
        default=Fraction(20, 100),
        description="The largest drop in the number of records since the published load: 20% by default; "
        "`off` disables the guard.",
        examples=["50%", "off"],
    )
    least_keys_in_common: Share = Field(
        default=Fraction(20, 100),
        description="The smallest share of the leads, by key, that must also be in the published load (of the "
        "smaller of the two loads): 20% by default; `off` disables the guard.",
        examples=["50%", "off"],
    )
    most_hidden: Share = Field(
        default=Fraction(50, 100),
        description="The largest share of the leads that may be hidden by others of the same list, so that the view "
        "does not show them: 50% by default; `off` disables the guard.",
        examples=["10%", "off"],
    )
    sent_before: GuardAction = Field(
        default="hold",
        description="What to do with a file that is identical to that of a load older than the published "
        "one, such as last month's file sent again: `hold` or `publish`.",
        examples=["publish"],
    )
    older_delivery: GuardAction = Field(
        default="hold",
        description="What to do with a delivery older than the published one: `hold` or `publish`.",
        examples=["publish"],
    )
    future_delivery: GuardAction = Field(
        default="hold",
        description="What to do with a delivery dated after tomorrow, by its extract time: "
        "`hold` or `publish`. With `hold`, a run uses such a file only if there is no other.",
        examples=["publish"],
    )

    def over(self, project: Guards) -> Guards:
        """These guards, and those of the project where they say nothing."""
        return project.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})


#: The difference is kept with the load; the load is held as well; it fails.
DriftAction = Literal["note", "hold", "fail"]
_Action = Annotated[DriftAction, BeforeValidator(one_of("note", "hold", "fail"))]


class OnDrift(SectionModel):
    """What a run does about each kind of drift: `note` it, `hold` the load until somebody approves it, or `fail`.

    What the mapping has an answer to is only noted: a new column that it ignores, a header that is one of its aliases.
    """

    missing: _Action = Field(
        default="fail",
        description="A column that the mapping reads is missing or renamed. With `hold` or `note`, its fields are "
        "blank.",
    )
    added: _Action = Field(default="note", description="A new column that is neither read nor ignored.")
    gone: _Action = Field(default="note", description="A column that nothing reads is missing.")
    order: _Action = Field(default="note", description="The columns are in a different order.")
    headers: _Action = Field(default="note", description="A header is blank or repeated.")
    names: _Action = Field(
        default="hold",
        description="The headers of the file changed under the `names` of the mapping, or the file has a header "
        "despite `header: none`.",
    )
    unreadable: _Action = Field(default="note", description="More cells of a field cannot be read.")
    values: _Action = Field(default="note", description="Values that are missing from a value map.")
    dates: _Action = Field(default="note", description="Dates in a format that the mapping does not list.")
    types: _Action = Field(
        default="note",
        description="A column contains a different kind of value: for example, digits became text.",
    )
    empty: _Action = Field(default="note", description="Many more cells of a column are empty.")
    repeats: _Action = Field(
        default="note", description="A column that identified the records no longer does."
    )
    filled: _Action = Field(
        default="note", description="Far fewer or far more leads have a value in a field."
    )
    emptied: _Action = Field(default="hold", description="A field that leads had is blank in all of them.")
    invalid: _Action = Field(
        default="note",
        description="No cell of a field can be read; see also `most_invalid` under `guards`.",
    )
    swapped: _Action = Field(default="hold", description="Two columns are swapped.")
    shares: _Action = Field(
        default="note",
        description="The values of a vocabulary or a yes/no field are distributed differently.",
    )
    quantiles: _Action = Field(
        default="note",
        description="Numbers of a different magnitude or dates in different years: for example, months instead of "
        "years.",
    )
    keys: _Action = Field(
        default="note",
        description="Few leads have a key from the published load, or the key is just the record number; "
        "see also `least_keys_in_common` under `guards`.",
    )
    records: _Action = Field(default="note", description="Far fewer or far more records; see also `guards`.")
    file: _Action = Field(
        default="note", description="The encoding, delimiter, format or position of the header changed."
    )

    source: _Action = Field(
        default="hold", description="The delivery looks like one of another source of the project."
    )

    def action(self, word: str) -> DriftAction:
        """What becomes of a load whose delivery differs in the way that the word is for."""
        action: DriftAction = getattr(self, word)
        return action


_SPELLED: Final = re.compile(r"(?:([1-9][0-9]{0,2}) +)?(day|week|month|quarter|year)s?|([1-9][0-9]{0,2})")
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}

_Written = (
    Annotated[int, Field(ge=1, le=999)]
    | Literal["day", "week", "month", "quarter", "year"]
    | Annotated[
        str,
        Field(
            json_schema_extra={
                "pattern": f"^(?:{_SPELLED.pattern})$",
                "patternErrorMessage": "day, week, month, quarter or year, with an optional number: 2 weeks.",
            }
        ),
    ]
)


def _spelled(value: object) -> str:
    """`2 weeks`, in the one way that it is written from here on."""
    found = _SPELLED.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(
            "must be day, week, month, quarter or year, with an optional number: "
            f"2 weeks; or a number of days, not {value!r}"
        )
    number = int(found[1] or found[3] or 1)
    unit = found[2] or "day"
    return unit if number == 1 else f"{number} {unit}s"


class DeliverySchedule(SectionModel):
    """How often a delivery is to arrive."""

    every: Annotated[str, BeforeValidator(_spelled, json_schema_input_type=_Written)] = Field(
        description="`day`, `week`, `month`, `quarter` or `year`, with an optional number; or "
        "a number of days.",
        examples=["week", "2 weeks", "10 days"],
    )

    def due(self, last: date) -> date:
        """The day by which the next delivery is to be there, after one that was made on the day `last`.

        A month after the 31st is the last day of a shorter month.
        """
        number, _, unit = self.every.rpartition(" ")
        times, unit = int(number or 1), unit.removesuffix("s")
        if unit in _DAYS:
            return last + timedelta(days=times * _DAYS[unit])
        years, month = divmod(last.month - 1 + times * _MONTHS[unit], 12)
        year = last.year + years
        return date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))


def _names(value: object) -> tuple[str, ...]:
    names = texts(value)
    if not names or not all(map(str.strip, names)):
        raise ValueError("must be a field or a let value, or a list of them")
    return tuple(dict.fromkeys(names))


_Names = Annotated[tuple[str, ...], BeforeValidator(_names, json_schema_input_type=HeaderName | HeaderNames)]


class Keep(SectionModel):
    """Which one of several records of a license, or of anything else that has a record for each year, becomes a lead.

    The delivery is read twice: first only these fields, to decide which records are superseded, then the others. Of all
    records that pass `where` the key and the values are gathered, about 60 bytes each, of which 500,000 are in memory and
    the rest in a scratch file.
    """

    latest: _Names = Field(
        description="The field or `let` value, or several, the first of which counts most: the record with the greatest "
        "value is kept. Values are compared as their type, a blank is the least; of equal ones the later record is kept.",
        examples=["expires_on", ["year", "issued"]],
    )
    per: _Names = Field(
        description="The field or `let` value, or the combination of several, that the records have in common. A record in "
        "which one of them is blank is always kept.",
        examples=["license_number", ["license_number", "state"]],
    )


class MappingTest(BaseModel):
    """A made-up record with the lead that it must become, or that it is rejected or filtered."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    record: dict[str, str] = Field(
        description="The cells by header; headers that the record omits are blank."
    )
    about: str = Field(default="", description="A one-sentence description of the test.")
    today: Day | None = Field(
        default=None, description="The day of the load, such as `2026-03-01`; by default the day of the test."
    )
    lead: dict[str, str] | None = Field(
        default=None,
        description="Fields of the lead with their stored values; an empty text is a blank. Other fields are not "
        "compared.",
    )
    invalid: tuple[str, ...] = Field(default=(), description="All fields whose cells cannot be read.")
    rejected: str | None = Field(default=None, description="The field that causes the record to be rejected.")
    filtered: Switch | None = Field(default=None, description="`true`: the record is filtered by `where`.")

    @field_validator("record", "lead", mode="before", json_schema_input_type=dict[str, str | None])
    @classmethod
    def _nothing_is_blank(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {" ".join(key.split()): "" if cell is None else cell for key, cell in value.items()}
        return value

    @model_validator(mode="after")
    def _one_outcome(self) -> MappingTest:
        outcomes = [self.lead is not None, self.rejected is not None, bool(self.filtered)]
        if outcomes.count(True) != 1:
            raise ValueError("must have exactly one of lead, rejected and filtered")
        if self.invalid and self.lead is None:
            raise ValueError("can have invalid values only if the record becomes a lead")
        return self


@dataclass(frozen=True)
class Section:
    """A model whose keys may stand in the section, and what the section is about, in a few words."""

    about: str
    model: type[BaseModel]


SECTIONS: Final = {
    "delivery": Section("how a file is found and read", DeliveryFormat),
    "guards": Section("what holds a load", Guards),
    "on_drift": Section("what a run does about drift", OnDrift),
    "keep": Section("which of several records becomes a lead", Keep),
    "expect": Section("how often a delivery is expected", DeliverySchedule),
}
