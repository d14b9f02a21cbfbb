"""Tests of leadingest.ingest.preview."""

from __future__ import annotations

from pathlib import Path

from leadingest.destinations.ledger import RecordCounts
from leadingest.ingest.chosen_records import FirstRecords, RecordChoice, TheseRecords
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.preview import Preview, preview_delivery
from tests.engine.trial import TODAY
from tests.ingest.made_up_delivery import made_up


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


def test_the_records_asked_for_are_shown_in_the_order_of_the_file(tmp_path: Path) -> None:
    seen = preview(tmp_path, TheseRecords(frozenset({5, 2, 99})))
    assert [record.number for record in seen.records] == [2, 5]


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
    told: list[int] = []
    preview_delivery(mapping, delivery, choice=FirstRecords(1), today=TODAY, progress=told.append)
    assert told == [6]
