"""What is kept of a load beside its leads, in every destination."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.destinations.diagnostics import (
    DeliveredColumn,
    InvalidValue,
    InvalidValueGroup,
    Reject,
    RejectGroup,
)
from leadingest.errors import UsageError
from leadingest.tables.rejects import REJECTS
from tests.destinations.made_up import MadeUpLoads, invalid_of, rejects_of

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
    assert pl.concat(loads.destination.diagnostics.rejects(load_id)).equals(_REJECTS)


def test_a_load_without_rejects_has_none(loads: MadeUpLoads) -> None:
    load_id = loads.load(OAK)
    assert list(loads.destination.diagnostics.rejects(load_id)) == []
    assert loads.destination.diagnostics.reject_groups(load_id) == []


def test_rejects_are_counted_by_reason_with_the_first_as_examples(loads: MadeUpLoads, load_id: int) -> None:
    first, second = _REJECTS.row(0, named=True), _REJECTS.row(2, named=True)
    assert loads.destination.diagnostics.reject_groups(load_id, examples=2) == [
        RejectGroup(None, "long_record", 3, (_reject(first), _reject(second))),
        RejectGroup("company", "required", 1, (_reject(_REJECTS.row(1, named=True)),)),
    ]


def test_rejects_may_be_counted_without_examples(loads: MadeUpLoads, load_id: int) -> None:
    groups = loads.destination.diagnostics.reject_groups(load_id, examples=0)
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
    batches = list(loads.destination.diagnostics.rejects(load_id))
    assert len(batches) > 1 and max(batch.height for batch in batches) <= 2000
    assert pl.concat(batches).equals(many)


def test_the_headers_of_a_load_are_known(loads: MadeUpLoads) -> None:
    assert loads.destination.diagnostics.headers(loads.load(OAK)) == ["Company", "Phone"]


def test_a_load_that_there_is_not_is_refused(loads: MadeUpLoads) -> None:
    loads.load(OAK)
    with pytest.raises(UsageError, match="there is no load 99"):
        loads.destination.ledger.load(99)


def _reject(row: dict[str, object]) -> Reject:
    return Reject(**{name: row[name] for name in ("record_number", "line_number", "message", "raw_record")})  # type: ignore[arg-type]  # as REJECTS says


def test_the_columns_of_a_delivery_stand_from_left_to_right(loads: MadeUpLoads) -> None:
    one = loads.load({"company": "Oak"})
    two = loads.load({"company": "Elm"}, source="other")
    columns = (DeliveredColumn("Company", 2), DeliveredColumn("Phone", 1))
    assert loads.destination.diagnostics.delivered_columns([one, two]) == {one: columns, two: columns}
    assert loads.destination.diagnostics.delivered_columns([two]) == {two: columns}


def test_they_are_counted_by_field_and_rule_with_the_first_of_each(loads: MadeUpLoads) -> None:
    one = loads.load(
        {"company": "Oak"},
        {"company": "Elm"},
        {"company": "Ash"},
        invalid_values=invalid_of(
            (1, "phone", "Phone", "phone", "none"),
            (1, "capacity", "Places", "integer", "a few"),
            (2, "phone", "Phone, Ext", "phone", '{"Phone": "7", "Ext": "5"}'),
            (2, "capacity", "Places", "min", "-1"),
            (3, "phone", "Phone", "phone", "unknown"),
        ),
    )
    other = loads.load({"company": "Oak"}, source="other")
    each = pl.concat(loads.destination.diagnostics.invalid_values(one)).select("record_number", "field")
    assert each.rows() == [(1, "capacity"), (1, "phone"), (2, "capacity"), (2, "phone"), (3, "phone")]
    assert loads.destination.diagnostics.invalid_value_groups(one, examples=2) == [
        InvalidValueGroup(
            "phone",
            "phone",
            3,
            (InvalidValue(1, "Phone", "none"), InvalidValue(2, "Phone, Ext", '{"Phone": "7", "Ext": "5"}')),
        ),
        InvalidValueGroup("capacity", "integer", 1, (InvalidValue(1, "Places", "a few"),)),
        InvalidValueGroup("capacity", "min", 1, (InvalidValue(2, "Places", "-1"),)),
    ]
    assert loads.destination.diagnostics.invalid_value_groups(other) == []
