"""`us_state`: a state of the United States."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from leadingest.expressions.usually import usually
from leadingest.tables.types.base import ColumnType, Storage, TypeExample

#: Two-letter codes and names of states, territories and military "states".
#: Source: USPS Publication 28, appendix B.
STATES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AS": "American Samoa",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FM": "Federated States of Micronesia",
    "FL": "Florida",
    "GA": "Georgia",
    "GU": "Guam",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MH": "Marshall Islands",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "MP": "Northern Mariana Islands",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PW": "Palau",
    "PA": "Pennsylvania",
    "PR": "Puerto Rico",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "VI": "Virgin Islands",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "AA": "Armed Forces Americas",
    "AE": "Armed Forces Europe",
    "AP": "Armed Forces Pacific",
}
_OTHER_NAMES = {"WASHINGTON DC": "DC", "US VIRGIN ISLANDS": "VI", "MICRONESIA": "FM"}
_CODES = (
    {code: code for code in STATES} | {name.upper(): code for code, name in STATES.items()} | _OTHER_NAMES
)


class UsState(ColumnType):
    """A state, the District of Columbia, a territory or a military mail region. Stored as its two-letter code.

    Codes and full names are understood in any case, with or without dots.
    """

    name: ClassVar[str] = "us_state"
    problem: ClassVar[str] = "not a state"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("nv", "NV"),
        TypeExample("New  york", "NY"),
        TypeExample("D.C.", "DC"),
        TypeExample("Puerto Rico", "PR"),
        TypeExample("Nevadaa", None),
    )

    @property
    def storage(self) -> Storage:
        return Storage("text", length=2)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, _as_it_is, _spelt_otherwise)


def _as_it_is(text: pl.Expr) -> pl.Expr:
    return pl.when(text.is_in(list(STATES))).then(text)


def _spelt_otherwise(text: pl.Expr) -> pl.Expr:
    name = text.str.to_uppercase().str.replace_all(".", "", literal=True).str.replace_all(r"\s+", " ")
    return name.str.strip_chars().replace_strict(_CODES, default=None, return_dtype=pl.String)
