"""Records of the shape of source1, the child-care licenses of Nevada."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.benchmarks.made_up.dice import Dice
from tests.benchmarks.made_up.odd import odd_dates, odd_names, odd_phones, odd_words, second_records
from tests.benchmarks.made_up.words import COUNTIES, firm, joined, person, phone, street, zip_code

_TYPES = {
    "CENTER": 54,
    "CENTER (PROVISIONAL)": 9,
    "GROUP CARE": 12,
    "FAMILY CARE": 10,
    "FAMILY CARE (PROVISIONAL)": 4,
    "ACCOMMODATION": 8,
    "PERMITS": 3,
}
_STATUSES = {"Active": 94, "Inactive": 2, "Closed": 2, "Pending": 1, "Suspended": 1}
_ROLES = {"Director": 50, "Owner": 30, "Person in Charge": 12, "Other": 8}
_FORM = "%-m/%-d/%y"
#: Cities of Nevada: an address without a comma before its city is told apart by them.
_CITIES = {
    "LAS VEGAS": 40,
    "RENO": 18,
    "HENDERSON": 12,
    "NORTH LAS VEGAS": 10,
    "SPARKS": 8,
    "CARSON CITY": 5,
    "ELKO": 3,
    "FERNLEY": 2,
    "MINDEN": 1,
    "WINNEMUCCA": 1,
}


def records(dice: Dice) -> pl.DataFrame:
    """A batch of records under the headers of the delivery."""
    town = dice.weigh(_CITIES)
    drawn = pl.DataFrame(
        {
            "Name": odd_names(firm(dice).str.to_uppercase(), dice),
            "Credential Type": odd_words(dice.weigh(_TYPES), dice),
            "Credential Number": joined(dice.record_number(900_000), "-", dice.number(15, 25)),
            "Status": odd_words(dice.weigh(_STATUSES), dice),
            "Expiration Date": odd_dates(dice.day(date(2025, 1, 1), date(2027, 12, 31), _FORM), dice),
            "Disciplinary Action": dice.weigh({"N": 99, "Y": 1}),
            "Address": joined(street(dice, units=False), " ", town, ", NV ", zip_code(dice, 88901, 89883)),
            "State": pl.repeat("NV", dice.height, eager=True),
            "County": dice.pick(COUNTIES[:17]),
            "Phone": odd_phones(phone(dice), dice),
            "First Issue Date": odd_dates(dice.day(date(1988, 1, 1), date(2025, 12, 31), _FORM), dice),
            "Primary Contact Name": _contact(dice),
            "Primary Contact Role": dice.weigh(_ROLES),
        }
    )
    return second_records(drawn, dice, place=["Address", "Phone"])


def _contact(dice: Dice) -> pl.Series:
    """One person, or two in one cell."""
    one, other = person(dice).str.to_uppercase(), person(dice).str.to_uppercase()
    first, last = (one.str.split(" ").list.get(part) for part in (0, 1))
    its_first, its_last = (other.str.split(" ").list.get(part) for part in (0, 1))
    two = joined(first, " & ", its_first, " ", last, " & ", its_last)
    return one.zip_with(dice.chance(0.8), two)
