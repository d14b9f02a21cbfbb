"""The rejects of a load, on SQLite and on MySQL."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.destinations.reject_rows import Reject, RejectGroup
from leadingest.errors import UsageError
from leadingest.tables.rejects import REJECTS
from tests.destinations.made_up import MadeUpLoads, rejects_of

OAK = {"company": "Oak"}
_REJECTS = rejects_of(
    (2, 3, None, "long_record", "4 cells instead of 2", "Oak,1,2,3"),
    (3, None, "company", "required", "Company has no value", '{"Company":"","Phone":"1"}'),
    (5, 9, None, "long_record", "3 cells instead of 2", "\"Elm\" 'x',\N{TEDDY BEAR},%s"),
    (8, 12, None, "long_record", "3 cells instead of 2", "Pine,1,2"),
)


@pytest.fixture
def load_id(loads: MadeUpLoads) -> int:
    """A load with rejects, between two others."""
    loads.load(OAK, rejects=rejects_of((1, 2, None, "open_quote", "another load", '"')))
    load_id = loads.load(OAK, rejects=_REJECTS)
    loads.load(OAK)
    return load_id


def test_all_rejects_come_back_as_they_were_written(loads: MadeUpLoads, load_id: int) -> None:
    assert pl.concat(loads.destination.rejects(load_id)).equals(_REJECTS)


def test_a_load_without_rejects_has_none(loads: MadeUpLoads) -> None:
    load_id = loads.load(OAK)
    assert list(loads.destination.rejects(load_id)) == []
    assert loads.destination.reject_groups(load_id) == []


def test_rejects_are_counted_by_reason_with_the_first_as_examples(loads: MadeUpLoads, load_id: int) -> None:
    first, second = _REJECTS.row(0, named=True), _REJECTS.row(2, named=True)
    assert loads.destination.reject_groups(load_id, examples=2) == [
        RejectGroup(None, "long_record", 3, (_reject(first), _reject(second))),
        RejectGroup("company", "required", 1, (_reject(_REJECTS.row(1, named=True)),)),
    ]


def test_rejects_may_be_counted_without_examples(loads: MadeUpLoads, load_id: int) -> None:
    groups = loads.destination.reject_groups(load_id, examples=0)
    assert [(group.rule, group.count, group.examples) for group in groups] == [
        ("long_record", 3, ()),
        ("required", 1, ()),
    ]


def test_many_rejects_come_in_batches(loads: MadeUpLoads) -> None:
    many = pl.DataFrame(
        [(number, number + 1, None, "open_quote", "a quote", '"') for number in range(1, 5001)],
        schema=REJECTS,
        orient="row",
    )
    load_id = loads.load(OAK, rejects=many)
    batches = list(loads.destination.rejects(load_id))
    assert len(batches) > 1 and max(batch.height for batch in batches) <= 2000
    assert pl.concat(batches).equals(many)


def test_the_headers_of_a_load_are_known(loads: MadeUpLoads) -> None:
    assert loads.destination.headers(loads.load(OAK)) == ["Company", "Phone"]


def test_a_load_that_there_is_not_is_refused(loads: MadeUpLoads) -> None:
    loads.load(OAK)
    with pytest.raises(UsageError, match="there is no load 99"):
        loads.destination.load(99)


def _reject(row: dict[str, object]) -> Reject:
    return Reject(**{name: row[name] for name in ("record_number", "line_number", "message", "raw_record")})  # type: ignore[arg-type]  # as REJECTS says
