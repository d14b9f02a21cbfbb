"""Tests of leadingest.mapping.shared_maps."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.lint.fixed_values import fixed_values
from leadingest.lint.subject import Subject
from leadingest.mapping.read_mapping import examine_mapping
from leadingest.mapping.shared_maps import written_at
from tests.engine.trial import run
from tests.mapping.test_read_mapping import DDL, complaints, read
from tests.mapping.wrong_mappings import HEAD

KINDS = """\
maps:
  kinds:
    Center: {facility_type: center, license_status: active}
    Home (Provisional): {facility_type: family_home, license_status: provisional}
    /^home/: {facility_type: family_home}
"""
FIELDS = """\
  facility_type: {from: Type, values: kinds, otherwise: invalid}
  license_status:
    first_of:
      - {from: Type, steps: [{values: kinds, otherwise: invalid}]}
"""


def test_one_column_gives_two_fields_by_one_map() -> None:
    trial = run(
        f"{KINDS}fields:\n{FIELDS}",
        *({"Type": kind} for kind in ("CENTER", "Home (Provisional)", "Homes", "Camp")),
    )
    assert [(lead["facility_type"], lead["license_status"]) for lead in trial.leads] == [
        ("center", "active"),
        ("family_home", "provisional"),
        ("family_home", None),
        (None, None),
    ]
    assert [each["field"] for each in trial.invalid_values] == ["facility_type", "license_status"]


def test_mappings_share_maps_by_the_file_that_they_extend(tmp_path: Path) -> None:
    (tmp_path / "_maps.yaml").write_text("maps: {roles: {DIR: Director}, unused: {a: b}}\n", encoding="utf-8")
    role = "  title: {from: Role, values: %s, otherwise: keep}\n"
    shared = read(tmp_path, "extends: _maps.yaml\n" + HEAD + role % "roles")
    own = read(tmp_path, HEAD + role % "{DIR: Director}")
    assert shared.fields["title"].operations == own.fields["title"].operations
    assert shared.digest == own.digest


def test_findings_and_fixes_know_where_a_shared_map_is_written(tmp_path: Path) -> None:
    (tmp_path / "_maps.yaml").write_text("maps: {roles: {DIR: Director}}\n", encoding="utf-8")
    path = tmp_path / "acme.yaml"
    entry = "  title: {from: Role, values: roles, otherwise: keep}\n"
    path.write_text("extends: _maps.yaml\n" + KINDS + HEAD + entry + FIELDS, encoding="utf-8")
    reading = examine_mapping(path, ddl=DDL)
    (value,) = fixed_values(Subject(reading), reading.fields["title"])
    assert (Path(value.at.file).name, value.at.line, value.at.column) == ("_maps.yaml", 1, 21)
    assert reading.root
    assert written_at(reading.root, ("fields", "title", "values")) == ("maps", "roles")
    assert written_at(reading.root, ("fields", "facility_type", "values")) is None


@pytest.mark.parametrize(
    ("maps", "entry", "complaint"),
    [
        (
            "{role: {DIR: x}}",
            "title: {from: R, values: rolle, otherwise: keep}",
            "6:28: there is no map 'rolle' under maps; did you mean 'role'?",
        ),
        (
            "{role: {DIR: {titel: x}}}",
            "title: {from: R, values: role, otherwise: keep}",
            "6:28: the map 'role' says nothing of 'title'; did you mean 'titel'?",
        ),
        (
            "{role: {DIR: {title: x}, OWN: y}}",
            "title: R",
            "1:8: every value of role must mean a text, or every one a table",
        ),
        ("{role: x}", "title: R", "1:8: role must be a value map"),
        ("role", "title: R", "1:7: maps must be names with their value maps"),
        (
            "{role: {/(/: x}}",
            "title: {from: R, values: role, otherwise: keep}",
            "1:15: values must be a regular expression: at character 1, a ( is not closed",
        ),
    ],
)
def test_what_is_wrong_with_a_shared_map_is_told_once_with_its_place(
    maps: str, entry: str, complaint: str, tmp_path: Path
) -> None:
    (found,) = complaints(tmp_path, f"maps: {maps}\n{HEAD}  {entry}\n")
    assert found.startswith(f"acme.yaml:{complaint}"), found


def test_several_fields_take_columns_of_one_row(tmp_path: Path) -> None:
    (tmp_path / "zips.csv").write_text("ZIP,city,county,Region\n89501,Reno,Washoe,NV\n", encoding="utf-8")
    entry = "{from: Z, lookup: zips, otherwise: invalid}"
    fields = f"  city: {entry}\n  county: {entry}\n"
    fields += "  state: {from: Z, lookup: {file: zips.csv, key: ZIP, value: Region}, otherwise: invalid}\n"
    mapping = read(tmp_path, "maps: {zips: {file: zips.csv, key: ZIP}}\n" + HEAD + fields)
    made = [
        mapping.fields[name].operations[0].made_of(["89501", "1"]) for name in ("city", "county", "state")
    ]
    assert made == [["Reno", None], ["Washoe", None], ["NV", None]]


def test_a_table_without_a_column_for_the_field_is_told(tmp_path: Path) -> None:
    (tmp_path / "zips.csv").write_text("ZIP,City\n89501,Reno\n", encoding="utf-8")
    text = "maps: {zips: {file: zips.csv, key: ZIP}}\n" + HEAD
    (found,) = complaints(tmp_path, text + "  city: {from: Z, lookup: zips, otherwise: invalid}\n")
    assert "names the column 'city', which 'zips.csv' does not have" in found
    (found,) = complaints(tmp_path, text + "  city: {from: Z, lookup: zip, otherwise: invalid}\n")
    assert found.endswith("there is no map 'zip' under maps; did you mean 'zips'?")
