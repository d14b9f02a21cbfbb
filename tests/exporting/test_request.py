"""Tests of leadingest.exporting.request."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leadingest.errors import UsageError
from leadingest.exporting.request import ExportSelection, Request, choice_of, format_of


def test_the_name_of_the_file_says_the_format_unless_it_is_asked_for() -> None:
    assert format_of(Path("a.CSV"), None) == "csv"
    assert format_of(Path("a.txt"), "csv") == "csv"
    assert format_of(Path("a.csv"), "parquet") == "parquet"
    with pytest.raises(UsageError, match=r"a.xls does not tell the format; did you mean 'xlsx'\?"):
        format_of(Path("a.xls"), None)


@pytest.mark.parametrize("name", ["a b", "../x", "-x", "x" * 65])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(UsageError, match="is not a valid export name"):
        Request(Path("a.csv"), "csv", name=name).refuse_unusable()


def test_everything_again_is_for_an_export_with_a_name() -> None:
    with pytest.raises(UsageError, match="--all-again requires --name"):
        Request(Path("a.csv"), "csv", all_again=True).refuse_unusable()
    Request(Path("a.csv"), "csv", name="weekly", all_again=True).refuse_unusable()


@pytest.mark.parametrize("there", ["a.csv", "a.csv.json"])
def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path: Path, there: str) -> None:
    request = Request(tmp_path / "a.csv", "csv")
    request.refuse_existing_file()
    (tmp_path / there).touch()
    with pytest.raises(UsageError, match=f"{there} already exists"):
        request.refuse_existing_file()


TYPES: dict[str, pl.DataType] = {
    "load_id": pl.Int64(),
    "source_name": pl.String(),
    "company": pl.String(),
    "state": pl.String(),
    "capacity": pl.Int32(),
    "issued": pl.Date(),
    "lead_key": pl.String(),
    "name_hash": pl.Int64(),
}


def choice(types: dict[str, pl.DataType] = TYPES, **choices: Any) -> ExportSelection:
    return choice_of(Request(file=Path("x.csv"), format="csv", **choices), types, today=date(2026, 1, 1))


def test_by_default_the_source_and_every_lead_field_and_for_a_name_the_change() -> None:
    fields = ("source_name", "company", "state", "capacity", "issued")
    assert choice().columns == fields
    assert choice(name="weekly").columns == ("change", *fields)


def test_a_lead_field_called_change_is_one() -> None:
    types = {**TYPES, "change": pl.String()}
    assert choice(types, name="weekly").columns == (
        "source_name",
        "company",
        "state",
        "capacity",
        "issued",
        "change",
    )


def test_columns_come_in_the_order_asked_for_and_are_compared_in_one_that_is_always_the_same() -> None:
    selection = choice(name="weekly", columns=("capacity", "load_id", "company", "company"))
    assert selection.columns == ("capacity", "load_id", "company")
    assert selection.compared == ("company", "capacity")
    assert selection.read == ("source_name", "lead_key", "name_hash", "capacity", "load_id", "company")


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        ({}, [0, 1, 2]),
        ({"where": "capacity > 5"}, [0]),
        ({"where": "capacity > 5 OR capacity IS NULL"}, [0, 2]),
        ({"where": "issued >= DATE '2026-01-01'"}, [1]),
        ({"where": "issued >= today - INTERVAL '30 days'"}, [1]),
        ({"states": ("nv", "UT")}, [0, 1]),
        ({"states": ("NV",), "where": "capacity < 5"}, []),
    ],
)
def test_a_lead_is_kept_for_which_the_condition_holds(choices: dict[str, Any], kept: list[int]) -> None:
    leads = pl.DataFrame(
        {
            "at": [0, 1, 2],
            "state": ["NV", "UT", None],
            "capacity": [9, 1, None],
            "issued": [date(2025, 1, 1), date(2026, 1, 1), None],
        }
    )
    assert choice(**choices).of(leads)["at"].to_list() == kept


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"columns": ("compny",)}, "leads have no column 'compny'; did you mean 'company'?"),
        ({"columns": ("change",)}, "leads have no column 'change'"),
        ({"columns": ("load_id",), "name": "weekly"}, "an export with a name needs at least one field"),
        ({"where": "capcity > 5"}, "--where: leads have no column 'capcity'; did you mean 'capacity'?"),
        ({"where": 'company = "Elm"'}, "--where: leads have no column 'Elm'"),
        ({"where": "capacity"}, "--where must be a condition on a column, but capacity is not"),
        ({"where": "1 = 1"}, "--where must be a condition on a column"),
        ({"where": "capacity >"}, "--where ends too early"),
        (
            {"where": "capacity > (SELECT 1)"},
            "--where must not use SELECT",
        ),
        ({"where": "capacity > MAX(capacity)"}, "--where must not use MAX: it needs several records"),
        ({"where": "issued > '2026-01-01'"}, "--where cannot be computed"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_can(choices: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as error:
        choice(**choices)
    assert error.value.message.startswith(message)
    assert error.value.hint


def test_many_leads_are_chosen_from_as_few_are() -> None:
    leads = pl.DataFrame({"capacity": range(50_000)})
    assert choice().of(leads).height == 50_000
    assert choice(where="capacity < 30000").of(leads).height == 30_000


def test_a_table_without_a_state_has_none_to_choose_by() -> None:
    with pytest.raises(UsageError, match="--state requires a field 'state'"):
        choice({name: kind for name, kind in TYPES.items() if name != "state"}, states=("NV",))
