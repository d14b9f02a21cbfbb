"""Tests of leadingest.engine.try_mapping."""

from __future__ import annotations

from datetime import date

import pytest

from leadingest.engine.try_mapping import Became, Mismatch, TriedTest, try_mapping
from leadingest.errors import DefinitionError
from tests.engine.trial import TODAY, mapping_of

FIELDS = """
where: "Kind IS NULL OR Kind <> 'Bar'"
fields:
  company: Name
  phone: [Phone, "Phone#"]
  capacity: {from: Cap, on_invalid: blank}
  license_issued: {from: Since, formats: ["%m/%d/%y"]}
  accepts_financial_aid: Aid
tests:
"""


def tried(test: str) -> TriedTest:
    """The one test, tried."""
    (found,) = try_mapping(mapping_of(FIELDS + test), today=TODAY)
    return found


@pytest.mark.parametrize(
    "test",
    [
        "- {record: {Name: Oak, Phone: 702 555 0143}, lead: {company: Oak, phone: '+17025550143'}}",
        "- {record: {Name: Oak, 'Phone#': 702 555 0143}, lead: {phone: '+17025550143'}}",
        "- {record: {Name: Oak, Since: 7/1/30, Aid: Y}, lead: {license_issued: 1930-07-01, accepts_financial_aid: true}}",
        "- {record: {Name: Oak}, lead: {phone: ''}}",
        "- {record: {Name: Oak, Cap: a few}, lead: {capacity: ''}, invalid: [capacity]}",
        "- {record: {Name: ''}, rejected: company}",
        "- {record: {Name: Oak, Kind: Bar}, filtered: true}",
    ],
)
def test_what_is_as_the_test_says_makes_no_difference(test: str) -> None:
    assert tried(test).differences == ()


@pytest.mark.parametrize(
    ("test", "difference"),
    [
        ("- {record: {Name: Oak}, lead: {company: Pine}}", Mismatch("lead", "Pine", "Oak", "company")),
        ("- {record: {Name: Oak}, lead: {phone: x}}", Mismatch("lead", "x", "", "phone")),
        (
            "- {record: {Name: Oak}, rejected: company}",
            Mismatch("record", "rejected for company", "a lead"),
        ),
        ("- {record: {Name: ''}, lead: {}}", Mismatch("record", "a lead", "rejected for company")),
        ("- {record: {Name: Oak, Kind: Bar}, lead: {}}", Mismatch("record", "a lead", "filtered")),
        ("- {record: {Name: Oak}, filtered: true}", Mismatch("record", "filtered", "a lead")),
        ("- {record: {Name: Oak, Cap: a few}, lead: {}}", Mismatch("invalid", "", "capacity")),
        ("- {record: {Name: Oak}, lead: {}, invalid: [phone]}", Mismatch("invalid", "phone", "")),
    ],
)
def test_a_difference_tells_what_is_expected_and_what_came_out(test: str, difference: Mismatch) -> None:
    found = tried(test)
    assert found.differences == (difference,)
    assert str(found.position.line) == "12"


def test_what_came_out_is_told_whole() -> None:
    assert tried("- {record: {Name: Oak, Cap: a few, Aid: Y}, lead: {}}").became == Became(
        "lead", lead={"company": "Oak", "accepts_financial_aid": "true"}, invalid=("capacity",)
    )
    assert tried("- {record: {Name: ''}, lead: {}}").became == Became("rejected", "company")


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("- {record: {Name: Oak}}", "must have exactly one of lead, rejected and filtered"),
        ("- {record: {Name: Oak}, lead: {compny: Oak}}", "has no field 'compny'; did you mean 'company'?"),
        ("- {record: {Name: Oak}, laed: {}}", "laed is not a known key; did you mean 'lead'?"),
        ("{record: {Name: Oak}}", "tests must be a list of records"),
    ],
)
def test_a_test_that_makes_no_sense_is_refused(test: str, message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        try_mapping(mapping_of(FIELDS + f"  {test}"), today=date(2026, 1, 1))
    assert message in str(error.value)
