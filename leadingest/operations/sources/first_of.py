"""`first_of`: the first part that has a valid value."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from leadingest.operations.base import INVALID, Example
from leadingest.operations.sources.base import Choice, Part


class FirstOf(Choice):
    """Take the first part that has a value valid for the field's type.

    Each part is a header or an entry with its own words. If a part does not recognize its cell or its value does not
    fit the type, the next part is tried; only if no part has a valid value is the result invalid. With `otherwise:
    stop` or `otherwise: reject`, the next part is not tried: an unknown value is an invalid value of the whole entry,
    or rejects the record, regardless of later parts. Words next to `first_of` apply to the part that is taken; what
    they do not recognize is invalid.
    """

    first_of: Annotated[tuple[Part, ...], Field(min_length=1)]

    examples: ClassVar = (
        Example(
            '{first_of: [{from: Name, extract: " DBA (.+)$"}, Name]}',
            (("REED, ANNA DBA PINE TREE CARE", "PINE TREE CARE"), ("PINE TREE CARE", "PINE TREE CARE")),
        ),
        Example(
            "{first_of: [Capacity, Beds]}",
            (
                ({"Capacity": "40", "Beds": "12"}, "40"),
                ({"Capacity": "see note", "Beds": "12"}, "12"),
                ({"Capacity": "see note", "Beds": "none"}, INVALID),
            ),
            type="integer",
        ),
        Example(
            "{first_of: [{from: Hold, values: {On hold: inactive}, otherwise: stop}, Status]}",
            (
                ({"Hold": "On hold", "Status": "active"}, "inactive"),
                ({"Hold": "", "Status": "active"}, "active"),
                ({"Hold": "Under review", "Status": "active"}, INVALID),
            ),
        ),
    )
