"""Tests of leadingest.comparing.duplicate_rules: which leads each of them finds alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leadingest.comparing.duplicate_rules import RULES, Columns, fitting
from leadingest.tables.load_table import read_load_table

DDL = Path(__file__).parents[2] / "ddl"
COLUMNS = read_load_table(DDL / "lead_sources.yaml").columns
ABROAD = read_load_table(DDL / "leads_international.yaml").columns


def values(rule: str, *leads: dict[str, Any], columns: Columns = COLUMNS) -> list[str | None]:
    (found,) = (each for each in fitting(RULES, columns) if each.name == rule)
    reads = {name: columns[name].type.dtype for name in found.reads}
    frame = pl.DataFrame(leads, schema={"lead_key": pl.String(), **reads})
    return frame.select(found.value(columns).alias("value"))["value"].to_list()


def test_every_rule_applies_to_lists_of_any_country() -> None:
    assert [each.name for each in fitting(RULES, ABROAD)] == [each.name for each in fitting(RULES, COLUMNS)]
    paris = {"address1": "12 rue Monge", "address2": None, "postal_code": "75005", "country": "FR"}
    address = values(
        "same_address",
        paris,
        {**paris, "address1": "12, Rue Monge"},
        {**paris, "country": "BE"},
        columns=ABROAD,
    )
    assert address[0] == address[1] != address[2]
    number = {"license_number": "17", "country": "AU", "subdivision": "AU-NSW"}
    licenses = values(
        "same_license",
        number,
        {**number, "subdivision": "AU-VIC"},
        {**number, "subdivision": None},
        columns=ABROAD,
    )
    assert None not in licenses
    assert len(set(licenses)) == len(licenses)


@pytest.mark.parametrize(
    ("rule", "leads"),
    [
        ("same_key", [{"lead_key": "phone=+17022003000"}, {"lead_key": "phone=+17022003000"}]),
        ("same_phone", [{"phone": "+17022003000"}, {"phone": "+17022003000 x12"}]),
        (
            "same_address",
            [
                {"address1": "12 North Oak Street", "address2": "Suite 4", "zip": "89501"},
                {"address1": "12 N. OAK ST.", "address2": "#4", "zip": "89501-1234"},
                {"address1": "12 N Oak St Ste 4", "address2": None, "zip": "89501"},
            ],
        ),
        (
            "same_license",
            [{"license_number": "CCC-17", "state": "NV"}, {"license_number": "ccc 17", "state": "NV"}],
        ),
    ],
)
def test_leads_that_are_alike_have_one_value(rule: str, leads: list[dict[str, Any]]) -> None:
    found = set(values(rule, *leads))
    assert len(found) == 1
    assert None not in found


@pytest.mark.parametrize(
    ("rule", "leads"),
    [
        ("same_key", [{"lead_key": "phone=+17022003000"}, {"lead_key": "phone=+17022003001"}]),
        ("same_phone", [{"phone": "+17022003000"}, {"phone": "+17022003001"}]),
        (
            "same_address",
            [
                {"address1": "12 Oak St", "address2": None, "zip": "89501"},
                {"address1": "12 Oak St", "address2": None, "zip": "89502"},
                {"address1": "12 Oak St", "address2": "4", "zip": "89501"},
            ],
        ),
        (
            "same_license",
            [
                {"license_number": "17", "state": "NV"},
                {"license_number": "17", "state": "UT"},
                {"license_number": "017", "state": "NV"},
            ],
        ),
    ],
)
def test_leads_that_differ_have_values_of_their_own(rule: str, leads: list[dict[str, Any]]) -> None:
    assert len(set(values(rule, *leads))) == len(leads)


@pytest.mark.parametrize(
    ("rule", "lead"),
    [
        ("same_phone", {"phone": None}),
        ("same_address", {"address1": None, "address2": "Suite 4", "zip": "89501"}),
        ("same_address", {"address1": "12 Oak St", "address2": None, "zip": None}),
        ("same_license", {"license_number": "17", "state": None}),
        ("same_license", {"license_number": None, "state": "NV"}),
    ],
)
def test_a_lead_that_lacks_something_is_like_no_other(rule: str, lead: dict[str, Any]) -> None:
    assert values(rule, lead) == [None]
