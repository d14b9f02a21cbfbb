"""States of the United States: their codes, their names, and how else they are written."""

from __future__ import annotations

from typing import Final

#: Two-letter codes and names of states, territories and military "states".
#: Source: USPS Publication 28, appendix B.
STATES: Final = {
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
#: States as they were abbreviated before their codes, in capitals and without dots: "Calif.", "W. Va.".
#: Source: GPO Style Manual, chapter 9, and USPS, "State Abbreviations", whose list of 1963 replaced them.
OLD_ABBREVIATIONS: Final = {
    "ALA": "AL", "ARIZ": "AZ", "ARK": "AR", "CALIF": "CA", "COLO": "CO", "CONN": "CT", "DEL": "DE", "FLA": "FL",
    "ILL": "IL", "IND": "IN", "KANS": "KS", "KAN": "KS", "MASS": "MA", "MICH": "MI", "MINN": "MN", "MISS": "MS",
    "MONT": "MT", "NEBR": "NE", "NEB": "NE", "NEV": "NV", "N MEX": "NM", "N DAK": "ND", "OKLA": "OK", "OREG": "OR",
    "ORE": "OR", "PENN": "PA", "PENNA": "PA", "S DAK": "SD", "TENN": "TN", "TEX": "TX", "WASH": "WA", "W VA": "WV",
    "WIS": "WI", "WISC": "WI", "WYO": "WY",
}  # fmt: skip
_OTHER_NAMES: Final = {"WASHINGTON DC": "DC", "US VIRGIN ISLANDS": "VI", "MICRONESIA": "FM"}

#: The code of a state by all that it is written as: its code and its names, in capitals and without dots.
STATE_CODES: Final = {
    **{code: code for code in STATES},
    **{name.upper(): code for code, name in STATES.items()},
    **_OTHER_NAMES,
}
