"""`last_of`: the last part that has a valid value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from leadingest.documents.yaml_document import Node, Step
from leadingest.operations.base import INVALID, Example
from leadingest.operations.sources.base import Choice, Part, items


class LastOf(Choice):
    """Take the last part that has a value valid for the field's type, as `first_of` takes the first.

    It is for columns that are filled from left to right, such as the years of a license: the last one filled is the
    latest. `otherwise: stop` and `otherwise: reject` work as in `first_of`: no part before is tried.
    """

    last_of: Annotated[tuple[Part, ...], Field(min_length=1)]

    examples: ClassVar = (
        Example(
            "{last_of: [Status 2024, Status 2025, Status 2026]}",
            (
                ({"Status 2024": "Open", "Status 2025": "Open", "Status 2026": "Shut"}, "Shut"),
                ({"Status 2024": "Open", "Status 2025": "Pending", "Status 2026": ""}, "Pending"),
            ),
        ),
        Example(
            "{last_of: [Capacity, Beds]}",
            (({"Capacity": "40", "Beds": "none"}, "40"), ({"Capacity": "see note", "Beds": "none"}, INVALID)),
            type="integer",
        ),
    )

    @classmethod
    def part_nodes(cls, node: Node) -> Iterator[tuple[Step, Node]]:
        yield from reversed(list(items(node)))
