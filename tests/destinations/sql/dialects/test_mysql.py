"""Tests of leadingest.destinations.sql.dialects.mysql: what is true of MySQL and MariaDB alone, on a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.ledger import LoadEnd, NewCorrectedFile, RecordCounts
from leadingest.destinations.open_destination import open_destination
from leadingest.destinations.sql.ddl import ddl_text
from leadingest.destinations.sql.leads import hidden_query
from leadingest.errors import DestinationError, DestinationLostError, DestinationSetupError
from leadingest.tables.load_table import LoadTable, read_load_table
from leadingest.tables.rejects import CUT
from tests.databases import fresh_database, run_sql
from tests.destinations.exports import handed_out, mark
from tests.destinations.made_up import DRIFT, MadeUpLoads, invalid_of, leads_of, rejects_of, schema_for

DDL = Path(__file__).parents[4] / "ddl"
GRANTS = (DDL / "mysql/grants.sql").read_text()
PASSWORD = "p@ss/w:rd%1"
#: Each right of each table in the file, without those that make tables.
RIGHTS = [
    (right, table)
    for rights, table in re.findall(r"^GRANT ([A-Z, ]+) ON (\w+) TO", GRANTS, flags=re.MULTILINE)
    for right in rights.split(", ")
]


@pytest.fixture
def shipped() -> LoadTable:
    """The load table that the rights are written for."""
    return read_load_table(DDL / "lead_sources.yaml")


@dataclass(frozen=True)
class LeastUser:
    """A user made by ddl/mysql/grants.sql: under a name of its own, for a server may be shared."""

    name: str
    administrator: str

    @property
    def url(self) -> str:
        """The database as this user reaches it."""
        url = sa.make_url(self.administrator).set(username=self.name, password=PASSWORD)
        return url.render_as_string(hide_password=False)

    def run(self, grants: str) -> None:
        """Run the file, with the password put in."""
        script = grants.replace("'leadingest'@", f"'{self.name}'@").replace(
            "PASSWORD-IN-QUOTES;", f"'{PASSWORD}';"
        )
        run_sql(self.administrator, script)


@pytest.fixture
def least_user(mysql_url: str) -> Iterator[LeastUser]:
    """A user that is not there yet."""
    user = LeastUser(f"leadingest_{token_hex(6)}", mysql_url)
    yield user
    run_sql(mysql_url, f"DROP USER IF EXISTS '{user.name}'@'%'")


def everything(url: str, table: LoadTable) -> None:
    """All that a destination does."""
    loads = MadeUpLoads(url, table)
    try:
        loads.destination.prepare()
        more: dict[str, Any] = {
            "rejects": rejects_of((2, 3, None, "x", "x", "x")),
            "invalid_values": invalid_of((1, "phone", "Phone", "phone", "?")),
        }
        # Two leads that share a key.
        two = (
            {"company": "A", "license_number": "1"},
            {"company": "D", "license_number": "2", "record_number": 3},
        )
        loads.load(*({"lead_key": "k", **lead} for lead in two), drift=[DRIFT], **more)
        loads.destination.ledger.approve(loads.load({"company": "B"}, held_because="to be looked at", **more))
        with pytest.raises(ZeroDivisionError), loads.started():
            raise ZeroDivisionError
        assert loads.destination.ledger.published("acme")
        with loads.destination.ledger.claim("acme") as claim:
            assert claim.loaded_before(sha256="a" * 64, mapping_hash="m" * 64)
            with claim.replay(2) as replay:
                corrected = leads_of(table, {"record_number": 2, "company": "C"})
                replay.write(
                    instead_of=more["rejects"],
                    leads=corrected,
                    rejects=rejects_of(),
                    invalid_values=invalid_of(),
                )
                replay.finish(filtered=0, corrected=NewCorrectedFile("fixed.csv", 10, "b" * 64))
        assert [row.file_name for row in loads.destination.ledger.corrected_files(2)] == ["fixed.csv"]
        assert loads.destination.leads.values(2, "company").len() == 2
        loads.destination.ledger.rollback("acme")
        loads.destination.ledger.rollback("acme", to=2)
        assert [row.status for row in loads.destination.ledger.history()] == ["failed", "loaded", "loaded"]
        assert loads.shown() == ["B", "C"]
        assert [row.load_id for row in loads.destination.ledger.prune(keep=1)] == [1]
        for answer in ("1", "2"):
            assert mark(loads, {"a": answer}, anew=True)
            assert handed_out(loads) == {"a": answer}
    finally:
        loads.destination.close()


def test_the_rights_are_refused_until_a_password_is_written(mysql_url: str) -> None:
    with pytest.raises(Exception, match="You have an error in your SQL syntax"):
        run_sql(mysql_url, GRANTS)


def test_the_least_user_can_do_everything_where_the_tables_are_made(
    least_user: LeastUser, shipped: LoadTable
) -> None:
    run_sql(least_user.administrator, ddl_text(shipped, "mysql"))
    least_user.run(GRANTS)
    everything(least_user.url, shipped)


def test_the_least_user_can_make_the_tables_where_that_is_granted(
    least_user: LeastUser, shipped: LoadTable
) -> None:
    head, _, last = GRANTS.partition("-- To let leadingest make")
    user = re.search(r"^CREATE USER .*$", head, flags=re.MULTILINE)
    assert user
    least_user.run("\n".join([user[0], *re.findall(r"^-- (GRANT .*)$", last, flags=re.MULTILINE)]))
    everything(least_user.url, shipped)


#: What a server can be told that every connection then starts with.
STARTS_WITH = {
    "tx_isolation": "'SERIALIZABLE'",
    "tx_read_only": "1",
    "binlog_format": "'STATEMENT'",
    "sql_mode": "'ORACLE,PAD_CHAR_TO_FULL_LENGTH'",
    "completion_type": "'RELEASE'",
    "sql_select_limit": "1",
    "sql_safe_updates": "1",
    "max_join_size": "1",
    "max_statement_time": "0.00001",
    "lc_messages": "'de_DE'",
    "sql_quote_show_create": "0",
    "local_infile": "0",
    "character_set_server": "'utf16'",
    "init_connect": "'SET NAMES latin1; SET SESSION autocommit = 1'",
}


@pytest.mark.parametrize("setting", STARTS_WITH)
def test_the_least_user_can_do_everything_whatever_connections_start_with(
    odd_server: sa.URL, shipped: LoadTable, setting: str
) -> None:
    ((before,),) = run_sql(odd_server, f"SELECT @@GLOBAL.{setting}")
    with fresh_database(odd_server) as url:
        user = LeastUser(f"leadingest_{token_hex(6)}", url)
        run_sql(url, ddl_text(shipped, "mysql"))
        user.run(GRANTS)
        run_sql(odd_server, f"SET GLOBAL {setting} = {STARTS_WITH[setting]}")
        try:
            everything(user.url, shipped)
        finally:
            back = before if isinstance(before, int | float) else f"'{before}'"
            run_sql(odd_server, f"SET GLOBAL {setting} = {back}")
            run_sql(odd_server, f"DROP USER '{user.name}'@'%'")


def test_what_tables_lack_is_told_to_the_least_user(least_user: LeastUser, shipped: LoadTable) -> None:
    run_sql(least_user.administrator, ddl_text(shipped, "mysql"))
    least_user.run(GRANTS)
    destination = open_destination(least_user.url, shipped)
    assert destination.sql_tables.lacking() == []
    run_sql(least_user.administrator, "ALTER TABLE loads DROP COLUMN reason")
    (statement,) = destination.sql_tables.lacking()
    assert statement.startswith("ALTER TABLE loads ADD COLUMN reason ")
    destination.close()


def test_a_server_that_may_only_be_read_is_said_as_such(odd_server: sa.URL, shipped: LoadTable) -> None:
    with fresh_database(odd_server) as url:
        user = LeastUser(f"leadingest_{token_hex(6)}", url)
        run_sql(url, ddl_text(shipped, "mysql"))
        user.run(GRANTS)
        loads = MadeUpLoads(user.url, shipped)
        run_sql(url, "SET GLOBAL read_only = 1")
        try:
            with pytest.raises(
                DestinationSetupError,
                match=r"is read-only \(1290\)\nset LEADINGEST_DATABASE_URL to the primary server",
            ):
                loads.load({"company": "A"})
        finally:
            run_sql(url, f"SET GLOBAL read_only = 0; DROP USER '{user.name}'@'%'")
            loads.destination.close()


@pytest.fixture
def small_packets(odd_server: sa.URL, table: LoadTable) -> Iterator[MadeUpLoads]:
    """Loads into a server that takes 64 KiB at once, and no files."""
    run_sql(odd_server, "SET GLOBAL max_allowed_packet = 65536, GLOBAL local_infile = 0")
    with fresh_database(odd_server) as url:
        loads = MadeUpLoads(url, table)
        loads.destination.prepare()
        yield loads
        loads.destination.close()
    run_sql(odd_server, "SET GLOBAL max_allowed_packet = DEFAULT, GLOBAL local_infile = 1")


def test_what_is_kept_as_it_came_is_cut_where_the_server_takes_no_more_and_says_so(
    small_packets: MadeUpLoads,
) -> None:
    loads, raw, short = small_packets, "'\U0001f9f8" * 100_000, "x" * 1_000
    many = [(number, number, None, "x", "x", raw if number % 50 else short) for number in range(2, 200)]
    loads.load(
        {"company": "A"},
        rejects=rejects_of(*many),
        invalid_values=invalid_of((1, "phone", "Phone", "phone", raw)),
    )
    kept = pl.concat(loads.destination.diagnostics.rejects(1))["raw_record"]
    assert kept.filter(kept == short).len() == 3
    assert kept.filter(kept.str.starts_with(raw[:2_000]) & kept.str.ends_with(CUT)).len() == len(many) - 3
    ((value,),) = run_sql(loads.url, "SELECT raw_value FROM load_invalid_values")
    assert value.endswith(CUT)


def test_every_table_has_its_rights(shipped: LoadTable) -> None:
    schema = schema_for("mysql://", shipped)
    assert {table for _, table in RIGHTS} == {*(table.name for table in schema.tables), schema.view.name}


@pytest.mark.parametrize(("right", "on"), RIGHTS)
def test_no_right_can_be_spared_and_a_missing_one_is_named(
    least_user: LeastUser, shipped: LoadTable, right: str, on: str
) -> None:
    run_sql(least_user.administrator, ddl_text(shipped, "mysql"))
    least_user.run(GRANTS)
    run_sql(least_user.administrator, f"REVOKE {right} ON {on} FROM '{least_user.name}'@'%'")
    with pytest.raises(DestinationSetupError) as caught:
        everything(least_user.url, shipped)
    assert PASSWORD not in str(caught.value)
    # A view without any right of this user is not there for it.
    named = "CREATE VIEW" if on.startswith("vw_") else right
    assert re.search(
        rf"^a privilege is missing in .*: {named} on (\w+\.)?{on} \(1142\)$", caught.value.message
    )


def wrong_password(url: sa.URL) -> sa.URL:
    return url.set(password="hunter2")


def no_such_user(url: sa.URL) -> sa.URL:
    return url.set(username="nobody_at_all", password="hunter2")


def no_such_database(url: sa.URL) -> sa.URL:
    return url.set(database="leadingest_is_not_there")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (wrong_password, "rejected this user or password"),
        (no_such_user, "rejected this user or password"),
        (no_such_database, "does not exist, or this user has no access to it"),
    ],
)
def test_a_login_that_fails_is_said_without_the_password(
    table: LoadTable, least_user: LeastUser, change: Callable[[sa.URL], sa.URL], complaint: str
) -> None:
    run_sql(least_user.administrator, f"CREATE USER '{least_user.name}'@'%' IDENTIFIED BY '{PASSWORD}'")
    url = change(sa.make_url(least_user.url)).render_as_string(hide_password=False)
    destination = open_destination(url, table)
    with pytest.raises(DestinationSetupError, match=complaint) as caught:
        destination.prepare()
    assert "hunter2" not in str(caught.value) and PASSWORD not in str(caught.value)
    assert "\n" not in caught.value.message
    destination.close()


@pytest.mark.parametrize("place", ["127.0.0.1:1/leads", "localhost/leads?unix_socket=/nowhere/socket"])
def test_a_server_that_cannot_be_reached_is_said_in_one_line(
    table: LoadTable, mysql_server: sa.URL, place: str
) -> None:
    destination = open_destination(f"mysql://ann:hunter2@{place}", table)
    with pytest.raises(DestinationError, match="cannot be reached") as caught:
        destination.prepare()
    assert not isinstance(caught.value, DestinationSetupError)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("scheme", ["mysql", "mariadb", "mariadb+mysqldb", "mysql+pymysql"])
def test_other_words_for_mysql_mean_the_same(table: LoadTable, mysql_url: str, scheme: str) -> None:
    loads = MadeUpLoads(mysql_url.replace("mysql+mysqldb", scheme), table)
    loads.destination.prepare()
    loads.load({"company": "A"})
    assert loads.shown() == ["A"]
    loads.destination.close()


def test_nothing_is_cut_or_bent_to_fit_whatever_mode_the_server_is_in(
    table: LoadTable, mysql_url: str
) -> None:
    lax = sa.make_url(mysql_url).update_query_dict({"init_command": "SET SESSION sql_mode = ''"})
    loads = MadeUpLoads(lax.render_as_string(hide_password=False), table)
    loads.destination.prepare()
    with pytest.raises(
        DestinationError,
        match=r"would change a row of made_up: company, error 1265|rejected the load with error 1406",
    ):
        loads.load({"company": "x" * 201})
    assert loads.shown() == []
    loads.destination.close()


def kill_others(url: str) -> None:
    """End every connection to the database, as an administrator or a restarted server does."""
    database = sa.make_url(url).database
    running = run_sql(
        url,
        f"SELECT id FROM information_schema.processlist WHERE db = '{database}' AND id <> CONNECTION_ID()",
    )
    assert running
    run_sql(url, ";".join(f"KILL {number}" for (number,) in running))


def lose_the_connection(loads: MadeUpLoads) -> None:
    with loads.started() as load:
        batch = leads_of(loads.table, {"company": "new"})
        load.write(leads=batch, rejects=rejects_of(), invalid_values=invalid_of())
        kill_others(loads.url)
        load.finish(LoadEnd(RecordCounts(read=1, loaded=1, rejected=0, filtered=0, invalid_values=0)))


def test_a_connection_lost_in_a_load_leaves_the_old_one_and_a_mark(table: LoadTable, mysql_url: str) -> None:
    loads = MadeUpLoads(mysql_url, table)
    loads.destination.prepare()
    loads.load({"company": "old"})
    with pytest.raises(DestinationLostError, match="aborted the load"):
        lose_the_connection(loads)
    assert loads.shown() == ["old"]
    row = loads.destination.ledger.history()[0]
    assert row.status == "failed"
    assert "aborted the load" in row.reason
    loads.destination.close()


def test_a_connection_lost_between_two_loads_does_not_matter(table: LoadTable, mysql_url: str) -> None:
    loads = MadeUpLoads(mysql_url, table)
    loads.destination.prepare()
    kill_others(mysql_url)
    loads.load({"company": "A"})
    assert loads.shown() == ["A"]
    loads.destination.close()


@pytest.mark.parametrize("statistics", ["none", "fresh"])
@pytest.mark.parametrize("keyed", [True, False], ids=["with keys", "without keys"])
def test_no_question_compares_every_lead_with_every_other(
    table: LoadTable, mysql_url: str, keyed: bool, statistics: str
) -> None:
    loads = MadeUpLoads(mysql_url, table)
    loads.destination.prepare()
    many = [{"company": "x", "lead_key": f"k{number}" if keyed else None} for number in range(1_500)]
    for source in ("a", "b"):
        loads.load(*many, source=source)
    loads.destination.close()
    if statistics == "fresh":
        run_sql(mysql_url, "ANALYZE TABLE made_up, published_loads")
    hidden = str(hidden_query(schema_for(mysql_url, table))).replace(":load_id", "2")
    for question, most in (("vw_made_up", 15 * 2), (f"({hidden}) AS hidden", 30)):
        # What the storage engine counts: rows read in this session, however they were found.
        counted = f"SELECT COUNT(*) FROM {question}; SHOW SESSION STATUS LIKE 'Handler_read%'"
        read = sum(int(number) for _, number in run_sql(mysql_url, counted))
        assert read < most * len(many)
