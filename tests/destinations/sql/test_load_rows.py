"""Tests of leadingest.destinations.sql.load_rows: who else may change the loads of a source meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
import sqlalchemy as sa

from leadingest.destinations.sql import load_rows
from leadingest.destinations.sql.load_rows import lock_source
from leadingest.errors import DestinationError, UsageError
from leadingest.tables.load_table import LoadTable
from tests.destinations.acts import (
    ACTS,
    Acts,
    Another,
    begins_and_commits,
    interrupted,
    is_whole,
    without_waiting,
)
from tests.destinations.full_loads import full_load, held_loads
from tests.destinations.made_up import MadeUpLoads, schema_for
from tests.loaded_tables import read

#: A database, and what a transaction sees of the others there: what holds must hold whatever it is.
WHERE = {
    "sqlite": ("sqlite", ""),
    "repeatable read": ("mysql", "REPEATABLE READ"),
    "read committed": ("mysql", "READ COMMITTED"),
}
#: Not the one that connections are given.
UNUSUAL = pytest.param("read committed", marks=pytest.mark.long)


@pytest.fixture(params=["sqlite", "repeatable read", UNUSUAL])
def everywhere(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, table: LoadTable
) -> Iterator[MadeUpLoads]:
    """Loads into an empty database that is ready."""
    database, isolation = WHERE[request.param]
    if isolation:
        level = f"SET SESSION TRANSACTION ISOLATION LEVEL {isolation}"
        monkeypatch.setattr("leadingest.destinations.sql.dialects.mysql._ISOLATION", level)
    loads = MadeUpLoads(request.getfixturevalue(f"{database}_url"), table)
    loads.destination.prepare()
    yield loads
    loads.destination.close()


@pytest.mark.parametrize("first", ACTS)
def test_nothing_published_is_pruned_and_nothing_lost_whatever_comes_between(
    everywhere: MadeUpLoads, table: LoadTable, first: str
) -> None:
    other = MadeUpLoads(everywhere.url, table)
    alone = Acts(everywhere, "alone")
    alone.set_up()
    seen = begins_and_commits(getattr(alone, first))
    upto_lock = seen[: seen.index("lock")]
    for second in ACTS:
        mine, theirs = (Acts(loads, f"before {second}") for loads in (everywhere, other))
        mine.set_up()
        another = Another(everywhere.url, getattr(theirs, second))
        # When it is about to lock the source, and knows of it what it has read before.
        with interrupted("begin", upto_lock.count("begin"), another.act), suppress(UsageError):
            getattr(mine, first)()
        is_whole(mine)

        mine, theirs = (Acts(loads, f"within {second}") for loads in (everywhere, other))
        mine.set_up()
        another = Another(everywhere.url, getattr(theirs, second))
        # When it has done what it does: the other one goes on as soon as it commits.
        with interrupted("commit", upto_lock.count("commit") + 1, another.act_until_it_waits):
            getattr(mine, first)()
        another.wait()
        is_whole(mine)
        if another.refused:
            with suppress(UsageError):
                getattr(theirs, second)()
            is_whole(mine)
    other.destination.close()


@pytest.mark.parametrize("act", ACTS)
def test_one_at_a_time_changes_loads_that_are_done(
    everywhere: MadeUpLoads, table: LoadTable, act: str
) -> None:
    other = MadeUpLoads(without_waiting(everywhere.url), table)
    mine, theirs = Acts(everywhere, "acme"), Acts(other, "acme")
    mine.set_up()
    schema = schema_for(everywhere.url, table)
    engine = sa.create_engine(everywhere.url)
    with engine.connect() as connection, connection.begin():
        lock_source(connection, schema, "acme")
        before = mine.history()
        with pytest.raises(DestinationError):
            getattr(theirs, act)()
        assert [row for row in mine.history() if row.status not in ("running", "failed")] == before
    engine.dispose()
    with suppress(DestinationError):
        # A load that could not even be marked failed is cleared away by the next one.
        getattr(theirs, act)()
    is_whole(mine)
    other.destination.close()


def test_many_rows_go_in_small_transactions_and_what_was_broken_off_is_gone_on_with(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_rows, "AT_ONCE", 10)
    first = loads.load(*({"company": str(number)} for number in range(35)))
    loads.load({"company": "new"})
    removed: list[bool] = []
    remove = load_rows._remove_some

    def break_off(*args: object) -> bool:
        if len(removed) == 2:
            raise KeyboardInterrupt
        removed.append(remove(*args))  # type: ignore[arg-type]  # as it was called
        return removed[-1]

    monkeypatch.setattr(load_rows, "_remove_some", break_off)
    with pytest.raises(KeyboardInterrupt):
        loads.destination.ledger.prune(keep=1)
    assert loads.shown() == ["new"]
    assert first in held_loads(loads)["made_up"]
    monkeypatch.setattr(load_rows, "_remove_some", remove)
    assert [row.load_id for row in loads.destination.ledger.prune(keep=1)] == [first]
    assert first not in held_loads(loads)["made_up"]


def test_a_load_whose_pruning_was_broken_off_does_not_count_as_kept(loads: MadeUpLoads) -> None:
    oldest, half_pruned, newest = (full_load(loads, name) for name in "ABC")
    engine = sa.create_engine(loads.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE loads SET status = 'pruning' WHERE load_id = {half_pruned}")
    engine.dispose()
    assert [row.load_id for row in loads.destination.ledger.prune(keep=2)] == [half_pruned]
    assert held_loads(loads)["made_up"] == {oldest, newest}


def test_keys_that_no_lead_has_any_more_are_removed_with_the_loads_that_had_them(loads: MadeUpLoads) -> None:
    loads.load({"company": "old", "lead_key": "gone"}, source="other")
    for keys in (["gone", "kept"], ["kept", "new"]):
        loads.load(
            *({"company": key, "lead_key": key, "record_number": at} for at, key in enumerate(keys, 1))
        )
    count = (
        "SELECT source_name, COUNT(*) AS number FROM made_up_keys GROUP BY source_name ORDER BY source_name"
    )
    kept = [tuple(row.values()) for row in read(loads.url, count)]
    assert kept == [("acme", 1), ("other", 1)]
    with loads.destination.ledger.claim("acme"):
        loads.destination.ledger.prune(keep=1)
        # Whoever has the source may be about to add leads with any of them.
        assert [tuple(row.values()) for row in read(loads.url, count)] == kept
    loads.load({"company": "kept", "lead_key": "kept"})
    loads.destination.ledger.prune(keep=1)
    assert [tuple(row.values()) for row in read(loads.url, count)] == [("other", 1)]
    loads.load(
        *(
            {"company": key, "lead_key": key, "record_number": at}
            for at, key in enumerate(["kept", "new"], 1)
        ),
        source="third",
    )
    assert [tuple(row.values()) for row in read(loads.url, count)] == [
        ("acme", 1),
        ("other", 1),
        ("third", 1),
    ]
