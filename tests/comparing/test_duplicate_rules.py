"""Tests of leadingest.comparing.duplicate_rules: which leads each of them finds alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leadingest.comparing.duplicate_rules import RULES
from leadingest.tables.load_table import read_load_table

COLUMNS = read_load_table(Path(__file__).parents[2] / "ddl/lead_sources.yaml").columns
BY_NAME = {rule.name: rule for rule in RULES}


def values(rule: str, *leads: dict[str, Any]) -> list[str | None]:
    reads = {name: COLUMNS[name].type.dtype for name in BY_NAME[rule].reads}
    frame = pl.DataFrame(leads, schema={"lead_key": pl.String(), **reads})
    return frame.select(BY_NAME[rule].value(COLUMNS).alias("value"))["value"].to_list()


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
