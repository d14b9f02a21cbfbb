"""An error of a spreadsheet program is an invalid value, whatever reads its cell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.expressions.error_cells import ERRORS
from tests.engine.trial import run

CELLS = {"Name": "Acme", "More": "Child Care", "City": "Reno"}
ENTRIES = {
    "a cell": "Name",
    "a word": "{from: Name, case: upper}",
    "a join": "{join: [Name, More]}",
    "an expression": "{sql: 'UPPER(Name)'}",
    "a let value": "{from: name}",
    "a condition": "{from: More, when: \"Name <> 'x'\"}",
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@given(error=st.sampled_from(ERRORS))
def test_no_lead_is_made_of_an_error(entry: str, error: str) -> None:
    mapping = f"let:\n  name: {{from: Name}}\nfields:\n  licensee_name: {entry}\n  city: City\n"
    trial = run(mapping, CELLS, {**CELLS, "Name": error}, {**CELLS, "Name": f"{error} Inc"})
    sound, lead, like_one = (each["licensee_name"] for each in trial.leads)
    assert (sound, lead) == (sound or "", None)
    assert like_one
    [invalid] = trial.invalid_values
    assert (invalid["record_number"], invalid["field"], invalid["rule"]) == (2, "licensee_name", "error_cell")
    assert error in invalid["raw_value"].replace("\\/", "/")


def told(
    entry: str, *records: dict[str, str], nulls: str = "['']"
) -> tuple[list[Any], list[tuple[Any, ...]]]:
    trial = run(
        f"source: trial\ndelivery: {{match: '*.csv', nulls: {nulls}}}\nfields:\n  licensee_name: {entry}\n",
        *records,
    )
    faults = [(each["header"], each["rule"], each["raw_value"]) for each in trial.invalid_values]
    return [lead["licensee_name"] for lead in trial.leads], faults


def test_an_error_that_the_mapping_calls_a_null_is_blank() -> None:
    assert told("Name", {"Name": "#N/A"}, nulls="['', '#N/A']") == ([None], [])


def test_the_next_part_stands_in_for_an_error() -> None:
    record = {"Name": "#REF!", "More": "Child Care"}
    assert told("{first_of: [Name, More]}", record) == (["Child Care"], [])
    assert told("{first_of: [Name, More]}", {**record, "More": ""}) == (
        [None],
        [("Name", "error_cell", "#REF!")],
    )


def test_a_record_whose_required_field_is_an_error_is_rejected() -> None:
    trial = run("fields:\n  company: Name\n", {"Name": "#REF!"}, {"Name": "Acme"})
    [reject] = trial.rejects
    assert (reject["field"], reject["rule"]) == ("company", "error_cell")
    assert reject["message"] == "Name is an error of a spreadsheet program"
    assert [lead["company"] for lead in trial.leads] == ["Acme"]


def test_a_record_that_where_cannot_be_told_of_is_kept_and_told() -> None:
    trial = run("where: State = 'NV'\nfields:\n  city: City\n", {"State": "#N/A", "City": "Reno"})
    assert [lead["city"] for lead in trial.leads] == ["Reno"]
    assert [(each["field"], each["rule"]) for each in trial.invalid_values] == [("where", "error_cell")]


def test_the_second_of_two_equal_values_is_told_beside_an_error() -> None:
    cells = [
        {"Number": number, "City": city} for number, city in (("7", "#N/A"), ("7", "Reno"), ("7", "Elko"))
    ]
    trial = run("fields:\n  license_number: {from: Number, unique: true}\n  city: City\n", *cells, batch=1)
    rules = [(each["record_number"], each["rule"]) for each in trial.invalid_values]
    assert rules == [(1, "error_cell"), (2, "unique"), (3, "unique")]
