"""A delivery as drift looks at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from leadingest.documents.yaml_document import Step
from leadingest.drift.profiles.profile import DeliveryProfile

Path_ = tuple[Step, ...]

_AGAIN = re.compile(r"(.+) \([0-9]+\)")


@dataclass(frozen=True)
class UnknownValues:
    """Values of a field that its value map does not have, and that it does not keep, with how often they stand there."""

    field: str
    counts: Mapping[str, int]
    #: The headers and `let` names that they come from.
    headers: tuple[str, ...] = ()
    #: Where the value map stands, and what it says; unknown where only the invalid values were seen.
    path: Path_ | None = None
    value_map: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What was found in a delivery. The values of its columns are still there, whoever's they are."""

    #: One per column, in the spelling of the mapping: "" where one is blank.
    headers: tuple[str, ...]
    #: Those that the file has in other capitals, or with signs that nobody sees: as it has them.
    respelled: Mapping[str, str] = field(default_factory=dict)
    profile: DeliveryProfile
    #: Columns that the delivery section of the mapping names and the file lacks, as the mapping names them.
    absent: tuple[str, ...] = ()
    #: Whether what stands in the place of the header looks like a record.
    headless: bool = False
    #: Where the mapping says that there is no header: whether the first record looks like one, and whether it is left
    #: out, as it has the very names of the mapping.
    headed: Literal["", "left out", "read as a record"] = ""
    unknown_values: tuple[UnknownValues, ...] = ()
    #: The encoding that it was read in, where it seems to be UTF-8.
    misread_as: str = ""
    #: The line of a last record that looks like a total; 0 where none does.
    total_line: int = 0
    #: Control characters that only a wrong encoding makes.
    controls: int = 0
    #: Why it cannot be read, and what to do; nothing else is known then.
    error: str = ""
    hint: str = ""


def delivered_before(profile: DeliveryProfile) -> Delivered:
    """A delivery that was loaded, as far as its profile tells; blank headers and second ones are again what they were."""
    headers: list[str] = []
    for column in profile.columns:
        again = _AGAIN.fullmatch(column.header)
        blank = column.header == f"column {column.position}"
        headers.append("" if blank else again[1] if again and again[1] in headers else column.header)
    return Delivered(headers=tuple(headers), profile=profile)
