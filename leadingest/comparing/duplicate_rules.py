"""The rules by which leads may be one. `RULES` registers them; of two with one name that which fits the load table applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.tables.column import Column
from leadingest.tables.comparison_forms import fold_street

#: The lead fields of a load table by name.
Columns = Mapping[str, Column]


@dataclass(frozen=True)
class DuplicateRule:
    """Leads for which `value` is the same text may be one; where it is null a lead has nothing to compare."""

    name: str
    #: Ends the sentence "leads with ...".
    about: str
    #: The fields that it reads; it does not apply to a load table that lacks one.
    reads: tuple[str, ...]
    value: Callable[[Columns], pl.Expr]


def folded(columns: Columns, name: str) -> pl.Expr:
    """The field in the form in which its type is compared."""
    return columns[name].type.comparable(pl.col(name))


#: Not a guess, as the others are: it tells what the view makes of these leads.
same_key = DuplicateRule("same_key", "the same lead_key", (), lambda _: pl.col("lead_key"))


def _phone(columns: Columns) -> pl.Expr:
    return folded(columns, "phone").str.split_exact(" x", 1).struct.field("field_0")


#: Extensions are behind one number, so they do not count.
same_phone = DuplicateRule("same_phone", "the same phone number, extensions aside", ("phone",), _phone)


def _street(columns: Columns) -> pl.Expr:
    unit = pl.concat_str(pl.lit(" "), folded(columns, "address2")).fill_null("")
    return fold_street(pl.concat_str(folded(columns, "address1"), unit))


def _address(columns: Columns) -> pl.Expr:
    return pl.concat_str(_street(columns), pl.lit(", "), folded(columns, "zip"))


def _address_abroad(columns: Columns) -> pl.Expr:
    place = pl.concat_str(pl.col("country"), pl.lit(" "), folded(columns, "postal_code"))
    return pl.concat_str(_street(columns), pl.lit(", "), place)


#: Addresses are compared as in the lead_key: NORTH OAK STREET, SUITE 4 is N. Oak St. #4.
same_address = DuplicateRule(
    "same_address", "the same street address in one ZIP code", ("address1", "address2", "zip"), _address
)


#: Its name in load tables of other countries, too: who asks for it need not know which table it is.
_same_address_abroad = DuplicateRule(
    "same_address",
    "the same street address in one postal code",
    ("address1", "address2", "postal_code", "country"),
    _address_abroad,
)


def _license(columns: Columns) -> pl.Expr:
    return pl.concat_str(pl.col("state"), pl.lit(" "), folded(columns, "license_number"))


same_license = DuplicateRule(
    "same_license", "the same license number in one state", ("license_number", "state"), _license
)


def _license_abroad(columns: Columns) -> pl.Expr:
    place = pl.concat_str(pl.col("country"), pl.lit(" "), pl.col("subdivision").fill_null(""), pl.lit(" "))
    return pl.concat_str(place, folded(columns, "license_number"))


#: Agencies of a country count for themselves: where leads tell their subdivisions, these differ.
_same_license_abroad = DuplicateRule(
    "same_license",
    "the same license number in one country and subdivision",
    ("license_number", "country", "subdivision"),
    _license_abroad,
)

RULES: Final[tuple[DuplicateRule, ...]] = (
    same_key,
    same_phone,
    same_address,
    _same_address_abroad,
    same_license,
    _same_license_abroad,
)


def fitting(rules: Sequence[DuplicateRule], columns: Columns) -> list[DuplicateRule]:
    """Those whose fields the load table has: of each name the first."""
    there: dict[str, DuplicateRule] = {}
    for rule in rules:
        if set(rule.reads) <= columns.keys():
            there.setdefault(rule.name, rule)
    return list(there.values())
