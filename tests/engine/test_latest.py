"""Tests of leadingest.engine.latest."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.engine.latest import superseded
from leadingest.engine.transform import Transform
from leadingest.tables import rows_by_key
from tests.engine.trial import TODAY, mapping_of
from tests.searched import examples

MAPPING = mapping_of("""\
where: "Kind <> 'Bar'"
let:
  year: {from: Year, type: integer}
keep: {latest: [year, license_issued], per: [license_number, state]}
fields:
  license_number: {from: License, unique: true}
  license_issued: {from: Issued, formats: ["%Y-%m-%d"]}
  state: State
  phone: {from: Phone, on_invalid: reject}
""")
HEADERS = ("License", "State", "Year", "Issued", "Kind", "Phone")
RECORD = st.tuples(
    *(st.sampled_from(cells) for cells in (["A", "B", ""], ["NV", "UT", "XX"], ["9", "10", "x", ""])),
    st.sampled_from(["2026-01-01", "2025-12-31", "", "soon"]),
    st.sampled_from(["Home", "Bar", ""]),
    st.sampled_from(["702-555-0101", "none"]),
)
Row = tuple[str, ...]


def one_by_one(rows: list[Row]) -> list[int]:
    """The numbers of the superseded records, found by hand."""
    best: dict[tuple[str, str], tuple[Any, ...]] = {}
    compared = []
    for number, (license_number, state, year, issued, kind, _) in enumerate(rows, 1):
        if kind != "Home" or not license_number or state == "XX":
            continue
        key = (license_number, state)
        compared.append(number)
        order = (int(year) if year.isdigit() else -1, issued if issued[:1] == "2" else "", number)
        best[key] = max(best.get(key, ()), order)
    return sorted({*compared} - {order[-1] for order in best.values()})


def frame_of(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(map(str, range(len(HEADERS))), pl.String), orient="row")


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(RECORD, max_size=30), st.integers(1, 31), st.sampled_from([3, 500]))
def test_of_each_key_the_latest_is_kept_however_a_file_is_cut_and_whatever_fits_into_memory(
    rows: list[Row], size: int, fit: int
) -> None:
    batches = [
        (frame_of(rows[at : at + size]), range(at + 1, min(at + size, len(rows)) + 1))
        for at in range(0, len(rows), size)
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rows_by_key, "IN_MEMORY", fit)
        assert superseded(MAPPING, HEADERS, batches, today=TODAY).to_list() == one_by_one(rows)


def test_the_others_are_filtered_whatever_becomes_of_the_latest() -> None:
    rows: list[Row] = [
        ("A", "NV", "2024", "", "Home", "702-555-0101"),
        ("A", "NV", "2026", "", "Home", "none"),
        ("B", "NV", "2025", "", "Home", "702-555-0102"),
        ("B", "NV", "2026", "", "Bar", "702-555-0103"),
    ]
    transform = Transform(MAPPING, HEADERS, today=TODAY)
    transform.superseded = superseded(MAPPING, HEADERS, [(frame_of(rows), [1, 2, 5, 9])], today=TODAY)
    mapped = transform.batch(frame_of(rows), numbers=[1, 2, 5, 9], lines=[2, 3, 6, 10])
    assert mapped.leads["record_number"].to_list() == [5]
    assert mapped.rejects.select("record_number", "line_number").rows() == [(2, 3)]
    assert (mapped.read, mapped.filtered, mapped.superseded) == (4, 2, 1)


def test_a_key_may_be_read_by_the_country_in_another_field() -> None:
    mapping = mapping_of("""\
into: leads_international
keep: {latest: last_name, per: phone}
fields:
  last_name: Name
  phone: Phone
  country: Country
""")
    records = [("a", "020 7946 0018", "GB"), ("b", "+44 20 7946 0018", ""), ("c", "020 7946 0018", "")]
    frame = pl.DataFrame(records, schema={"0": pl.String, "1": pl.String, "2": pl.String}, orient="row")
    found = superseded(mapping, ("Name", "Phone", "Country"), [(frame, [1, 2, 3])], today=TODAY)
    assert found.to_list() == [1]
