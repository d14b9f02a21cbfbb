"""Records of the shape of source2, the child-care locator of Oklahoma."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.benchmarks.made_up.dice import Dice
from tests.benchmarks.made_up.odd import (
    odd_emails,
    odd_names,
    odd_numbers,
    odd_phones,
    odd_words,
    second_records,
)
from tests.benchmarks.made_up.words import (
    FIRST_NAMES,
    SHOUTED,
    TOWNS,
    email,
    firm,
    joined,
    person,
    phone,
    street,
    zip_code,
)

_AGES = (
    "Infants (0-11 months)",
    "Toddlers (12-23 months; 1yr.)",
    "Preschool (24-48 months; 2-4 yrs.)",
    "School-age (5 years-older)",
)
_WEEK = ("Mon", "Tues", "Wed", "Thurs", "Friday")
_WEEKEND = ("Saturday", "Sunday")


def records(dice: Dice) -> pl.DataFrame:
    """A batch of records under the headers of the delivery."""
    at_home = dice.chance(0.6)
    kind = _either(at_home, "CHILD CARE FAMILY - K82", "CHILD CARE CENTER - K83")
    subsidy = _either(dice.chance(0.6), "Accepts Subsidy", "")
    hours = joined(dice.number(5, 8), ":", dice.pick(["00", "30"]), "AM - ", dice.number(4, 7), ":30PM")
    shift = _either(dice.chance(0.1), hours, "CLOSED")
    drawn = pl.DataFrame(
        {
            "Type License": odd_words(joined(kind, dice.record_number(10_000_000)), dice),
            "Company": odd_names(_company(dice, at_home), dice),
            "Accepts Subsidy": subsidy,
            "Year Round": _either(dice.chance(0.9), "Year Round", ""),
            "Daytime Hours": pl.repeat("Daytime Hours", dice.height, eager=True),
            "Star Level": joined(dice.number(1, 5), " Star Level Program"),
            **dict.fromkeys(_WEEK, hours),
            **dict.fromkeys(_WEEKEND, shift),
            "Primary Caregiver": joined(person(dice), "\n \n ", dice.pick(["Primary Caregiver", "Director"])),
            "Phone": odd_phones(phone(dice, form="({}) {}-{}"), dice),
            "Email": odd_emails(email(dice), dice),
            "Address1": street(dice),
            "Address2": pl.repeat("", dice.height, eager=True),
            "City": dice.pick(TOWNS),
            "State": pl.repeat("OK", dice.height, eager=True),
            "Zip": zip_code(dice, 73001, 74966),
            "Subsidy Contract Number": joined("Subsidy Contract Number: ", dice.number(10_000, 99_999)),
            "Total Cap": odd_numbers(dice.number(5, 140), dice),
            **_ages(dice),
            "License Monitoring Since": joined(
                "Monitoring since ", dice.day(date(1995, 1, 1), date(2025, 12, 31), "%Y-%m-%d")
            ),
            "School Year Only": subsidy,
            "Evening Hours": _either(dice.chance(0.6), "Daytime Hours", ""),
        }
    )
    return second_records(drawn, dice, place=["Address1", "City", "Zip", "Phone"])


def _company(dice: Dice, at_home: pl.Series) -> pl.Series:
    """`LAST, FIRST DBA TRADE NAME` for a home, the name of the firm for a center."""
    firms = firm(dice).str.to_uppercase()
    holder = joined(dice.pick(SHOUTED), ", ", dice.pick(FIRST_NAMES).str.to_uppercase())
    home = joined(holder, " DBA ", firms).zip_with(dice.chance(0.5), holder)
    return _either(at_home, home, firms)


def _ages(dice: Dice) -> dict[str, pl.Series]:
    """One to four neighboring groups, from the first column on."""
    first = dice.weigh({"0": 82, "1": 11, "2": 7}).cast(pl.Int64)
    last = dice.weigh({"2": 30, "3": 70}).cast(pl.Int64)
    groups = pl.Series([*_AGES, *[""] * len(_AGES)])
    columns = ("Ages Accepted 1", "AA2", "AA3", "AA4")
    return {
        name: _either(first + place <= last, groups[first + place], "") for place, name in enumerate(columns)
    }


def _either(which: pl.Series, one: pl.Series | str, other: pl.Series | str) -> pl.Series:
    return pl.select(pl.when(pl.lit(which)).then(pl.lit(one)).otherwise(pl.lit(other))).to_series()
