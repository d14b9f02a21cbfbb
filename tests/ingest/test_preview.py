"""Tests of leadingest.ingest.preview."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.destinations.ledger import RecordCounts
from leadingest.errors import UsageError
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.preview import (
    FieldSummary,
    FieldValues,
    FirstRecords,
    InvalidExample,
    Preview,
    RandomRecords,
    RecordChoice,
    TheseRecords,
    preview_delivery,
)
from leadingest.tables.rejects import INVALID_VALUES
from tests.engine.trial import TODAY
from tests.ingest.made_up_delivery import CSV, MAPPING, made_up

batches = st.lists(st.integers(0, 7), max_size=6).map(
    lambda sizes: [list(range(sum(sizes[:at]) + 1, sum(sizes[: at + 1]) + 1)) for at in range(len(sizes))]
)


def preview(folder: Path, choice: RecordChoice, *, limit: int | None = None) -> Preview:
    """The preview of the made-up delivery."""
    mapping, delivery = made_up(folder)
    return preview_delivery(mapping, delivery, choice=choice, today=TODAY, limit=limit)


def test_it_counts_what_a_run_counts(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    run = load_delivery(mapping, delivery, None, today=TODAY, progress=lambda _: None)
    seen = preview(tmp_path, FirstRecords(1))
    assert (
        seen.counts == run.counts == RecordCounts(read=6, loaded=3, rejected=2, filtered=1, invalid_values=4)
    )
    assert (seen.reject_counts, seen.new_headers) == (run.reject_counts, ("Notes",))
    assert (seen.source, seen.file, seen.whole) == ("ohio", "ohio.csv", True)


def test_what_keep_leaves_out_is_decided_on_the_whole_file_and_counted(tmp_path: Path) -> None:
    text = MAPPING.replace("where:", "keep: {latest: capacity, per: license_number}\nwhere:")
    mapping, delivery = made_up(tmp_path, mapping=text.replace("License, unique: true", "License"))
    run = load_delivery(mapping, delivery, None, today=TODAY, progress=lambda _: None)
    assert run.remarks[0] == (
        "1 record is superseded by others with the same license_number, and counted as filtered"
    )
    text = MAPPING.replace("where:", "keep: {latest: license_status, per: license_number}\nwhere:")
    mapping, delivery = made_up(tmp_path, mapping=text, csv=CSV.replace("Akron,Open,A1", "Akron,Shut,A1"))
    seen = preview_delivery(mapping, delivery, choice=FirstRecords(3), today=TODAY, limit=4)
    assert (seen.superseded, seen.counts.filtered) == (1, 2)
    assert [(each.outcome, each.superseded) for each in seen.records] == [
        ("filtered", True),
        ("lead", False),
        ("filtered", False),
    ]


def test_the_records_asked_for_are_shown_in_the_order_of_the_file(tmp_path: Path) -> None:
    seen = preview(tmp_path, TheseRecords(frozenset({5, 2})))
    assert [record.number for record in seen.records] == [2, 5]


@pytest.mark.parametrize(
    ("limit", "message"), [(None, "it has 6 records"), (2, "only the first 2 records were read")]
)
def test_a_record_that_is_not_there_is_told(tmp_path: Path, limit: int | None, message: str) -> None:
    with pytest.raises(UsageError, match=f"has no record 99: {message}"):
        preview(tmp_path, TheseRecords(frozenset({1, 99})), limit=limit)


def test_fields_are_summed_up_over_the_leads(tmp_path: Path) -> None:
    fields = {field.name: field for field in preview(tmp_path, FirstRecords(0)).fields}
    status = fields["license_status"]
    assert (status.filled, status.invalid, status.examples) == (2, 1, (("active", 2),))
    assert fields["email"].filled == 0
    assert list(fields)[:2] == ["company", "phone"]


def test_reading_ends_where_it_is_told_to(tmp_path: Path) -> None:
    seen = preview(tmp_path, FirstRecords(9), limit=2)
    assert (seen.counts.read, seen.whole, len(seen.records)) == (2, False, 2)
    assert preview(tmp_path, FirstRecords(9), limit=6).whole


def test_progress_is_told(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    counts: list[int] = []
    preview_delivery(mapping, delivery, choice=FirstRecords(1), today=TODAY, progress=counts.append)
    assert counts == [6]


def chosen(choice: RecordChoice, parts: list[list[int]]) -> set[int]:
    """What is chosen in the end; nothing that was given up on the way may be in it."""
    kept: set[int] = set()
    for part in parts:
        now = set(choice.keep(part))
        assert now & {number for each in parts for number in each} <= kept | set(part)
        kept = now
    return kept


@given(batches, st.integers(0, 9))
def test_the_first_are_the_first_however_they_come(parts: list[list[int]], most: int) -> None:
    everything = [number for part in parts for number in part]
    assert chosen(FirstRecords(most), parts) == set(everything[:most])


@given(batches, st.integers(0, 9), st.integers(0, 1000))
def test_at_random_as_many_are_chosen_as_there_are(parts: list[list[int]], most: int, seed: int) -> None:
    everything = {number for part in parts for number in part}
    kept = chosen(RandomRecords(most, np.random.default_rng(seed)), parts)
    assert kept <= everything
    assert len(kept) == min(most, len(everything))


def test_at_random_every_record_is_as_likely_as_another() -> None:
    parts = [list(range(1, 8)), [8], [9, 10]]
    random = np.random.default_rng(7)
    times = Counter(number for _ in range(2000) for number in chosen(RandomRecords(3, random), parts))
    assert set(times) == set(range(1, 11))
    assert all(500 < count < 700 for count in times.values())


@pytest.mark.parametrize("numbers", [{2}, {2, 5, 99}])
def test_those_named_are_chosen(numbers: set[int]) -> None:
    assert TheseRecords(frozenset(numbers)).keep([1, 2, 3]) == numbers


def invalid(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Invalid values: header, rule and raw value."""
    full = [(1, "x", header, rule, raw) for header, rule, raw in rows]
    return pl.DataFrame(full, schema=INVALID_VALUES, orient="row")


def summary(*batches: tuple[list[object], pl.DataFrame]) -> FieldSummary:
    """The summary of the field x over batches of its values."""
    values = FieldValues("x")
    for leads, unread in batches:
        values.add(pl.DataFrame({"x": leads}), unread)
    return values.summary()


def test_values_are_counted_over_all_batches_the_most_frequent_first() -> None:
    found = summary((["b", "a", None], invalid()), (["b", "c"], invalid()))
    assert (found.filled, found.invalid, found.distinct, found.more) == (4, 0, 3, False)
    assert found.examples == (("b", 2), ("a", 1), ("c", 1))


def test_values_are_told_in_their_stored_form() -> None:
    assert summary(([date(2026, 3, 1)], invalid())).examples == (("2026-03-01", 1),)
    assert summary(([True], invalid())).examples == (("true", 1),)


def test_invalid_values_are_counted_with_their_rule() -> None:
    found = summary(
        (["a"], invalid(("Phone", "phone", "none"), ("Phone", "phone", "none"), ("Phone", "digits", "x")))
    )
    assert found.invalid == 3
    assert found.invalid_examples == (
        InvalidExample({"Phone": "none"}, "phone", 2),
        InvalidExample({"Phone": "x"}, "digits", 1),
    )


def test_an_invalid_value_of_several_cells_is_taken_apart() -> None:
    found = summary(([None], invalid(("A, B", "phone", '{"A":"1","B":"2"}'), ("C", "json", '{"D":1}'))))
    assert [each.cells for each in found.invalid_examples] == [{"A": "1", "B": "2"}, {"C": '{"D":1}'}]


def test_of_very_many_distinct_values_the_most_frequent_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadingest.ingest.preview.MOST_DISTINCT", 3)
    found = summary((["a", "b", "b", "c", "d"], invalid()), (["b", "a"], invalid()))
    assert (found.filled, found.distinct, found.more) == (7, 3, True)
    assert found.examples[0] == ("b", 3)


def test_nothing_at_all_is_no_fault() -> None:
    assert FieldValues("x").summary() == FieldSummary("x", 0, 0, 0, False, (), ())
