"""Addresses: whole in one cell, or a street in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.known_headers import AVERSE
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.operations.us_address import UsAddress
from leadingest.wording import percent

_PARTS: Final = {
    "address1": "street",
    "address2": "unit",
    "city": "city",
    "state": "state",
    "zip": "zip",
}
#: Where the street has a column of its own, the unit stands there, too.
_STREET: Final = ("address1", "address2")
#: Of the values: so many must end as an address does, and be taken apart.
_MOST: Final = 0.7
_LOOKED_AT: Final = 200
#: From here on what cannot be taken apart is worth a word.
_NEARLY_ALL: Final = 0.97
#: Less sure than a column of its own for each part, and than an address under its usual header.
_SCORE: Final = 0.7
_OF_ANOTHER: Final = 0.45
_NAMED: Final = 0.9


def recognize_one_line_address(task: Task) -> Iterator[Proposal]:
    """Values that the words of `us_address` take apart, whatever the header."""
    street = task.sample.likeliest("address1")
    for column in task.sample.columns:
        if not column.looks("one_line_address", least=_MOST):
            continue
        apart = _share_apart(column)
        if apart < _MOST:
            continue
        of_another = not AVERSE.isdisjoint(header_words(column.header))
        doubts = ["it may be a mailing address only"] if of_another else []
        if apart < _NEARLY_ALL:
            doubts.append(f"{percent(1 - apart)} of the addresses cannot be taken apart")
        capitals = column.looks("capitals", least=0.1)
        for field, part in _PARTS.items():
            if not task.has(field) or (field in _STREET and street and street is not column):
                continue
            entry: dict[str, Any] = {"from": column, "us_address": part}
            if field == "city" and capitals:
                entry["case"] = "title"
            score = _OF_ANOTHER if of_another else max(_SCORE, column.sure("address1") * _NAMED)
            yield Proposal(field, entry, (column,), score, tuple(doubts), alone=False)


def _share_apart(column: SampleColumn) -> float:
    looked = column.values.head(_LOOKED_AT).alias("value").to_frame()
    parts = UsAddress(us_address="city").expr(pl.col("value"))
    return float(looked.select((parts.is_not_null() & (parts != "")).mean()).item() or 0)


#: The pieces of a street, in the order in which they are written in English.
_PIECES: Final = ("street_number", "street_direction", "street_name", "street_suffix", "street_after")
_UNIT_ALONE: Final = 0.9
_WITH_NUMBER: Final = r"^[0-9]|[0-9][a-z]?$"
_SOME: Final = 0.3


def recognize_street_pieces(task: Task) -> Iterator[Proposal]:
    """Headers that name the pieces, put together in the order in which they are written: all of them, never all but one."""
    sample = task.sample
    if task.has("address1"):
        yield from _street(task)
    if not task.has("address2"):
        return
    kind, unit = sample.likeliest("unit_type"), sample.likeliest("unit")
    if kind and unit:
        yield Proposal("address2", {"join": [kind, unit]}, (kind, unit), 0.85)
    elif unit:
        yield Proposal("address2", unit, (unit,), unit.sure("unit") * _UNIT_ALONE, named(unit, "unit"))
    floor, apartment = sample.likeliest("floor"), sample.likeliest("apartment")
    if floor and apartment:
        parts = [{"from": floor, "prefix": "Floor "}, {"from": apartment, "prefix": "Apt "}]
        yield Proposal("address2", {"join": parts, "separator": ", "}, (floor, apartment), 0.95)


def _street(task: Task) -> Iterator[Proposal]:
    found = {meaning: column for meaning in _PIECES if (column := task.sample.likeliest(meaning))}
    name, number = found.get("street_name") or task.sample.likeliest("address1"), found.get("street_number")
    if not name or not number or _has_numbers(name):
        return
    found["street_name"] = name
    pieces = list(dict.fromkeys(found[meaning] for meaning in _PIECES if meaning in found))
    # `Straße, Hausnummer`: in many countries the number stands behind the name.
    if name.position < number.position:
        pieces.remove(number)
        pieces.append(number)
    yield Proposal("address1", {"join": pieces}, tuple(pieces), 1.1)


def _has_numbers(column: SampleColumn) -> bool:
    """Whether most of its values are whole streets already."""
    return share(column.values.str.contains(_WITH_NUMBER)) > _SOME


_SEVERAL: Final = 2


def recognize_further_lines(task: Task) -> Iterator[Proposal]:
    """`Address 2`, `Address 3` …: all that comes after the first line."""
    lines = {
        int(words[-1]): column
        for column in task.sample.columns
        if (words := header_words(column.header))[:1] == ("address",)
        and words[-1].isdigit()
        and words[1:-1] in ((), ("line",))
        and column.distinct
    }
    further = [column for number, column in sorted(lines.items()) if number > 1]
    if len(further) >= _SEVERAL and task.has("address2"):
        yield Proposal("address2", {"join": further, "separator": ", "}, tuple(further), 1.1)
