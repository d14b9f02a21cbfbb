"""Tests of leadingest.engine.unique_values."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.engine.transform import Transform
from tests.engine.trial import TODAY, Record, frame_of, mapping_of, run

TWO = """\
fields:
  company: {from: Name, required: true}
  license_number: {from: L, unique: true, on_invalid: reject}
  provider_id: {from: P, unique: true, on_invalid: reject}
where: "K <> 'no' OR K IS NULL"
"""
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "Name": st.sampled_from(["Oak", "Oak", ""]),
            "L": st.sampled_from(["", "1", "2", "3"]),
            "P": st.sampled_from(["", "1", "2", "3"]),
            "K": st.sampled_from(["", "", "no"]),
        }
    ),
    min_size=1,
    max_size=12,
)


def test_the_first_of_equal_values_stays_also_across_batches() -> None:
    numbers = [{"L": number} for number in ("a", "b", "a", "", "", "b", "c")]
    trial = run("fields:\n  license_number: {from: L, unique: true}", *numbers, batch=5)
    assert [lead["license_number"] for lead in trial.leads] == ["a", "b", None, None, None, None, "c"]
    assert [(each["record_number"], each["rule"]) for each in trial.invalid_values] == [
        (3, "unique"),
        (6, "unique"),
    ]


def test_values_that_were_there_before_are_seen() -> None:
    transform = Transform(
        mapping_of("fields:\n  license_number: {from: L, unique: true}"), ["L"], today=TODAY
    )
    transform.has_seen({"license_number": pl.Series(["a"])})
    records = frame_of([{"L": "a"}, {"L": "b"}], ["L"])
    assert transform.batch(records, numbers=[1, 2], lines=[2, 3]).leads["license_number"].to_list() == [
        None,
        "b",
    ]


@pytest.mark.parametrize("no_lead", [{"Name": "", "K": ""}, {"Name": "Oak", "K": "no"}])
def test_a_record_that_is_no_lead_takes_no_value_from_another(no_lead: Record) -> None:
    trial = run(TWO, {**no_lead, "L": "1", "P": "1"}, {"Name": "Oak", "L": "1", "P": "1", "K": ""})
    assert [(lead["record_number"], lead["license_number"]) for lead in trial.leads] == [(2, "1")]


@given(records=RECORDS, batch=st.integers(1, 5))
def test_a_record_is_a_lead_if_no_lead_before_it_has_one_of_its_values(
    records: list[Record], batch: int
) -> None:
    leads: list[int] = []
    taken: dict[str, set[str]] = {"L": set(), "P": set()}
    for number, record in enumerate(records, start=1):
        own = {(header, record[header]) for header in taken if record[header]}
        if (
            record["Name"]
            and record["K"] != "no"
            and not any(value in taken[header] for header, value in own)
        ):
            leads.append(number)
            for header, value in own:
                taken[header].add(value)
    assert [lead["record_number"] for lead in run(TWO, *records, batch=batch).leads] == leads
