"""Tests of leadingest.drift.renames: what a missing column is called now, or that it cannot be told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leadingest.drift.expected_column import ExpectedColumn
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.drift.renames import find_renames
from leadingest.drift.similarity import names_alike
from leadingest.tables.load_table import read_load_table

TABLE = read_load_table(Path(__file__).parents[2] / "ddl/lead_sources.yaml")


def expected(header: str, field: str) -> ExpectedColumn:
    """A column that a field takes as it is."""
    return ExpectedColumn((header,), (field,), (field,), (field,), False, (("fields", field),), False)


def column(header: str, **kinds: float) -> ColumnProfile:
    """A column of the delivery with cells of these kinds."""
    return ColumnProfile(position=1, header=header, records=9, filled=9, sampled=9, kinds=kinds)


def found(missing: dict[str, str], *columns: ColumnProfile) -> dict[str, tuple[str, ...]]:
    """For each missing header the candidates; one that is sure alone."""
    wanted = [(expected(header, field), None) for header, field in missing.items()]
    return {
        rename.column.names[0]: tuple(each.header for each in rename.candidates)
        + (("sure",) if rename.sure else ())
        for rename in find_renames(wanted, columns, TABLE)
    }


def test_a_header_that_one_column_surely_has_is_none_for_another() -> None:
    missing = {"Operation": "license_number", "Operation Name": "company"}
    assert found(missing, column("Operation #"), column("Operation/Caregiver Name")) == {
        "Operation": ("Operation #", "sure"),
        "Operation Name": ("Operation/Caregiver Name", "sure"),
    }


def test_of_two_that_are_close_none_is_sure() -> None:
    assert found({"City": "city"}, column("Facility City"), column("Mailing City")) == {
        "City": ("Facility City", "Mailing City")
    }


def test_a_field_refuses_what_it_cannot_hold() -> None:
    assert found({"Phone": "phone"}, column("Phone", email=1.0), column("Contact Phone", phone=1.0)) == {
        "Phone": ("Contact Phone", "sure")
    }
    assert found({"Facility Name": "company"}, column("Facility Mail", email=1.0)) == {}


def test_what_has_nothing_in_common_is_no_rename() -> None:
    assert found({"Phone": "phone"}, column("Zip", us_zip=1.0)) == {}


@pytest.mark.parametrize(
    ("again", "distinct", "before", "candidates"),
    [
        (9, 9, (), ("Inhaber", "sure")),  # all cells stand under a header that says nothing
        (6, 9, (), ("Inhaber",)),  # two thirds of them: named, and not sure
        (5, 9, (), ()),
        (9, 9, ("Inhaber",), ()),  # it was there beside the one that is missing
        (2, 2, (), ()),  # two values make the column: others have them, too
    ],
)
def test_a_new_column_with_the_same_cells_is_the_one_that_is_missing(
    again: int, distinct: int, before: tuple[str, ...], candidates: tuple[str, ...]
) -> None:
    then = ColumnProfile(
        position=1,
        header="Name",
        records=9,
        filled=9,
        sampled=9,
        distinct=distinct,
        hashes=(*range(0, 2 * distinct, 2),),
    )
    others = (each + (at < distinct - again) for at, each in enumerate(then.hashes))
    now = replace(then, header="Inhaber", hashes=(*others,))
    renames = find_renames([(expected("Name", "company"), then)], [now], TABLE, before)
    found = [(*(each.header for each in rename.candidates), *(("sure",) * rename.sure)) for rename in renames]
    assert found == ([candidates] if candidates else [])


@pytest.mark.parametrize(("fitting", "candidates"), [(0.24, ()), (0.26, ("Phone#", "sure"))])
def test_a_quarter_of_the_cells_must_fit_the_field(fitting: float, candidates: tuple[str, ...]) -> None:
    assert found({"Phone": "phone"}, column("Phone#", phone=fitting)).get("Phone", ()) == candidates


@pytest.mark.parametrize(
    ("missing", "header", "candidates"),
    [
        ("Center", "Licensee", ()),  # 0.57
        ("Center", "License", ("License",)),  # 0.62
        ("Facility", "Family", ("Family", "sure")),  # 0.71
    ],
)
def test_headers_must_be_alike_to_be_named_and_more_alike_to_be_sure(
    missing: str, header: str, candidates: tuple[str, ...]
) -> None:
    assert found({missing: "company"}, column(header)).get(missing, ()) == candidates


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Phone", "Phone#", 1.0, 1.0),
        ("License No.", "LICENSE_NUMBER", 1.0, 1.0),
        ("Operation Name", "Operation/Caregiver Name", 0.8, 0.9),
        ("Address", "Address (Street, City, Zip)", 0.5, 0.76),
        ("Status", "Capacity", 0.0, 0.5),
    ],
)
def test_how_alike_two_headers_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= names_alike(one, other) <= most
    assert names_alike(one, other) == names_alike(other, one)
