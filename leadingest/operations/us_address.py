"""`us_address`: a part of a one-line US address."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

import polars as pl

from leadingest.expressions.distinct import on_distinct
from leadingest.operations.base import INVALID, Example, PartWord

_UNIT = {"OccupancyType", "OccupancyIdentifier", "SubaddressType", "SubaddressIdentifier", "BuildingName"}
_OWN = {"PlaceName": "city", "StateName": "state", "ZipCode": "zip", "ZipPlus4": "zip"}

Part = Literal["street", "unit", "line", "city", "state", "zip"]
_PARTS = pl.Struct(dict.fromkeys(get_args(Part), pl.String))


class UsAddress(PartWord):
    """Take one part of an address that stands on one line: street, unit, line (both), city, state or zip.

    The city need not be set off by a comma. Parts stay as they are written; one that is not there is blank.
    An address in which neither a street nor a city can be found is not recognised.
    """

    us_address: Part

    problem: ClassVar[str] = "is not an address that can be taken apart"
    examples: ClassVar = (
        Example(
            "{from: Address, us_address: street}",
            (("12 N. WILLOW ST., STE 4 RENO, NV 89501", "12 N. WILLOW ST."), ("none", INVALID)),
        ),
        Example("{from: Address, us_address: city}", (("12 N. WILLOW ST., STE 4 RENO, NV 89501", "RENO"),)),
    )

    def apart(self, value: pl.Expr) -> pl.Expr:
        return on_distinct(value, _parts, _PARTS)

    def part(self, parts: pl.Expr) -> pl.Expr:
        return parts.struct.field(self.us_address)


def _parts(text: str) -> dict[str, str] | None:
    """The parts of the address; None where it cannot be told what is what."""
    import usaddress

    words: dict[str, list[str]] = {}
    for word, label in usaddress.parse(text):
        part = _OWN.get(label) or ("unit" if label in _UNIT else "street")
        words.setdefault(part, []).append(word)
        if part in ("street", "unit"):
            words.setdefault("line", []).append(word)
    parts = {part: " ".join(found).strip(" ,") for part, found in words.items()}
    if not (parts.get("street") and parts.get("city")):
        return None
    return {part: parts.get(part, "") for part in get_args(Part)}
