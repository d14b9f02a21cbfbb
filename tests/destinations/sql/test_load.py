"""Tests of leadingest.destinations.sql.load: what a load says to a database beside its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from tests.destinations.made_up import DRIFT, MadeUpLoads, invalid_of, rejects_of

REJECTS = rejects_of((2, 3, "company", "required", "Company is blank", "{}"))
INVALID = invalid_of((1, "capacity", "Capacity", "integer", "many"))


@contextmanager
def noted(event: str) -> Iterator[list[object]]:
    """The second argument of each call of this event while the block lasts."""
    calls: list[object] = []

    def note(*call: object) -> None:
        calls.append(call[1])

    sa.event.listen(sa.Engine, event, note)
    try:
        yield calls
    finally:
        sa.event.remove(sa.Engine, event, note)


def test_the_tables_of_a_chunk_are_counted_by_one_statement(loads: MadeUpLoads) -> None:
    with noted("before_execute") as statements:
        loads.load({"company": "one"}, rejects=REJECTS, invalid_values=INVALID)
    counting = [each for each in map(str, statements) if " BETWEEN " in each]
    [of_leads] = [each for each in counting if "FROM made_up" in each]
    assert "FROM load_rejects" in of_leads
    assert "FROM load_invalid_values" in of_leads


def test_a_delivery_without_drift_takes_no_statement_for_it(loads: MadeUpLoads) -> None:
    with noted("before_execute") as without:
        loads.load({"company": "one"})
    with noted("before_execute") as with_drift:
        loads.load({"company": "two"}, drift=[DRIFT])
    assert len(with_drift) == len(without) + 2


def test_what_every_load_asks_is_put_into_words_once(loads: MadeUpLoads) -> None:
    loads.load({"company": "one"}, source="acme")
    with noted("before_execute") as one:
        loads.load({"company": "one"}, source="beta")
    with noted("before_execute") as other:
        loads.load({"company": "one"}, source="gamma")
    again = {id(each) for each in one} & {id(each) for each in other}
    # The loads that are unfinished, whose this one is (three times), what is published, its end and its publication.
    assert len(again) >= 5
