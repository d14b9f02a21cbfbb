"""Tests of leadingest.comparing.compare_loads, on SQLite and on MySQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.comparing import changed_leads
from leadingest.comparing.changed_leads import FieldChange
from leadingest.comparing.compare_loads import LoadComparison, chosen_loads, compare_loads
from leadingest.comparing.match import RECORD
from leadingest.destinations.ledger import LoadEnd, RecordCounts
from leadingest.errors import BalanceError, NothingToDoError, UsageError
from tests.destinations.made_up import MadeUpLoads


def chosen(loads: MadeUpLoads, pair: tuple[int, int] | None = None) -> list[int]:
    return [row.load_id for row in chosen_loads(loads.destination.ledger, "acme", pair)]


def loaded(loads: MadeUpLoads, count: int) -> list[int]:
    return [loads.load({"company": str(number)}) for number in range(count)]


def test_the_published_load_and_the_one_before_it_then_the_earlier_ones(loads: MadeUpLoads) -> None:
    first, second, third, fourth = loaded(loads, 4)
    loads.load({"company": "other"}, source="beta")
    assert chosen(loads) == [third, fourth, second, first]
    loads.destination.ledger.rollback("acme")
    assert chosen(loads) == [second, third, first]


def test_what_is_held_or_failed_is_not_the_one_before(loads: MadeUpLoads) -> None:
    first, second = loaded(loads, 2)
    loads.load({"company": "x"}, held_because="old")
    last = loads.load({"company": "y"})
    assert chosen(loads) == [second, last, first]


def test_two_that_are_named_in_the_order_given_a_held_one_too(loads: MadeUpLoads) -> None:
    first, second = loaded(loads, 2)
    held = loads.load({"company": "x"}, held_because="old")
    assert chosen(loads, (second, held)) == [second, held, first]
    assert chosen(loads, (held, first)) == [held, first, second]


def test_a_load_without_rows_is_refused_with_the_reason(loads: MadeUpLoads) -> None:
    first, second, third = loaded(loads, 3)
    loads.destination.ledger.prune(keep=2)
    with pytest.raises(UsageError, match=f"load {first} of acme was pruned: its rows were removed"):
        chosen(loads, (first, third))
    with pytest.raises(RuntimeError), loads.started() as broken:
        raise RuntimeError
    with pytest.raises(UsageError, match=f"load {broken.id} of acme failed as a whole and has no rows"):
        chosen(loads, (second, broken.id))
    with loads.started() as running:
        with pytest.raises(UsageError, match=f"load {running.id} of acme is still being loaded"):
            chosen(loads, (second, running.id))
        running.finish(LoadEnd(RecordCounts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0)))


def test_a_load_of_another_source_is_none(loads: MadeUpLoads) -> None:
    (first,) = loaded(loads, 1)
    other = loads.load({"company": "x"}, source="beta")
    with pytest.raises(UsageError, match=f"acme has no load {other}"):
        chosen(loads, (first, other))
    with pytest.raises(UsageError, match="cannot be compared with itself"):
        chosen(loads, (first, first))


def test_without_two_loads_there_is_nothing_to_compare(loads: MadeUpLoads) -> None:
    with pytest.raises(NothingToDoError, match="acme has no published load yet"):
        chosen(loads)
    (first,) = loaded(loads, 1)
    with pytest.raises(
        NothingToDoError, match=f"acme has no load before the published one \\(load {first}\\) to compare"
    ):
        chosen(loads)
    loaded(loads, 1)
    loads.destination.ledger.prune(keep=1)
    with pytest.raises(
        NothingToDoError, match=f"to compare with: load {first} was pruned: its rows were removed"
    ):
        chosen(loads)


ELM, OAK, FIR, ASH = (
    {"company": name, "phone": f"+1702200300{number}", "capacity": 10 + number, "rate": Decimal("7.50")}
    for number, name in enumerate(("Elm", "Oak", "Fir", "Ash"))
)


def compare(
    loads: MadeUpLoads,
    key: Sequence[str] = (),
    pair: tuple[int, int] | None = None,
    *,
    then_by: Sequence[str] = (),
) -> LoadComparison:
    fields = tuple(loads.table.columns)
    return compare_loads(loads.destination, "acme", key=key, fields=fields, loads=pair, then_by=then_by)


def names(comparison: LoadComparison, records: pl.DataFrame, *, removed: bool = False) -> list[str]:
    load = comparison.before if removed else comparison.now
    return pl.concat(comparison.leads(load, records))["company"].to_list()


def changes(comparison: LoadComparison) -> list[tuple[Any, ...]]:
    return pl.concat(comparison.changes()).rows() if comparison.found.changed.height else []


def test_leads_are_new_changed_gone_or_as_they_were(loads: MadeUpLoads) -> None:
    loads.load(ELM, OAK, FIR)
    loads.load({**FIR, "capacity": None, "company": "Fir Inc."}, ASH, ELM)
    found = compare(loads)
    assert found.key == ("lead_key",)
    assert found.found.unchanged == 1
    assert names(found, found.new) == ["Ash"]
    assert names(found, found.found.removed, removed=True) == ["Oak"]
    assert changes(found) == [
        (3, 1, FIR["phone"], "company", "Fir", "Fir Inc."),
        (3, 1, FIR["phone"], "capacity", "12", None),
    ]
    assert found.field_changes == {"company": FieldChange(1, 0, 0), "capacity": FieldChange(1, 0, 1)}


def test_every_type_is_compared_as_it_is_stored(loads: MadeUpLoads) -> None:
    full = {
        **ELM,
        "share": Decimal("0.12345678901234567890"),
        "open": True,
        "issued": date(2026, 6, 30),
        "seen": datetime(2026, 6, 30, 12, 0, 1),
    }
    loads.load(full, OAK)
    loads.load(full, OAK)
    assert compare(loads).found.unchanged == 2
    other = {
        "rate": Decimal("7.51"),
        "share": Decimal("0.12345678901234567891"),
        "open": False,
        "issued": date(2026, 7, 1),
        "seen": datetime(2026, 6, 30, 12, 0, 2),
    }
    loads.load({**full, **other}, OAK)
    assert [row[3:] for row in changes(compare(loads))] == [
        ("rate", "7.50", "7.51"),
        ("share", "0.12345678901234567890", "0.12345678901234567891"),
        ("open", "true", "false"),
        ("issued", "2026-06-30", "2026-07-01"),
        ("seen", "2026-06-30 12:00:01.000000", "2026-06-30 12:00:02.000000"),
    ]


def test_a_declared_key_knows_a_lead_again_whose_lead_key_has_changed(loads: MadeUpLoads) -> None:
    loads.load(ELM)
    loads.load({**ELM, "phone": OAK["phone"]})
    assert (compare(loads).new.height, compare(loads).found.removed.height) == (1, 1)
    found = compare(loads, ["company", "capacity"])
    assert changes(found) == [(1, 1, "Elm", 10, "phone", ELM["phone"], OAK["phone"])]


def test_blank_equals_blank_in_a_key_of_several_fields(loads: MadeUpLoads) -> None:
    nobody = {"company": "Nobody"}
    loads.load({**ELM, "phone": None}, nobody)
    loads.load({**ELM, "phone": None, "open": False}, nobody)
    found = compare(loads, ["phone", "capacity"])
    assert changes(found) == [(1, 1, None, 10, "open", None, "false")]
    assert (found.without_key("before"), found.without_key("now")) == (1, 1)


def test_leads_without_a_partner_are_matched_by_weaker_fields(loads: MadeUpLoads) -> None:
    loads.load(ELM, OAK, FIR)
    loads.load({**ELM, "phone": "+1999"}, {**OAK, "phone": None}, ASH)
    found = compare(loads, ["phone"], then_by=["company"])
    assert changes(found) == [
        (1, 1, "+1999", "phone", ELM["phone"], "+1999"),
        (2, 2, None, "phone", OAK["phone"], None),
    ]
    assert (names(found, found.new), names(found, found.found.removed, removed=True)) == (["Ash"], ["Fir"])


def test_a_field_that_changed_nearly_everywhere_is_told_from_the_others(loads: MadeUpLoads) -> None:
    leads = [{"company": f"C{at}", "phone": f"+1{at}", "capacity": at} for at in range(20)]
    loads.load(*leads)
    loads.load(*({**lead, "capacity": 7, "rate": Decimal(at // 18)} for at, lead in enumerate(leads)))
    found = compare(loads)
    assert found.field_changes == {"rate": FieldChange(20, 20, 0), "capacity": FieldChange(19, 0, 0)}
    assert found.changed_nearly_everywhere == ("rate", "capacity")
    assert compare(loads, pair=(2, 1)).field_changes["rate"] == FieldChange(20, 0, 20)


def test_keys_are_compared_letter_by_letter_whatever_the_database_takes_for_equal(loads: MadeUpLoads) -> None:
    loads.load({**ELM, "company": "Étoile"}, {**OAK, "company": "étoile"})
    loads.load({**ELM, "company": "Étoile"}, {**OAK, "company": "Etoile"})
    loads.load({**ELM, "company": "Étoile"}, {**OAK, "company": "ETOILE"})
    found = compare(loads, ["company"])
    assert (found.found.unchanged, found.new.height, found.reappeared.height) == (1, 1, 0)


def test_a_lead_that_an_earlier_load_had_has_reappeared(loads: MadeUpLoads) -> None:
    loads.load(ELM, OAK)
    loads.load(ELM)
    loads.load({"company": "of another source", **FIR}, source="beta")
    loads.load(ELM, OAK, FIR)
    found = compare(loads)
    assert names(found, found.reappeared) == ["Oak"]
    assert names(found, found.new) == ["Fir"]


def test_what_only_a_pruned_load_had_counts_as_new_and_that_is_told(loads: MadeUpLoads) -> None:
    first = loads.load(ELM, OAK)
    loads.load(ELM)
    loads.load(ELM, OAK)
    loads.destination.ledger.prune(keep=2)
    found = compare(loads)
    assert (found.new.height, found.reappeared.height) == (1, 0)
    assert [row.load_id for row in found.unknown] == [first]


def test_leads_that_share_a_key_or_have_none_are_counted_and_not_paired(loads: MadeUpLoads) -> None:
    nobody = {"company": "Nobody"}
    loads.load(ELM, {**ELM, "company": "Elm 2"}, OAK, nobody)
    loads.load(ELM, OAK, {**OAK, "company": "Oak 2"}, nobody, nobody)
    found = compare(loads)
    assert found.ambiguous_keys == 2
    assert (found.ambiguous("before"), found.ambiguous("now")) == (3, 3)
    assert found.found.ambiguous.rows() == [
        (ELM["phone"], "before", 1),
        (ELM["phone"], "before", 2),
        (ELM["phone"], "now", 1),
        (OAK["phone"], "before", 3),
        (OAK["phone"], "now", 2),
        (OAK["phone"], "now", 3),
    ]
    assert (found.without_key("before"), found.without_key("now")) == (1, 2)


@pytest.mark.parametrize("empty", ["before", "now", "both"])
def test_a_load_may_be_empty(loads: MadeUpLoads, empty: str) -> None:
    before, now = ([] if empty in (name, "both") else [ELM] for name in ("before", "now"))
    pair = loads.load(*before), loads.load(*now)
    found = compare(loads, ["capacity"], pair)
    assert (found.found.removed.height, found.new.height) == (len(before), len(now))


def test_many_leads_are_read_batch_by_batch(loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadingest.destinations.sql.leads.BATCH", 7)
    monkeypatch.setattr("leadingest.destinations.sql.leads.AT_ONCE", 5)
    monkeypatch.setattr(changed_leads, "_PAIRS", 11)
    leads: list[dict[str, Any]] = [
        {"company": f"C{at}", "phone": f"+1{at}", "capacity": at} for at in range(60)
    ]
    loads.load(*leads[:50])
    loads.load(*({**lead, "capacity": -lead["capacity"]} for lead in reversed(leads[10:])))
    found = compare(loads)
    assert [(row[3], row[4], row[5]) for row in changes(found)] == [
        ("capacity", str(at), str(-at)) for at in reversed(range(10, 50))
    ]
    assert names(found, found.new) == [f"C{at}" for at in reversed(range(50, 60))]
    assert found.found.removed[RECORD].to_list() == list(range(1, 11))


@pytest.mark.parametrize("database_url", ["sqlite", "mysql"], indirect=True)
def test_rows_that_are_missing_stop_the_comparison(loads: MadeUpLoads) -> None:
    first = loads.load(ELM, OAK)
    loads.load(ELM)
    engine = sa.create_engine(loads.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM made_up WHERE load_id = {first} AND source_record_number = 2"
        )
    engine.dispose()
    with pytest.raises(BalanceError, match=f"load {first} of acme has 1 rows, expected 2"):
        compare(loads)
