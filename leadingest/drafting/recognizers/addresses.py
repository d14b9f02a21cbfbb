"""Addresses: whole in one cell, or a street in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.contents import CODE_AND_TOWN, fit, share_like
from leadingest.drafting.country import HOME
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
_LOOKED_AT: Final = 500
_THREE: Final = 3
#: From here on what cannot be taken apart is worth a word.
_NEARLY_ALL: Final = 0.97
#: Less sure than a column of its own for each part, and than an address under its usual header.
_SCORE: Final = 0.7
_OF_ANOTHER: Final = 0.45
_NAMED: Final = 0.9
_NO_UNIT: Final = "no address of this file has a suite or an apartment"


def recognize_one_line_address(task: Task) -> Iterator[Proposal]:
    """Values that the words of `us_address` take apart, whatever the header."""
    street = task.sample.likeliest("address1")
    for column in task.sample.columns:
        if not column.looks("one_line_address", least=_MOST):
            continue
        words = _BLANKS if share_like(column, _TWO_BLANKS) >= _MOST else {}
        unread = _without(column, words, part="city")
        units = len(_without(column, words, part="unit")) < min(_LOOKED_AT, column.distinct)
        apart = 1 - len(unread) / min(_LOOKED_AT, column.distinct)
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
            entry: dict[str, Any] = {"from": column, **words, "us_address": part}
            if field == "address2" and len(unread) and task.has("address1"):
                # An address that is not read is told once, of the street; few have a unit.
                entry["otherwise"] = "blank"
            if field == "city" and capitals:
                entry["case"] = "title"
            score = _OF_ANOTHER if of_another else max(_SCORE, column.sure("address1") * _NAMED)
            shown = tuple(unread.head(_THREE)) if apart < _NEARLY_ALL else ()
            why = (*doubts, _NO_UNIT) if part == "unit" and not units else tuple(doubts)
            yield Proposal(field, entry, (column,), score, why, alone=False, shown=shown)


#: Between the parts of an address that has no commas.
_TWO_BLANKS: Final = r"\S {2,}\S"
_BLANKS: Final = {"replace": {"pattern": " {2,}", "with": ", "}}


def _without(column: SampleColumn, words: Mapping[str, Any], *, part: str) -> pl.Series:
    """Those of its values in which `us_address`, behind these words, finds no such part."""
    looked = column.values.head(_LOOKED_AT)
    prepared = looked.str.replace_all(" {2,}", ", ") if words else looked
    found_in = UsAddress.model_validate({"us_address": part}).expr(pl.col("value"))
    found = prepared.alias("value").to_frame().select(found_in.fill_null("") != "").to_series()
    return looked.filter(~found)


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
    elif unit and fit("address2", unit) >= _SOME:
        yield Proposal("address2", unit, (unit,), unit.sure("unit") * _UNIT_ALONE, named(unit, "unit"))
    floor, apartment = sample.likeliest("floor"), sample.likeliest("apartment")
    if floor and apartment:
        parts = [{"from": floor, "prefix": "Floor "}, {"from": apartment, "prefix": "Apt "}]
        yield Proposal("address2", {"join": parts, "separator": ", "}, (floor, apartment), 0.95)


def _street(task: Task) -> Iterator[Proposal]:
    found = {meaning: column for meaning in _PIECES if (column := task.sample.likeliest(meaning))}
    name, number = found.get("street_name") or task.sample.likeliest("address1"), found.get("street_number")
    if not name or not number or _has_numbers(name) or not _has_numbers(number):
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


_UNIT_IN_CELL: Final = 0.05
_UNIT_INSIDE: Final = "what stands behind the street is taken for the suite or the apartment"


def recognize_unit_behind_street(task: Task) -> Iterator[Proposal]:
    """A street with its suite on a second line of the same cell."""
    if not task.has("address1", "address2") or task.country.code != HOME:
        return
    for column in task.sample.ranked("address1"):
        if share_like(column, r"\S\n+\S") < _UNIT_IN_CELL or column.looks("one_line_address", least=0.3):
            continue
        units = UsAddress(us_address="unit").expr(pl.col("value"))
        read = share(column.values.alias("value").to_frame().select(units.is_not_null()).to_series())
        if read >= _NEARLY_ALL:
            for field in _STREET:
                entry = {"from": column, "us_address": _PARTS[field]}
                doubts = (*named(column, "address1"), _UNIT_INSIDE)
                score = column.sure("address1") * _SURER_THAN_WHOLE
                yield Proposal(field, entry, (column,), score, doubts, alone=False)


_SURER_THAN_WHOLE: Final = 1.4
_OF_PIECES: Final = 0.8
_COUNTY: Final = r"(?i)^(?:co\.?|county) |county$"
_CUT: Final = "no other column has the city: the address is cut at its commas"
_MOST_COMMAS: Final = 0.9


def recognize_address_with_commas(task: Task) -> Iterator[Proposal]:
    """Addresses abroad in one cell: the first piece is the street, the last that is no post code or county the city."""
    if task.country.code == HOME or any(each.sure("city") > _SOME for each in task.sample.columns):
        return
    for column in task.sample.ranked("address1"):
        pieces = column.values.str.split(", ")
        if share(pieces.list.len() > 1) < _MOST_COMMAS:
            continue
        city = next((at for at in (-1, -2, -3) if _is_town(pieces.list.get(at, null_on_oob=True))), None)
        if city is None or share(pieces.list.len() > -city) < _MOST_COMMAS:
            continue
        towns = pieces.list.get(city, null_on_oob=True)
        if any(share(towns.is_in(each.values.implode())) > _MOST for each in task.sample.columns):
            continue
        sure = column.sure("address1") * _SURER_THAN_WHOLE
        for field, part in (("address1", 1), ("city", city)):
            if task.has(field):
                entry = {"from": column, "split": ", ", "part": part}
                yield Proposal(field, entry, (column,), sure * _OF_PIECES, (_CUT,), alone=False)


def _is_town(pieces: pl.Series) -> bool:
    """Whether the pieces are words without a number, and no counties."""
    there = pieces.drop_nulls()
    return share(there.str.contains(r"^\P{N}{2,}$") & ~there.str.contains(_COUNTY)) >= _MOST_COMMAS


_BOTH_IN_ONE: Final = "no other column has the city: what stands behind the post code is taken for it"
_OF_BOTH: Final = 0.75


def recognize_post_code_and_town(task: Task) -> Iterator[Proposal]:
    """`10115 Berlin`: a post code and its town in one cell, where no other column has the town."""
    if not task.has("city"):
        return
    for column in task.sample.columns:
        if any(each.sure("city") > _SOME for each in task.sample.columns if each is not column):
            continue
        if column.distinct and share_like(column, CODE_AND_TOWN) >= _MOST_COMMAS:
            entry = {"from": column, "extract": CODE_AND_TOWN}
            yield Proposal("city", entry, (column,), _OF_BOTH, (_BOTH_IN_ONE,), alone=False)
