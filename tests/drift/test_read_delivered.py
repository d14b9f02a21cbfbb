"""Tests of leadingest.drift.read_delivered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drift.made_up_drift import FIELDS, HEADER, MadeUpSource, changed, csv, usual


def test_a_column_that_is_missing_is_taken_for_empty(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path)
    delivered = source.delivered(csv([each[:3] for each in usual()], "Name,Phone,License"))
    assert delivered.headers == ("Name", "Phone", "License")
    assert [column.header for column in delivered.profile.columns] == ["Name", "Phone", "License"]
    fields = delivered.profile.fields
    assert (fields["company"].filled, fields["capacity"].filled, fields["capacity"].unreadable) == (100, 0, 0)


def test_of_a_large_delivery_shares_are_measured_and_values_counted(tmp_path: Path) -> None:
    number = 300_000
    records = changed(1, "740-200-3001", "740-200", number=number)
    for each in records[: number // 4]:
        each[3] = "Asleep"
    delivered = MadeUpSource(tmp_path).delivered(csv(records))
    assert delivered.profile.records == number
    phone = delivered.profile.fields["phone"]
    assert phone.filled + phone.unreadable == pytest.approx(number, rel=0.01)
    assert phone.unreadable_share == pytest.approx(0.5, abs=0.05)
    (unknown,) = delivered.unknown_values
    assert unknown.counts == {"Asleep": number // 4}


def test_records_that_cannot_be_read_count_as_records(tmp_path: Path) -> None:
    delivered = MadeUpSource(tmp_path).delivered(csv(usual(5)) + "short\n")
    assert delivered.profile.records == 6
    assert delivered.profile.columns[0].records == 5


def test_values_are_looked_at_behind_the_words_before_the_map(tmp_path: Path) -> None:
    fields = FIELDS.replace("{from: Status, values", '{from: Status, split: " - ", values')
    delivered = MadeUpSource(tmp_path, fields).delivered(csv(changed(3, "Open - 1", "Lost - 2")))
    (unknown,) = delivered.unknown_values
    assert (unknown.field, unknown.counts, unknown.headers) == ("license_status", {"Lost": 50}, ("Status",))
    assert unknown.path == ("fields", "license_status", "values")


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path)
    delivered = source.delivered("\n")
    assert delivered.error and delivered.profile.columns == ()
    assert source.delivered(HEADER + "\n").profile.records == 0
