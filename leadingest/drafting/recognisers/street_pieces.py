"""Street addresses in several columns: number and street, floor and apartment, kind of unit and its number."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task


def recognise_street_pieces(task: Task) -> Iterator[Proposal]:
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
