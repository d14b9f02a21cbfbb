"""`us_address`: a part of a one-line US address."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, Literal

import polars as pl

from leadingest.expressions.distinct import on_distinct
from leadingest.operations.base import INVALID, Example, RecognisingWord

_UNIT = {"OccupancyType", "OccupancyIdentifier", "SubaddressType", "SubaddressIdentifier", "BuildingName"}
_OWN = {"PlaceName": "city", "StateName": "state", "ZipCode": "zip", "ZipPlus4": "zip"}


class UsAddress(RecognisingWord):
    """Take one part of an address that stands on one line: street, unit, line (both), city, state or zip.

    The city need not be set off by a comma. Parts stay as they are written; one that is not there is blank.
    An address in which neither a street nor a city can be found is not recognised.
    """

    us_address: Literal["street", "unit", "line", "city", "state", "zip"]

    problem: ClassVar[str] = "is not an address that can be taken apart"
    examples: ClassVar = (
        Example(
            "{from: Address, us_address: street}",
            (("12 N. WILLOW ST., STE 4 RENO, NV 89501", "12 N. WILLOW ST."), ("none", INVALID)),
        ),
        Example("{from: Address, us_address: city}", (("12 N. WILLOW ST., STE 4 RENO, NV 89501", "RENO"),)),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        part = self.us_address
        return on_distinct(value, lambda text: _parts(text).get(part, "") if _parts(text) else None)


@lru_cache(maxsize=200_000)
def _parts(text: str) -> dict[str, str]:
    """The parts of the address; none where it cannot be told what is what."""
    import usaddress

    words: dict[str, list[str]] = {}
    for word, label in usaddress.parse(text):
        part = _OWN.get(label) or ("unit" if label in _UNIT else "street")
        words.setdefault(part, []).append(word)
        if part in ("street", "unit"):
            words.setdefault("line", []).append(word)
    parts = {part: " ".join(found).strip(" ,") for part, found in words.items()}
    return parts if parts.get("street") and parts.get("city") else {}
