"""The load table that is shipped for lists of any country: `ddl/leads_international.yaml`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from leadingest.tables.load_table import LoadTable, read_load_table

DDL = Path(__file__).parents[2] / "ddl"


@pytest.fixture(scope="module", name="table")
def _table() -> LoadTable:
    return read_load_table(DDL / "leads_international.yaml")


def test_it_is_the_other_table_without_what_only_the_united_states_have(table: LoadTable) -> None:
    other = read_load_table(DDL / "lead_sources.yaml").columns
    only = {"country", "subdivision", "postal_code"}
    assert other.keys() - table.columns.keys() == {"state", "zip", "county", "accepts_financial_aid"}
    assert table.columns.keys() - other.keys() == only
    assert [each.name for each in table.columns.values() if each.type.name.startswith("us_")] == []
    same = table.columns.keys() - only
    assert [name for name in same if table.columns[name].one_of != other[name].one_of] == []
    assert [name for name in same if table.columns[name].type.storage != other[name].type.storage] == []


LEAD = {"company": "Les Lutins", "country": "FR", "city": "Paris"}


@pytest.mark.parametrize(
    ("lead", "key"),
    [
        ({"phone": "+33142685300", "address1": "1 rue X"}, "phone=+33142685300|address=1 RUE X"),
        ({"phone": "+33142685300"}, "phone=+33142685300"),
        (
            {"address1": "1, Rue X", "postal_code": "75011"},
            "company=LES LUTINS|address=1 RUE X|postal_code=75011|country=FR",
        ),
        ({"address1": "1 Rue X"}, "company=LES LUTINS|address=1 RUE X|city=PARIS|country=FR"),
        ({}, "company=LES LUTINS|city=PARIS|country=FR"),
        ({"country": None}, None),
    ],
)
def test_what_makes_two_leads_one(table: LoadTable, lead: dict[str, str | None], key: str | None) -> None:
    fields = {name: column.type.dtype for name, column in table.columns.items()}
    leads = pl.LazyFrame([LEAD | lead], schema=fields)
    assert table.identity.with_key(leads, "key").collect()["key"].to_list() == [key]
