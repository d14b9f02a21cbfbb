"""Tests of leadingest.engine.try_mapping."""

from __future__ import annotations

from datetime import date

import pytest

from leadingest.engine.try_mapping import try_mapping
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


def differences(test: str) -> list[str]:
    return [str(each) for each in try_mapping(mapping_of(FIELDS + test), today=TODAY)]


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
    assert differences(test) == []


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("- {record: {Name: Oak}, lead: {company: Pine}}", "company is 'Oak', not 'Pine'"),
        (
            "- {about: a name, record: {Name: Oak}, rejected: company}",
            "a name: the record is a lead, not rejected for company",
        ),
        ("- {record: {Name: ''}, lead: {}}", "the record is rejected for company, not a lead"),
        ("- {record: {Name: Oak, Kind: Bar}, lead: {}}", "the record is filtered, not a lead"),
        (
            "- {record: {Name: Oak, Cap: a few}, lead: {}}",
            "capacity cannot be read, which the test does not say",
        ),
        (
            "- {record: {Name: Oak}, lead: {}, invalid: [phone]}",
            "phone can be read, and the test says it cannot",
        ),
    ],
)
def test_a_difference_is_told_with_its_place(test: str, said: str) -> None:
    (found,) = differences(test)
    assert found == f"trial.yaml:12:3: {said}"


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("- {record: {Name: Oak}}", "must say one thing of the record: lead, rejected or filtered"),
        ("- {record: {Name: Oak}, lead: {compny: Oak}}", "has no field 'compny'; did you mean 'company'?"),
        ("- {record: {Name: Oak}, laed: {}}", "laed is not known here; did you mean 'lead'?"),
        ("{record: {Name: Oak}}", "tests must be a list of records"),
    ],
)
def test_a_test_that_makes_no_sense_is_refused(test: str, said: str) -> None:
    with pytest.raises(DefinitionError) as error:
        try_mapping(mapping_of(FIELDS + f"  {test}"), today=date(2026, 1, 1))
    assert said in str(error.value)
