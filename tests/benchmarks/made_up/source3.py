"""Records of the shape of source3, the child-care operations of Texas."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.benchmarks.made_up.dice import Dice
from tests.benchmarks.made_up.odd import (
    odd_dates,
    odd_emails,
    odd_names,
    odd_numbers,
    odd_phones,
    odd_words,
    second_records,
)
from tests.benchmarks.made_up.words import COUNTIES, TOWNS, email, firm, phone, street, zip_code

_TYPES = {
    "Licensed Center - Child Care Program": 70,
    "Licensed Center - School Age Program": 8,
    "Licensed Center - Before/After School Program": 2,
    "Licensed Child-Care Home": 12,
    "Registered Child-Care Home": 7,
    "Small Employer Based Child Care": 1,
}
_STATUSES = {"Full Permit": 74, "Registered": 19, "Initial": 4, "Renewed Initial": 1, "Certified": 1, "": 1}
#: Infant, Toddler, Preschool, School.
_AGES = {"YYYY": 72, "NYYY": 14, "NNYY": 4, "NNNY": 6, "YYYN": 3, "NNNN": 1}


def records(dice: Dice) -> pl.DataFrame:
    """A batch of records under the headers of the delivery."""
    ages = dice.weigh(_AGES)
    drawn = pl.DataFrame(
        {
            "Operation": dice.record_number(90_000_000).cast(pl.String),
            "Agency Number": pl.repeat("", dice.height, eager=True),
            "Operation Name": odd_names(firm(dice), dice),
            "Address": street(dice),
            "City": dice.pick(TOWNS),
            "State": pl.repeat("TX", dice.height, eager=True),
            "Zip": zip_code(dice, 75001, 79999),
            "County": dice.pick(COUNTIES),
            "Phone": odd_phones(phone(dice), dice),
            "Type": odd_words(dice.weigh(_TYPES), dice),
            "Status": odd_words(dice.weigh(_STATUSES), dice),
            "Issue Date": odd_dates(dice.day(date(1985, 1, 1), date(2025, 12, 31), "%-m/%-d/%y"), dice),
            "Capacity": odd_numbers(dice.number(3, 300), dice),
            "Email Address": odd_emails(email(dice), dice).zip_with(
                dice.chance(0.75), pl.repeat("", dice.height, eager=True)
            ),
            "Facility ID": dice.number(100_000, 99_999_999).cast(pl.String),
            "Monitoring Frequency": pl.repeat("", dice.height, eager=True),
            **{
                name: ages.str.slice(place, 1)
                for place, name in enumerate(["Infant", "Toddler", "Preschool", "School"])
            },
        }
    )
    return second_records(drawn, dice, place=["Address", "City", "Zip", "Phone"])
