"""Tests of leadingest.destinations.sql.destination: the tables, looked at and changed with SQL, in every dialect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import MadeUpLoads


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A connection of somebody else."""
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def test_numbers_of_loads_are_never_given_twice(loads: MadeUpLoads) -> None:
    with pytest.raises(ZeroDivisionError), loads.started() as load:
        raise ZeroDivisionError
    number = load.id
    with connected(loads.url) as connection:
        connection.exec_driver_sql("DELETE FROM loads")
    assert loads.load({"company": "A"}) > number


@pytest.mark.parametrize("missing", ["load_profiles", "vw_made_up"])
def test_what_is_missing_is_made(loads: MadeUpLoads, missing: str) -> None:
    with connected(loads.url) as connection:
        connection.exec_driver_sql(f"DROP {'VIEW' if missing.startswith('vw') else 'TABLE'} {missing}")
    loads.destination.prepare()
    loads.load({"company": "A"})
    assert loads.shown() == ["A"]


def test_a_table_that_lacks_columns_is_refused_by_name(loads: MadeUpLoads, table: LoadTable) -> None:
    phone = table.columns["phone"]
    columns = {**table.columns, "fax": replace(phone, name="fax"), "telex": replace(phone, name="telex")}
    wider = MadeUpLoads(loads.url, replace(table, columns=columns))
    with pytest.raises(DestinationSetupError, match=r"^the table made_up in .* is missing fax and telex\n"):
        wider.destination.prepare()
    with connected(loads.url) as connection:
        connection.exec_driver_sql("ALTER TABLE made_up ADD COLUMN fax VARCHAR(38)")
        connection.exec_driver_sql("ALTER TABLE made_up ADD COLUMN telex VARCHAR(38)")
    with pytest.raises(DestinationSetupError, match=r"^the view vw_made_up in .* is missing fax and telex\n"):
        wider.destination.prepare()
    wider.destination.close()


def test_a_table_with_columns_of_its_own_is_taken(loads: MadeUpLoads) -> None:
    with connected(loads.url) as connection:
        connection.exec_driver_sql("ALTER TABLE made_up ADD COLUMN note VARCHAR(10)")
    loads.destination.prepare()
    loads.load({"company": "A"})
    assert loads.shown() == ["A"]
