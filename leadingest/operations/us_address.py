"""`us_address`: a part of a one-line US address."""

from __future__ import annotations

from dataclasses import asdict
from typing import ClassVar, Literal, get_args

import polars as pl

from leadingest.expressions import on_distinct, usually
from leadingest.operations.base import INVALID, Example, PartOperation

Part = Literal["street", "unit", "line", "city", "state", "zip"]
_PARTS = pl.Struct(dict.fromkeys(get_args(Part), pl.String))


class UsAddress(PartOperation):
    """Take one part of an address in a single cell: street, unit, line (both), city, state or zip.

    Commas, semicolons and line breaks separate the parts: the part before state and ZIP code is the city, which may
    also follow without a separator. Parts are kept as written, but a state becomes its code; a missing part is blank.
    A label at the start such as "Mailing Address:", the country at the end, and "Attn" or "c/o" with a name are left
    out. A cell with anything else left over, with a part found twice, or with neither street nor city is not
    recognized, so that no part can be wrong.
    """

    us_address: Part

    problem: ClassVar[str] = "is not an address that can be taken apart"
    examples: ClassVar = (
        Example(
            "{from: Address, us_address: street}",
            (
                ("12 N. WILLOW ST., STE 4 RENO, NV 89501", "12 N. WILLOW ST."),
                ("Highway 50, Fallon, NV 89406", "Highway 50"),
                ("Reno, NV 89501", None),
                ("12 Elm St, Oak Child Care, Reno, NV 89501", INVALID),
                ("12 Elm St, 45 Oak St, Reno, NV 89501", INVALID),
                ("Various locations, NV", INVALID),
                ("12 Elm St, Reno, NV 89501 (775) 555-0143", INVALID),
                ("none", INVALID),
            ),
        ),
        Example(
            "{from: Address, us_address: city}",
            (
                ("12 N. WILLOW ST., STE 4 RENO, NV 89501", "RENO"),
                ("12 South Elm, Cape Girardeau, MO 63701", "Cape Girardeau"),
                ("12 Elm St STE 4", None),
            ),
        ),
        Example(
            "{from: Address, us_address: state}",
            (("12 Elm St, Reno, Nevada 89501, United States", "NV"),),
        ),
    )

    def apart(self, value: pl.Expr) -> pl.Expr:
        from leadingest.addresses.plain_address import plain_address

        return usually(value, plain_address, _by_words, _PARTS)

    def part(self, parts: pl.Expr) -> pl.Expr:
        return parts.struct.field(self.us_address)


# To take an address apart word by word takes many times as long as `plain_address`.
def _by_words(text: pl.Expr) -> pl.Expr:
    from leadingest.addresses.one_line_address import take_apart

    return on_distinct(text, lambda cell: asdict(address) if (address := take_apart(cell)) else None, _PARTS)
