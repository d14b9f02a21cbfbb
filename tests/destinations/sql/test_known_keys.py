"""Tests of leadingest.destinations.sql.known_keys: which keys the view has to compare, whoever has loaded them and when."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa

from leadingest.destinations.sql import known_keys, load
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.dialects import dialect_of
from leadingest.destinations.sql.known_keys import LoadKeys, keys_of_load, remember_keys
from leadingest.destinations.sql.schema import Schema
from leadingest.tables import rows_by_key
from tests.destinations.made_up import MadeUpLoads, schema_for
from tests.loaded_tables import read

#: Seconds in which a load would be done long ago.
_LONG = 1.0


def with_keys(loads: MadeUpLoads, source: str, *keys: str) -> int:
    """Load leads that have these keys, and are called by them and by the source."""
    leads = (
        {"company": f"{key} of {source}", "lead_key": key, "record_number": at}
        for at, key in enumerate(keys, 1)
    )
    return loads.load(*leads, source=source)


def contested(loads: MadeUpLoads) -> list[tuple[Any, ...]]:
    """How many keys each source has in the table of keys."""
    sql = "SELECT source_name, COUNT(*) AS number FROM made_up_keys GROUP BY source_name ORDER BY source_name"
    return [tuple(row.values()) for row in read(loads.url, sql)]


def run(loads: MadeUpLoads, sql: str) -> None:
    """Change the database by hand."""
    engine = sa.create_engine(loads.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(sql)
    engine.dispose()


def test_a_key_that_one_lead_has_is_not_in_the_table_of_keys_however_often_it_is_loaded(
    loads: MadeUpLoads,
) -> None:
    for _ in range(2):
        with_keys(loads, "acme", "a", "b")
    with_keys(loads, "beta", "c")
    assert contested(loads) == []
    assert loads.shown() == ["a of acme", "b of acme", "c of beta"]


def test_a_key_is_there_for_all_who_have_it_or_had_it(loads: MadeUpLoads) -> None:
    for source in ("acme", "beta"):
        with_keys(loads, source, f"only {source}", "both")
    with_keys(loads, "beta", "another")
    with_keys(loads, "c", "both", "another", "c")
    assert contested(loads) == [("acme", 1), ("beta", 2), ("c", 2)]
    assert loads.shown() == ["only acme of acme", "both of acme", "another of beta", "c of c"]


def test_a_key_that_two_leads_of_a_load_have_is_there(loads: MadeUpLoads) -> None:
    with_keys(loads, "acme", "twin", "alone", "twin")
    assert contested(loads) == [("acme", 1)]
    assert loads.shown() == ["twin of acme", "alone of acme"]


def test_more_keys_than_a_row_of_hashes_and_a_query_take(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("_PART", "_ROWS", "AT_ONCE"):
        monkeypatch.setattr(known_keys, limit, 2)
    monkeypatch.setattr(rows_by_key, "IN_MEMORY", 2)
    with_keys(loads, "acme", *"abcde")
    with_keys(loads, "acme", *"abcdef")
    with_keys(loads, "beta", *"fedcbag")
    assert contested(loads) == [("acme", 6), ("beta", 6)]
    assert loads.shown() == [*(f"{key} of acme" for key in "abcdef"), "g of beta"]


def test_where_others_are_in_the_way_the_keys_are_kept_by_the_next_try(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[LoadKeys] = []

    def in_the_way(
        connection: sa.Connection, schema: Schema, number: int, source: str, keys: LoadKeys
    ) -> None:
        remember_keys(connection, schema, number, source, keys)
        tries.append(keys)
        if len(tries) == 1:
            raise sa.exc.OperationalError("INSERT", {}, Exception("in the way"))

    with_keys(loads, "acme", "k", "a")
    monkeypatch.setattr(load, "remember_keys", in_the_way)
    monkeypatch.setattr(Database, "is_retryable", lambda *_: True)
    with_keys(loads, "beta", "k", "b")
    assert len(tries) == 2
    assert contested(loads) == [("acme", 1), ("beta", 1)]
    assert loads.shown() == ["k of acme", "a of acme", "b of beta"]


def test_after_pruning_a_key_is_compared_as_long_as_a_load_has_it(loads: MadeUpLoads) -> None:
    with_keys(loads, "acme", "gone", "stays")
    with_keys(loads, "acme", "stays", "new")
    loads.destination.ledger.prune(keep=1)
    with_keys(loads, "beta", "gone", "stays", "new")
    assert contested(loads) == [("acme", 2), ("beta", 2)]
    assert loads.shown() == ["stays of acme", "new of acme", "gone of beta"]


def test_keys_with_one_hash_are_two_keys(loads: MadeUpLoads) -> None:
    # Both have the CRC-32 0x4DDB0C25.
    with_keys(loads, "acme", "plumless")
    with_keys(loads, "beta", "buckeroo")
    assert loads.shown() == ["plumless of acme", "buckeroo of beta"]


@pytest.mark.parametrize("held", ["its table", "some of its rows"])
def test_what_an_earlier_version_has_loaded_is_compared(loads: MadeUpLoads, held: str) -> None:
    with_keys(loads, "acme", "a", "k")
    with_keys(loads, "beta", "b")
    if held == "its table":
        run(loads, "DROP TABLE made_up_key_hashes")
        loads.destination.prepare()
    else:
        run(loads, "DELETE FROM made_up_key_hashes WHERE source_name = 'acme'")
    with_keys(loads, "c", "k", "b", "c")
    assert loads.shown() == ["a of acme", "k of acme", "b of beta", "c of c"]


def test_keys_of_a_load_that_was_not_published_are_compared_when_it_is_loaded_again(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(load, "publish", broken)
        with pytest.raises(RuntimeError, match="broken"):
            with_keys(loads, "acme", "k")
    with_keys(loads, "beta", "k", "b")
    assert loads.shown() == ["k of beta", "b of beta"]
    with_keys(loads, "acme", "k", "a")
    assert loads.shown() == ["k of acme", "a of acme", "b of beta"]


def test_of_two_who_keep_keys_at_once_one_waits_for_the_other(loads: MadeUpLoads) -> None:
    beta = with_keys(loads, "beta", "k")
    run(loads, "DELETE FROM made_up_key_hashes")
    schema, url = schema_for(loads.url, loads.table), sa.make_url(loads.url)
    database = Database(dialect_of(url.get_backend_name()), url)
    other = Thread(target=with_keys, args=(loads, "acme", "k"))
    with database.replacing() as connection, connection.begin():
        remember_keys(connection, schema, beta, "beta", keys_of_load(connection, schema, beta))
        other.start()
        other.join(_LONG)
        assert other.is_alive()
    other.join()
    database.close()
    assert contested(loads) == [("acme", 1), ("beta", 1)]
    assert loads.shown() == ["k of acme"]
