"""The `expect:` section of a mapping: how often a delivery is to arrive."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from leadingest.mapping.section_model import SectionModel

_SPELT: Final = re.compile(r"(?:([1-9][0-9]{0,2}) +)?(day|week|month|quarter|year)s?|([1-9][0-9]{0,2})")
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}

_Written = (
    Annotated[int, Field(ge=1, le=999)]
    | Literal["day", "week", "month", "quarter", "year"]
    | Annotated[
        str,
        Field(
            json_schema_extra={
                "pattern": f"^(?:{_SPELT.pattern})$",
                "patternErrorMessage": "day, week, month, quarter or year, with a number before it: 2 weeks.",
            }
        ),
    ]
)


def _spelt(value: object) -> str:
    """`2 weeks`, in the one way that it is written from here on."""
    found = _SPELT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(
            "must be day, week, month, quarter or year, with a number before it if need be: "
            f"2 weeks; or a number of days, not {value!r}"
        )
    number = int(found[1] or found[3] or 1)
    unit = found[2] or "day"
    return unit if number == 1 else f"{number} {unit}s"


class Rhythm(SectionModel):
    """How often a delivery is to arrive."""

    every: Annotated[str, BeforeValidator(_spelt, json_schema_input_type=_Written)] = Field(
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
