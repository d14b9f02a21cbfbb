"""Tests of leadingest.ingest.read_sample."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.ingest.read_sample import read_sample
from leadingest.lint.subject import CountedDelivery, Unreadable
from leadingest.mapping.read_mapping import examine_mapping

DDL = Path(__file__).parents[2] / "ddl"
TODAY = date(2026, 6, 30)
MAPPING = """\
source: acme
delivery: {match: "acme*.csv", nulls: ["", "-"]}
where: "Country = 'US'"
let:
  kind: {from: Kind, case: lower}
fields:
  company: Name
  phone: Phone
  license_issued: {from: Issued, formats: ["%Y-%m-%d"]}
  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
  facility_type: {from: kind, steps: [{replace: {"big ": ""}}, {values: {center: center}, otherwise: invalid}]}
"""
CSV = """\
Name,Phone,Issued,Status,Kind,Country
Oak,702-555-0143,2026-01-02,Open,Big Center,US
Pine,nobody knows,1/2/2026,Asleep,CENTER,US
Elm,,11/22/2026,Asleep,home,US
,702-555-0144,-,-,center,US
Ash,702-555-0145,2026-01-02,Open,center,CA
"""


def sample_of(folder: Path, mapping: str = MAPPING, csv: str = CSV) -> CountedDelivery:
    (folder / "acme.yaml").write_text(mapping, encoding="utf-8")
    (folder / "acme.csv").write_text(csv, encoding="utf-8")
    return read_sample(
        examine_mapping(folder / "acme.yaml", ddl=DDL),
        "acme.csv",
        opened_file(folder / "acme.csv"),
        today=TODAY,
    )


def test_values_are_counted_as_they_come_to_their_map(tmp_path: Path) -> None:
    sample = sample_of(tmp_path)
    assert sample.records == 5
    assert sample.values == {
        ("fields", "license_status", "values"): {"Open": 1, "Asleep": 2},
        ("fields", "facility_type", "steps", 1, "values"): {"center": 3, "home": 1},
    }


def test_cells_that_cannot_be_read_are_counted_and_only_their_shape_is_kept(tmp_path: Path) -> None:
    assert sample_of(tmp_path).unreadable == (
        Unreadable("company", "required", 1, 5, ()),
        Unreadable("phone", "phone", 1, 2, ("aaa… aaa…",)),
        Unreadable("license_issued", "date", 2, 3, ("9/9/9999", "99/99/9999")),
        Unreadable("license_status", "values", 2, 3, ("Aaaa…",)),
        Unreadable("facility_type", "values", 1, 3, ("aaa…",)),
    )


@pytest.mark.parametrize(
    ("cells", "token"),
    [
        (("Unknown", "Unknown"), "Unknown"),
        (("000-000-0000", "", "000-000-0000"), "000-000-0000"),
        (("n/a", "n/a", "-"), "n/a"),
        (("(not available)",) * 3, "(not available)"),
        (("Unknown",), ""),
        (("Unknown", "unknown"), ""),
        (("Smith", "Smith", "Smith"), ""),
        (("702-555", "702-555"), ""),
        (("elm@example.org", "elm@example.org"), ""),
    ],
)
def test_a_text_that_says_nothing_is_kept_where_all_refused_cells_have_it(
    tmp_path: Path, cells: tuple[str, ...], token: str
) -> None:
    csv = "Name,Phone,Issued,Status,Kind,Country\n" + "".join(f"Oak,{cell},,,,US\n" for cell in cells)
    (phone,) = (each for each in sample_of(tmp_path, csv=csv).unreadable if each.field == "phone")
    assert (phone.token, bool(phone.shapes)) == (token, True)


def test_the_shape_of_a_value_from_several_cells_has_those_that_are_filled(tmp_path: Path) -> None:
    mapping = MAPPING.replace("phone: Phone", "phone: {join: [Phone, {from: Kind, prefix: x}]}")
    csv = "Name,Phone,Issued,Status,Kind,Country\nOak,000-0000,,,,US\nElm,000-0000,,,12,US\n"
    unreadable = {each.field: each.shapes for each in sample_of(tmp_path, mapping, csv).unreadable}
    assert unreadable["phone"] == ("999-9999", "999-9999 + 99")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    sample = sample_of(tmp_path, csv="")
    assert (sample.headers, sample.records) == ((), 0)
    assert sample.error.startswith("acme.csv")


def test_of_a_mapping_with_problems_only_the_headers_are_compared(tmp_path: Path) -> None:
    sample = sample_of(tmp_path, mapping=MAPPING + "  phon: Fax\n")
    assert sample == CountedDelivery("acme.csv", ("Name", "Phone", "Issued", "Status", "Kind", "Country"))


def test_a_sample_of_five_thousand_columns_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    headers = [
        "Name",
        "Phone No",
        "Issued",
        "Status",
        "Kind",
        "Country",
        *(f"Column {i}" for i in range(4_994)),
    ]
    csv = "".join(",".join(row) + "\n" for row in (headers, ["US"] * 5_000, ["US"] * 5_000))
    sample = sample_of(tmp_path, csv=csv)
    result = lint_mappings([tmp_path / "acme.yaml"], ddl=DDL, sample_for=lambda _: sample)
    assert [(each.code, each.message) for each in result.findings] == [
        (
            "LI502",
            "acme.csv has headers that are neither read nor ignored: 'Phone No', "
            + ", ".join(f"'Column {i}'" for i in range(9))
            + " and 4,985 more",
        ),
        ("LI501", "acme.csv has no header 'Phone'; was it renamed to 'Phone No'?"),
    ]


def test_cells_that_several_fields_take_apart_are_one_finding(tmp_path: Path) -> None:
    mapping = (
        'source: acme\ndelivery: {match: "acme*.csv"}\nfields:\n  company: Name\n'
        "  city: {from: Place, us_address: city}\n  zip: {from: Place, us_address: zip}\n"
        "  phone: Phone\n"
    )
    csv = 'Name,Place,Phone\nOak,nowhere,nobody\nElm,"1 Elm St, Reno, NV 89501",702-555-0143\n'
    sample = sample_of(tmp_path, mapping, csv)
    found = lint_mappings([tmp_path / "acme.yaml"], ddl=DDL, sample_for=lambda _: sample).findings
    assert [(each.at.line, each.message, [other.message for other in each.related]) for each in found] == [
        (5, "us_address cannot read 1 of 2 cells (50%), with the shape 'aaa…'", ["note: nor for zip"]),
        (7, "phone cannot read 1 of 2 cells (50%), with the shape 'aaa…'", []),
    ]
