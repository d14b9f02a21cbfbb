"""Tests of leadingest.planning.effect: leads of two mappings, compared with what plain Python says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.comparing.match import DIGEST, RECORD
from leadingest.destinations.ledger import RecordCounts
from leadingest.ingest.tally import FaultCount
from leadingest.planning import effect as effects
from leadingest.planning.effect import DeliveryEffect, effect_of
from leadingest.planning.mapped_leads import LEAD_KEY, MappedLeads, no_leads
from leadingest.project.project import Project

TABLE = Project.open(Path(__file__).parents[2]).table
COLUMNS = {name: TABLE.columns[name] for name in ("license_status", "phone")}
#: A lead: its status, its phone and its key.
Lead = tuple[str | None, str | None, str | None]


def side(folder: Path, name: str, leads: Mapping[int, Lead], *, read: int = 9) -> MappedLeads:
    """What a mapping makes of a delivery of 9 records: these leads, and of every other record a reject."""
    frame = pl.DataFrame(
        [(number, *lead) for number, lead in sorted(leads.items())],
        schema={RECORD: pl.Int64(), **dict.fromkeys((*COLUMNS, LEAD_KEY), pl.String())},
        orient="row",
    )
    # In files of two leads each.
    for at in range(0, max(frame.height, 1), 2):
        frame.slice(at, 2).write_parquet(folder / f"{name}_{at}.parquet")
    others = [number for number in range(1, read + 1) if number not in leads]
    nothing = no_leads((LEAD_KEY,))
    return replace(
        nothing,
        counts=RecordCounts(read, len(leads), len(others), 0, 0),
        keys=frame.select(
            RECORD,
            pl.col(RECORD).alias("record"),
            LEAD_KEY,
            pl.struct(*COLUMNS, LEAD_KEY).hash().alias(DIGEST),
        ),
        rejects=pl.DataFrame(
            {"record": others, "field": "phone", "rule": "phone"}, schema=nothing.rejects.schema
        ),
        counted_from=(1, 1),
        files=str(folder / f"{name}_*.parquet"),
    )


def compared(
    folder: Path, before: Mapping[int, Lead], now: Mapping[int, Lead], *, show_values: bool = False
) -> DeliveryEffect:
    sides = side(folder, "before", before), side(folder, "now", now)
    return effect_of("a.csv", *sides, columns=COLUMNS, key=(LEAD_KEY,), show_values=show_values)


texts = st.none() | st.sampled_from("abc")
leads_of_a_side = st.dictionaries(st.integers(1, 9), st.tuples(texts, texts, texts))


@given(leads_of_a_side, leads_of_a_side)
def test_every_lead_is_in_one_group_and_every_change_is_counted(
    before: dict[int, Lead], now: dict[int, Lead]
) -> None:
    with TemporaryDirectory() as folder:
        effect = compared(Path(folder), before, now, show_values=True)
    both = before.keys() & now.keys()
    changed = {number for number in both if before[number] != now[number]}
    assert (effect.changed, effect.unchanged) == (len(changed), len(both) - len(changed))
    assert effect.added.records == tuple(sorted(now.keys() - before.keys()))
    assert effect.removed.records == tuple(sorted(before.keys() - now.keys()))
    assert effect.removed.rejected == effect.removed.leads
    assert effect.changed_keys == sum(before[number][2] != now[number][2] for number in both)
    found = {
        (each.field, example.was, example.now): (example.leads, example.record)
        for each in effect.fields
        for example in each.examples
    }
    expected: dict[tuple[str, str | None, str | None], list[int]] = {}
    for number in sorted(changed):
        for at, field in enumerate(COLUMNS):
            if before[number][at] != now[number][at]:
                expected.setdefault((field, before[number][at], now[number][at]), []).append(number)
    assert found == {change: (len(numbers), numbers[0]) for change, numbers in expected.items()}


def test_what_is_somebodys_is_told_as_a_shape(tmp_path: Path) -> None:
    effect = compared(
        tmp_path,
        {1: ("closed", "+17022003000", "a"), 2: ("closed", "+17022003001", "b"), 3: (None, None, "c")},
        {1: ("expired", None, "a"), 2: ("expired", None, "b"), 3: ("call 702-200-3000", "x@y.org", "c")},
    )
    found = {each.field: [(one.was, one.now, one.leads) for one in each.examples] for each in effect.fields}
    assert found == {
        "license_status": [
            ("'closed'", "'expired'", 2),
            (None, "something like 'a 999-999-9999'", 1),
        ],
        "phone": [
            ("something like '+99999999999'", None, 2),
            (None, "something like 'a@a.a'", 1),
        ],
    }


def test_of_many_different_changes_the_most_frequent_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_EXAMPLES", 2)
    before: dict[int, Lead] = dict.fromkeys(range(1, 10), ("x", None, None))
    statuses = "abbbccccd"
    now: dict[int, Lead] = {number: (status, None, None) for number, status in enumerate(statuses, start=1)}
    (status,) = compared(tmp_path, before, now).fields
    assert status.change.leads == 9
    assert [(each.now, each.leads, each.record) for each in status.examples] == [("'c'", 4, 5), ("'b'", 3, 2)]


def test_records_that_are_counted_from_elsewhere_are_matched_by_key(tmp_path: Path) -> None:
    before = side(tmp_path, "before", {1: ("a", None, "x"), 2: ("b", None, "y"), 3: ("c", None, "z")})
    now = side(tmp_path, "now", {1: ("b", None, "y"), 2: ("d", None, "z"), 3: ("e", None, None)}, read=8)
    effect = effect_of("a.csv", before, now, columns=COLUMNS, key=(LEAD_KEY,), show_values=False)
    assert effect.matched_by == (LEAD_KEY,)
    assert (effect.unchanged, effect.changed, effect.removed.leads, effect.added.leads) == (1, 1, 1, 0)
    assert effect.unmatched == (0, 1)
    assert effect.removed.reject_counts == ()


def test_why_a_lead_is_no_more_is_told_by_rule(tmp_path: Path) -> None:
    effect = compared(tmp_path, {1: ("a", None, "x"), 2: ("b", None, "y")}, {2: ("b", None, "y")})
    assert effect.removed.reject_counts == (FaultCount("phone", "phone", 1),)
    filtered = replace(effect.now, rejects=effect.now.rejects.clear())
    again = effect_of("a.csv", effect.before, filtered, columns=COLUMNS, key=(LEAD_KEY,), show_values=False)
    assert (again.removed.rejected, again.removed.filtered) == (0, 1)
