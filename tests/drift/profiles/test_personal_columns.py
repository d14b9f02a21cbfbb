"""Tests of leadingest.drift.profiles.personal_columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.drift.profiles.personal_columns import fields_by_header, without_personal
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

DDL = Path(__file__).parents[3] / "ddl"
MAPPING = """\
source: ohio
delivery: {match: "*.csv"}
let: {who: {from: Contact, split: ";"}}
fields:
  company: Name
  first_name: {from: who, person: first, when: "Kind = 'home'"}
  phone: [Phone, Phone No]
  license_status: {from: Status, values: {Open: active}, otherwise: invalid}
  license_type: Type
  license_number: {from: Type, extract: "([0-9]+)"}
  ages_served: {join: [{from: Infant}, {const: School, when: "School = 'Y'"}]}
  capacity: {sql: "TRY_CAST(\\"Beds\\" AS INT)"}
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    """A mapping that reads its columns in every way."""
    path = tmp_path / "ohio.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return read_mapping(path, ddl=DDL)


def kept(mapping: Mapping, header: str, *values: str) -> bool:
    """Whether the values of a column are kept."""
    column = ColumnProfile(
        position=1, header=header, records=9, filled=9, values=dict.fromkeys(values, 3), shapes={"a": 1.0}
    )
    (profile,) = without_personal([column], mapping)
    assert profile.shapes == {"a": 1.0}
    return profile.values is not None


def test_a_header_is_known_by_the_fields_that_take_their_value_from_it(mapping: Mapping) -> None:
    assert fields_by_header(mapping) == {
        "Name": ("company",),
        "Contact": ("first_name",),
        "Phone": ("phone",),
        "Phone No": ("phone",),
        "Status": ("license_status",),
        "Type": ("license_type", "license_number"),
        "Infant": ("ages_served",),
        "Beds": ("capacity",),
    }


@pytest.mark.parametrize("header", ["Status", "Infant", "Beds"])
def test_values_of_a_column_that_is_nobodys_are_kept(mapping: Mapping, header: str) -> None:
    assert kept(mapping, header, "Open", "Closed for now")


@pytest.mark.parametrize("header", ["Name", "Contact", "Phone", "Phone No", "Type"])
def test_of_a_column_that_one_personal_field_reads_only_shapes_are_kept(
    mapping: Mapping, header: str
) -> None:
    assert not kept(mapping, header, "Open")


@pytest.mark.parametrize("value", ["702-555-0143", "7025550143", "ann@pine.example"])
def test_what_looks_like_somebodys_keeps_none_of_the_values(mapping: Mapping, value: str) -> None:
    assert not kept(mapping, "Status", "Open", value)


def test_a_column_that_no_field_reads_keeps_codes_and_nothing_longer(mapping: Mapping) -> None:
    assert kept(mapping, "Kind", "Y", "N")
    assert kept(mapping, "Star Level", "1", "12", "yes", "False")
    assert not kept(mapping, "Inspector", "Ann", "Bob")
    assert not kept(mapping, "Zip", "89027")


def test_a_column_of_long_texts_keeps_none_of_them(mapping: Mapping) -> None:
    assert not kept(mapping, "Status", "Open", "x" * 101)
