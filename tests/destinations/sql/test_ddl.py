"""Tests of leadingest.destinations.sql.ddl: what makes the tables, and what tables of an older version lack."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from leadingest.destinations.sql.ddl import ddl_text
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.text import Text
from tests.databases import run_sql
from tests.destinations.made_up import MadeUpLoads
from tests.sql_databases import sql_database


def made_by_hand(table: LoadTable, url: str) -> None:
    """Make the tables as an administrator does who has only the SQL."""
    sql_database(url).run_script(ddl_text(table, sa.make_url(url).get_backend_name()))


def test_the_sql_can_be_run_again_and_makes_all_that_loading_needs(
    table: LoadTable, database_url: str
) -> None:
    made_by_hand(table, database_url)
    loads = MadeUpLoads(database_url, table)
    loads.destination.prepare()
    loads.load({"company": "A"})
    made_by_hand(table, database_url)
    loads.load({"company": "B"}, source="beta")
    assert loads.shown() == ["A", "B"]
    loads.destination.close()


def test_the_program_makes_what_the_sql_makes(table: LoadTable, database_url: str) -> None:
    loads = MadeUpLoads(database_url, table)
    loads.destination.prepare()
    loads.destination.close()
    made = sql_database(database_url).definitions()
    # Once more by hand: where both say the same, nothing changes.
    made_by_hand(table, database_url)
    assert sql_database(database_url).definitions() == made
    assert len([name for name, *_ in made if not str(name).startswith(("ix_", "sqlite_"))]) == 14


def test_the_view_is_made_anew_by_the_sql(table: LoadTable, database_url: str) -> None:
    made_by_hand(table, database_url)
    narrower = replace(table, columns={"company": table.columns["company"]})
    made_by_hand(narrower, database_url)
    loads = MadeUpLoads(database_url, narrower)
    loads.destination.prepare()
    assert "phone" not in loads.destination.leads.rows().columns
    loads.destination.close()


def test_descriptions_are_comments_of_mysql_word_for_word(table: LoadTable, mysql_url: str) -> None:
    made_by_hand(table, mysql_url)
    # A server may be shared by several processes of tests.
    here = "table_schema = DATABASE() AND table_name = 'made_up'"
    comments = run_sql(mysql_url, f"SELECT table_comment FROM information_schema.tables WHERE {here}")
    assert comments == [("Made up; 100% of it, \\ and 'quotes' as well.",)]
    columns = run_sql(
        mysql_url,
        "SELECT column_name, column_comment FROM information_schema.columns "
        "WHERE table_name = 'made_up' AND table_schema = DATABASE()",
    )
    assert dict(table.columns).keys() <= dict(columns).keys()
    assert all(dict(columns)[name] == column.about for name, column in table.columns.items())


def run_all(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_tables_as_they_are_described_lack_nothing(loads: MadeUpLoads) -> None:
    assert loads.lacking() == []


def test_that_all_is_there_is_seen_by_one_statement(loads: MadeUpLoads) -> None:
    statements: list[str] = []

    def note(*call: object) -> None:
        statements.append(str(call[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        loads.destination.prepare()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert len([each for each in statements if not each.startswith("BEGIN")]) == 1


def test_a_new_column_is_added_to_table_and_view_and_old_rows_go_without(
    loads: MadeUpLoads, table: LoadTable
) -> None:
    loads.load({"company": "old"})
    fax = replace(table.columns["company"], name="fax", required=True, about="It's 100% new.")
    wider = MadeUpLoads(loads.url, replace(table, columns={**table.columns, "fax": fax}))
    with pytest.raises(
        DestinationSetupError, match=r"is missing fax\n`leadingest ddl --diff` prints the SQL"
    ):
        wider.destination.prepare()
    statements = wider.lacking()
    assert statements[0].startswith("ALTER TABLE made_up ADD COLUMN fax VARCHAR(200)")
    assert "NOT NULL" not in statements[0]
    assert any("VIEW vw_made_up" in statement for statement in statements[1:])
    run_all(loads.url, *(statement.replace("%", "%%") for statement in statements))
    assert wider.lacking() == []
    wider.destination.prepare()
    wider.load({"company": "new", "fax": "555"}, source="beta")
    assert wider.shown("fax") == [None, "555"]
    wider.destination.close()


def test_what_the_program_itself_needs_is_added_too(loads: MadeUpLoads) -> None:
    loads.load({"company": "old"})
    run_all(loads.url, "ALTER TABLE loads DROP COLUMN run_by", "ALTER TABLE loads DROP COLUMN reason")
    statements = loads.lacking()
    assert [statement.partition(" COLUMN ")[2].split()[0] for statement in statements] == ["reason", "run_by"]
    run_all(loads.url, *statements)
    loads.destination.prepare()
    loads.load({"company": "new"})
    assert loads.shown() == ["new"]


def test_a_table_and_an_index_that_are_missing_are_made(loads: MadeUpLoads) -> None:
    drop = sql_database(loads.url).drop_index("ix_made_up_phone", "made_up")
    run_all(loads.url, "DROP TABLE load_profiles", drop)
    statements = loads.lacking()
    assert statements[0].startswith("CREATE INDEX ix_made_up_phone ON made_up")
    assert "CREATE TABLE IF NOT EXISTS load_profiles" in statements[1]
    run_all(loads.url, *statements)
    assert loads.lacking() == []


def test_an_index_of_other_columns_is_made_anew(loads: MadeUpLoads) -> None:
    older = "CREATE INDEX ix_made_up_lead_key ON made_up (lead_key)"
    run_all(loads.url, sql_database(loads.url).drop_index("ix_made_up_lead_key", "made_up"), older)
    drop, create, *view = loads.lacking()
    assert drop.startswith("DROP INDEX ix_made_up_lead_key")
    assert create.startswith("CREATE INDEX ix_made_up_lead_key ON made_up (load_id, lead_key")
    # It is written for its indexes.
    assert "VIEW vw_made_up" in view[-1]
    run_all(loads.url, drop, create, *(statement.replace("%", "%%") for statement in view))
    assert loads.lacking() == []


def test_an_older_database_gets_what_tells_leads_with_one_key_apart(loads: MadeUpLoads) -> None:
    loads.load({"company": "old", "phone": "+17025550143"})
    run_all(
        loads.url,
        "DROP VIEW vw_made_up",
        sql_database(loads.url).drop_index("ix_made_up_lead_key", "made_up"),
        "ALTER TABLE made_up DROP COLUMN name_hash",
        "CREATE INDEX ix_made_up_lead_key ON made_up (lead_key, load_id)",
        "DROP TABLE load_shared_keys",
    )
    run_all(loads.url, *loads.lacking())
    assert loads.lacking() == []
    loads.destination.prepare()
    loads.load({"company": "new"}, source="beta")
    assert loads.shown() == ["old", "new"]


@pytest.mark.parametrize("by", ["the statements", "the program"])
def test_the_keys_of_a_history_are_found_out_where_an_older_version_kept_none(
    loads: MadeUpLoads, by: str
) -> None:
    for _ in range(2):
        loads.load(
            {"company": "hidden", "lead_key": "k"}, {"company": "alone", "lead_key": "a"}, source="beta"
        )
    loads.load({"company": "shown", "lead_key": "k"})
    loads.load(
        *({"company": name, "lead_key": "t", "record_number": at} for at, name in enumerate("xy", 1)),
        source="c",
    )
    shown = loads.shown()
    assert shown == ["shown", "alone", "x"]
    run_all(loads.url, "DROP TABLE made_up_keys")
    if by == "the program":
        loads.destination.prepare()
    else:
        run_all(loads.url, *loads.lacking())
    assert loads.shown() == shown
    assert loads.lacking() == []


@pytest.mark.parametrize("by", ["the statements", "the program", "hand"])
def test_keys_are_added_where_an_older_version_has_loaded_since_they_are_kept(
    loads: MadeUpLoads, by: str
) -> None:
    loads.load({"company": "hidden", "lead_key": "k"})
    loads.load({"company": "shown", "lead_key": "k", "filled_fields": 9}, source="beta")
    twins = [{"company": name, "lead_key": "t", "record_number": at} for at, name in enumerate("xy", 1)]
    loads.load(*twins, source="c")
    run_all(loads.url, "DELETE FROM made_up_keys WHERE source_name <> 'acme'")
    if by == "the statements":
        run_all(loads.url, *loads.lacking())
    elif by == "hand":
        made_by_hand(loads.table, loads.url)
    else:
        run_all(loads.url, "DROP VIEW vw_made_up")
        loads.destination.prepare()
    assert loads.shown() == ["shown", "x"]
    assert loads.lacking() == []


def test_a_text_that_has_grown_is_widened_where_the_database_minds(mysql_url: str, table: LoadTable) -> None:
    older = MadeUpLoads(mysql_url, table)
    older.destination.prepare()
    company = replace(table.columns["company"], type=Text(length=250))
    newer = MadeUpLoads(mysql_url, replace(table, columns={**table.columns, "company": company}))
    (statement,) = newer.lacking()
    assert statement.startswith("ALTER TABLE made_up MODIFY COLUMN company VARCHAR(250) NOT NULL COMMENT")
    run_all(mysql_url, statement)
    newer.load({"company": "x" * 250})
    assert newer.lacking() == []
    for each in (older, newer):
        each.destination.close()


def test_nothing_that_is_there_besides_is_touched(loads: MadeUpLoads) -> None:
    run_all(loads.url, "ALTER TABLE made_up ADD COLUMN note VARCHAR(10)")
    assert loads.lacking() == []
