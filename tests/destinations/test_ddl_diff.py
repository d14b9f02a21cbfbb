"""Tests of leadingest.destinations.ddl_diff: tables made by an older version, on SQLite and on MySQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.text import Text
from tests.destinations.made_up import MadeUpLoads


def run_all(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_tables_as_they_are_described_lack_nothing(loads: MadeUpLoads) -> None:
    assert loads.destination.lacking() == []


def test_a_new_column_is_added_to_table_and_view_and_old_rows_go_without(
    loads: MadeUpLoads, table: LoadTable
) -> None:
    loads.load({"company": "old"})
    fax = replace(table.columns["company"], name="fax", required=True, about="It's 100% new.")
    wider = MadeUpLoads(loads.url, replace(table, columns={**table.columns, "fax": fax}))
    with pytest.raises(DestinationSetupError, match=r"lacks fax\n`leadingest ddl --diff` prints the SQL"):
        wider.destination.prepare()
    statements = wider.destination.lacking()
    assert statements[0].startswith("ALTER TABLE made_up ADD COLUMN fax VARCHAR(200)")
    assert "NOT NULL" not in statements[0]
    assert any("VIEW vw_made_up" in statement for statement in statements[1:])
    run_all(loads.url, *(statement.replace("%", "%%") for statement in statements))
    assert wider.destination.lacking() == []
    wider.destination.prepare()
    wider.load({"company": "new", "fax": "555"}, source="beta")
    assert wider.shown("fax") == [None, "555"]
    wider.destination.close()


def test_what_the_program_itself_needs_is_added_too(loads: MadeUpLoads) -> None:
    loads.load({"company": "old"})
    run_all(loads.url, "ALTER TABLE loads DROP COLUMN run_by", "ALTER TABLE loads DROP COLUMN reason")
    statements = loads.destination.lacking()
    assert [statement.partition(" COLUMN ")[2].split()[0] for statement in statements] == ["reason", "run_by"]
    run_all(loads.url, *statements)
    loads.destination.prepare()
    loads.load({"company": "new"})
    assert loads.shown() == ["new"]


def test_a_table_and_an_index_that_are_missing_are_made(loads: MadeUpLoads) -> None:
    on = " ON made_up" if loads.url.startswith("mysql") else ""
    run_all(loads.url, "DROP TABLE load_profiles", f"DROP INDEX ix_made_up_phone{on}")
    statements = loads.destination.lacking()
    assert statements[0].startswith("CREATE INDEX ix_made_up_phone ON made_up")
    assert "CREATE TABLE IF NOT EXISTS load_profiles" in statements[1]
    run_all(loads.url, *statements)
    assert loads.destination.lacking() == []


def test_an_index_of_other_columns_is_made_anew(loads: MadeUpLoads) -> None:
    on = " ON made_up" if loads.url.startswith("mysql") else ""
    older = "CREATE INDEX ix_made_up_lead_key ON made_up (lead_key)"
    run_all(loads.url, f"DROP INDEX ix_made_up_lead_key{on}", older)
    drop, create = loads.destination.lacking()
    assert drop.startswith("DROP INDEX ix_made_up_lead_key")
    assert create.startswith("CREATE INDEX ix_made_up_lead_key ON made_up (lead_key, source_extract_time, ")
    run_all(loads.url, drop, create)
    assert loads.destination.lacking() == []


def test_an_older_database_gets_what_tells_leads_with_one_key_apart(loads: MadeUpLoads) -> None:
    loads.load({"company": "old", "phone": "+17025550143"})
    on = " ON made_up" if loads.url.startswith("mysql") else ""
    run_all(
        loads.url,
        "DROP VIEW vw_made_up",
        f"DROP INDEX ix_made_up_lead_key{on}",
        "ALTER TABLE made_up DROP COLUMN name_hash",
        "CREATE INDEX ix_made_up_lead_key ON made_up (lead_key, load_id)",
        "DROP TABLE load_shared_keys",
    )
    run_all(loads.url, *loads.destination.lacking())
    assert loads.destination.lacking() == []
    loads.destination.prepare()
    loads.load({"company": "new"}, source="beta")
    assert loads.shown() == ["old", "new"]


def test_a_text_that_has_grown_is_widened_where_the_database_minds(mysql_url: str, table: LoadTable) -> None:
    older = MadeUpLoads(mysql_url, table)
    older.destination.prepare()
    company = replace(table.columns["company"], type=Text(length=250))
    newer = MadeUpLoads(mysql_url, replace(table, columns={**table.columns, "company": company}))
    (statement,) = newer.destination.lacking()
    assert statement.startswith("ALTER TABLE made_up MODIFY COLUMN company VARCHAR(250) NOT NULL COMMENT")
    run_all(mysql_url, statement)
    newer.load({"company": "x" * 250})
    assert newer.destination.lacking() == []
    for each in (older, newer):
        each.destination.close()


def test_nothing_that_is_there_besides_is_touched(loads: MadeUpLoads) -> None:
    run_all(loads.url, "ALTER TABLE made_up ADD COLUMN note VARCHAR(10)")
    assert loads.destination.lacking() == []
