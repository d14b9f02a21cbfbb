"""Tests of leadingest.destinations.sql.load_rows: who else may change the loads of a source meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
import sqlalchemy as sa

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
from tests.destinations.made_up import MadeUpLoads, schema_for

#: A database, and what a transaction sees of the others there: what holds must hold whatever it is.
WHERE = {
    "sqlite": ("sqlite", ""),
    "read committed": ("mysql", "READ COMMITTED"),
    "repeatable read": ("mysql", "REPEATABLE READ"),
}


@pytest.fixture(params=WHERE)
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
