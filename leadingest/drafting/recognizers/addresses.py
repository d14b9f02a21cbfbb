"""Addresses: whole in one cell, or a street in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.known_headers import AVERSE
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.sample import Task

_PARTS: Final = {"address1": "street", "address2": "unit", "city": "city", "state": "state", "zip": "zip"}
#: Where the street has a column of its own, the unit stands there, too.
_STREET: Final = ("address1", "address2")
_MOST: Final = 0.7
#: Less sure than a column of its own for each part, and than an address under its usual header.
_SCORE: Final = 0.7
_OF_ANOTHER: Final = 0.45


def recognize_one_line_address(task: Task) -> Iterator[Proposal]:
    """Values that end with state and ZIP code, whatever the header."""
    street = task.sample.likeliest("address1")
    for column in task.sample.columns:
        if not column.looks("one_line_address", least=_MOST):
            continue
        of_another = not AVERSE.isdisjoint(header_words(column.header))
        doubts = ("it may be a mailing address only",) if of_another else ()
        capitals = column.looks("capitals", least=0.1)
        for field, part in _PARTS.items():
            if not task.has(field) or (field in _STREET and street and street is not column):
                continue
            entry: dict[str, Any] = {"from": column, "us_address": part}
            if field == "city" and capitals:
                entry["case"] = "title"
            yield Proposal(
                field, entry, (column,), _OF_ANOTHER if of_another else _SCORE, doubts, alone=False
            )


def recognize_street_pieces(task: Task) -> Iterator[Proposal]:
    """Headers that name the pieces, put together in the order in which they are written."""
    sample = task.sample
    number, street = sample.likeliest("street_number"), sample.likeliest("street_name")
    if number and street and task.has("address1"):
        yield Proposal("address1", {"join": [number, street]}, (number, street), 1.0)
    if not task.has("address2"):
        return
    kind, unit = sample.likeliest("unit_type"), sample.likeliest("unit")
    if kind and unit:
        yield Proposal("address2", {"join": [kind, unit]}, (kind, unit), 0.85)
    floor, apartment = sample.likeliest("floor"), sample.likeliest("apartment")
    if floor and apartment:
        parts = [{"from": floor, "prefix": "Floor "}, {"from": apartment, "prefix": "Apt "}]
        yield Proposal("address2", {"join": parts, "separator": ", "}, (floor, apartment), 0.95)
