"""Tests of leadingest.ingest.record_view: one record of every kind."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from leadingest.deliveries.records import RecordBatch
from leadingest.engine.transform import Transform
from leadingest.ingest.preview import FirstRecords, preview_delivery
from leadingest.ingest.record_view import FieldView, RecordView, Refusal, record_views
from leadingest.tables.rejects import REJECTS
from tests.engine.trial import TODAY, mapping_of
from tests.ingest.made_up_delivery import made_up


def records(folder: Path) -> dict[int, RecordView]:
    """The records of the delivery by number."""
    mapping, delivery = made_up(folder)
    seen = preview_delivery(mapping, delivery, choice=FirstRecords(99), today=TODAY)
    return {record.number: record for record in seen.records}


def test_a_lead_has_its_fields_beside_the_cells_they_come_from(tmp_path: Path) -> None:
    record = records(tmp_path)[1]
    fields = {field.name: field for field in record.fields}
    assert (record.line, record.outcome, record.refusal) == (2, "lead", None)
    assert fields["phone"] == FieldView("phone", "+17402003000", {"Phone": "740-200-3000", "Ext": ""})
    assert fields["city"] == FieldView("city", "Athens", {"Place": "ATHENS, OH"})
    assert fields["capacity"].value == 12
    assert fields["email"] == FieldView("email", None, {"E-mail": ""})


def test_an_invalid_value_is_told_with_its_reason(tmp_path: Path) -> None:
    fields = {field.name: field for field in records(tmp_path)[2].fields}
    assert fields["license_status"] == FieldView(
        "license_status",
        None,
        {"Status": "Asleep"},
        Refusal("license_status", "values", "Status is not in the value map"),
    )
    assert fields["email"].invalid == Refusal("email", "email", "E-mail is not an email address")


def test_a_record_that_is_left_out_has_its_cells(tmp_path: Path) -> None:
    record = records(tmp_path)[3]
    assert (record.outcome, record.fields, record.refusal) == ("filtered", (), None)
    assert isinstance(record.cells, dict)
    assert record.cells["Kind"] == "Bar"


def test_a_rejected_record_has_its_cells_and_the_reason(tmp_path: Path) -> None:
    found = records(tmp_path)
    assert found[4].refusal == Refusal("company", "required", "Name has no value, but is required")
    assert found[6].refusal == Refusal("capacity", "integer", "Places is not a whole number")
    assert found[6].outcome == "rejected"
    assert found[6].cells["Name"] == "Fir"  # type: ignore[index]  # not a text here


def test_what_earlier_records_had_counts(tmp_path: Path) -> None:
    fields = {field.name: field for field in records(tmp_path)[5].fields}
    assert fields["license_number"].invalid == Refusal(
        "license_number", "unique", "License is the same as in an earlier record"
    )
    assert fields["phone"].invalid == Refusal("phone", "phone", "Phone, Ext is not a valid phone number")


def test_a_record_that_could_not_be_read_has_its_text() -> None:
    transform = Transform(mapping_of("fields:\n  company: Name\n"), ["Name"], today=TODAY)
    unread = pl.DataFrame([(2, 3, None, "cells", "2 cells, not 1", "Oak,Elm")], schema=REJECTS, orient="row")
    batch = RecordBatch(pl.DataFrame({"0": ["Pine"]}), [1], [2], unread)
    mapped = transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines).with_unmapped(unread)
    found = list(record_views(transform, batch, mapped, {1, 2}))
    assert [record.outcome for record in found] == ["lead", "rejected"]
    assert found[1] == RecordView(
        2, 3, "rejected", "Oak,Elm", refusal=Refusal(None, "cells", "2 cells, not 1")
    )
