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
from leadingest.mapping.delivery_values import number, one_of
from leadingest.mapping.section_model import SectionModel
from leadingest.operations.base import Switch

_SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%")

#: A share as it is written, for the JSON Schema.
_WrittenShare = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": r"^(?:off|\d{1,3}(?:\.\d{1,6})?\s*%)$",
            "patternErrorMessage": "A share such as 10%, or off.",
        }
    ),
]


def _share(value: object) -> Fraction | None:
    """A share of 100 %; None for one that is off."""
    if value == "off":
        return None
    found = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if not found or (share := Fraction(found[1]) / 100) > 1:
        raise ValueError(f"must be a share such as 10%, or off; {value!r} is none")
    return share


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

    model_config = ConfigDict(arbitrary_types_allowed=True)

    most_rejects: Share = Field(
        default=Fraction(50, 100),
        description="The largest share of the records read that may be rejected: 50% by default, for what rejects "
        "take away from a list that is published already, `largest_fall` sees; `off` for any.",
        examples=["2%", "off"],
    )
    most_invalid: Share = Field(
        default=Fraction(90, 100),
        description="The largest share of the filled cells of any one field that may be invalid values or have their "
        "records rejected: 90% by default, and at most 50% of a field that is required or that leads are known by; "
        "`off` for any.",
        examples=["20%", "off"],
    )
    fewest_records: Least = Field(
        default=1,
        description="The fewest records that must be loaded: 1 by default, so that a file that is but a header "
        "is held; `0` for any.",
        examples=[500],
    )
    largest_fall: Share = Field(
        default=Fraction(20, 100),
        description="By what share fewer records may be loaded than the published load has: 20% by default; "
        "`off` for any.",
        examples=["50%", "off"],
    )
    least_keys_in_common: Share = Field(
        default=Fraction(20, 100),
        description="The smallest share of the leads, by their key, that the published load must have as well (of the "
        "smaller of the two loads): 20% by default; `off` for any.",
        examples=["50%", "off"],
    )
    most_hidden: Share = Field(
        default=Fraction(50, 100),
        description="The largest share of the leads that may stand behind others of the same list, so that the view "
        "does not show them: 50% by default; `off` for any.",
        examples=["10%", "off"],
    )
    sent_before: GuardAction = Field(
        default="hold",
        description="What becomes of the very bytes of a load that is older than the published one, as when a "
        "sender takes last month's file once more: `hold` or `publish`.",
        examples=["publish"],
    )
    older_delivery: GuardAction = Field(
        default="hold",
        description="What becomes of a delivery that was made before the published one: `hold` or `publish`.",
        examples=["publish"],
    )
    future_delivery: GuardAction = Field(
        default="hold",
        description="What becomes of a delivery that was made after tomorrow, by the time in its name or that of the "
        "file: `hold` or `publish`. While it is `hold`, a run takes such a file only where there is no other.",
        examples=["publish"],
    )

    def over(self, project: Guards) -> Guards:
        """These guards, and those of the project where they say nothing."""
        return project.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})


#: The difference is kept with the load; the load is held as well; it fails.
DriftFate = Literal["note", "hold", "fail"]
_Fate = Annotated[DriftFate, BeforeValidator(one_of("note", "hold", "fail"))]


class OnDrift(SectionModel):
    """What a run does about each kind of drift: `note` it, `hold` the load until somebody approves it, or `fail`.

    What the mapping has an answer to is only noted: a new column that it ignores, a header that is one of its aliases.
    """

    missing: _Fate = Field(
        default="fail",
        description="A column that the mapping reads is gone, or called otherwise. With `hold` or `note` its fields are empty.",
    )
    added: _Fate = Field(default="note", description="A column that is neither read nor ignored.")
    gone: _Fate = Field(default="note", description="A column that nothing read is gone.")
    order: _Fate = Field(default="note", description="The columns stand in another order.")
    headers: _Fate = Field(default="note", description="A header is blank, or stands twice.")
    names: _Fate = Field(
        default="hold",
        description="`names` of the mapping stand over columns that the file calls otherwise than before, "
        "or the file has a header in spite of `header: none`.",
    )
    unreadable: _Fate = Field(default="note", description="More cells of a field cannot be read.")
    values: _Fate = Field(default="note", description="Values that a value map does not have.")
    dates: _Fate = Field(default="note", description="Dates in a format that the mapping does not have.")
    types: _Fate = Field(
        default="note", description="A column holds something of another kind: digits became text."
    )
    empty: _Fate = Field(default="note", description="Many more cells of a column are empty.")
    repeats: _Fate = Field(default="note", description="What told records apart does so no more.")
    filled: _Fate = Field(default="note", description="Far fewer or far more leads have a value in a field.")
    emptied: _Fate = Field(default="hold", description="A field that leads had is blank in all of them.")
    invalid: _Fate = Field(
        default="note",
        description="Not one cell of a field can be read; see `most_invalid` of `guards` as well.",
    )
    swapped: _Fate = Field(default="hold", description="Two columns have changed places.")
    shares: _Fate = Field(
        default="note", description="The values of a vocabulary, or of a yes or no, are spread otherwise."
    )
    quantiles: _Fate = Field(
        default="note", description="Numbers of another size, dates of other years: months instead of years."
    )
    keys: _Fate = Field(
        default="note",
        description="Few leads have a key that was there before, or the key is the number of the record; see "
        "`least_keys_in_common` of `guards` as well.",
    )
    records: _Fate = Field(default="note", description="Far fewer or far more records; see `guards` as well.")
    file: _Fate = Field(
        default="note", description="Encoding, delimiter, format or the place of the header changed."
    )

    source: _Fate = Field(
        default="hold", description="The delivery looks like one of another source of the project."
    )

    def fate(self, word: str) -> DriftFate:
        """What becomes of a load whose delivery differs in the way that the word is for."""
        fate: DriftFate = getattr(self, word)
        return fate


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
                "patternErrorMessage": "day, week, month, quarter or year, with a number before it: 2 weeks.",
            }
        ),
    ]
)


def _spelled(value: object) -> str:
    """`2 weeks`, in the one way that it is written from here on."""
    found = _SPELLED.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(
            "must be day, week, month, quarter or year, with a number before it if need be: "
            f"2 weeks; or a number of days, not {value!r}"
        )
    number = int(found[1] or found[3] or 1)
    unit = found[2] or "day"
    return unit if number == 1 else f"{number} {unit}s"


class DeliverySchedule(SectionModel):
    """How often a delivery is to arrive."""

    every: Annotated[str, BeforeValidator(_spelled, json_schema_input_type=_Written)] = Field(
        description="`day`, `week`, `month`, `quarter` or `year`, with a number before it if need be; or a "
        "number of days.",
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


class MappingTest(BaseModel):
    """A made-up record with the lead that it must become, or that it is rejected or filtered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: dict[str, str] = Field(
        description="The cells by header; headers that the mapping reads and the record leaves out are blank."
    )
    about: str = Field(default="", description="What the test is about, in a sentence.")
    lead: dict[str, str] | None = Field(
        default=None,
        description="Fields of the lead with their stored form; an empty text is a blank. Other fields are not looked at.",
    )
    invalid: tuple[str, ...] = Field(
        default=(), description="The fields whose cells cannot be read, all of them."
    )
    rejected: str | None = Field(default=None, description="The field for which the record is rejected.")
    filtered: Switch | None = Field(default=None, description="`true`: the record is left out by `where`.")

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
            raise ValueError("must say one thing of the record: lead, rejected or filtered")
        if self.invalid and self.lead is None:
            raise ValueError("can have invalid values only where the record becomes a lead")
        return self


@dataclass(frozen=True)
class Section:
    """A model whose keys may stand in the section, and what the section is about, in a few words."""

    about: str
    model: type[BaseModel]


SECTIONS: Final = {
    "delivery": Section("how a file is found and read", DeliveryFormat),
    "guards": Section("what keeps a load from being published", Guards),
    "on_drift": Section("what a run does about drift", OnDrift),
    "expect": Section("how often a delivery is to arrive", DeliverySchedule),
}
