"""The `guards:` section of a mapping: what a load must be like to be published unasked."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from leadingest.mapping.delivery_values import number, one_of
from leadingest.mapping.section_model import SectionModel

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
Fate = Annotated[Literal["hold", "publish"], BeforeValidator(one_of("hold", "publish"))]


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
    sent_before: Fate = Field(
        default="hold",
        description="What becomes of the very bytes of a load that is older than the published one, as when a "
        "sender takes last month's file once more: `hold` or `publish`.",
        examples=["publish"],
    )
    older_delivery: Fate = Field(
        default="hold",
        description="What becomes of a delivery that was made before the published one: `hold` or `publish`.",
        examples=["publish"],
    )
    future_delivery: Fate = Field(
        default="hold",
        description="What becomes of a delivery that was made after tomorrow, by the time in its name or that of the "
        "file: `hold` or `publish`. While it is `hold`, a run takes such a file only where there is no other.",
        examples=["publish"],
    )

    def over(self, project: Guards) -> Guards:
        """These guards, and those of the project where they say nothing."""
        return project.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})
