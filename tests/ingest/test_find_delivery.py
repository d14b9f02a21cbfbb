"""Tests of leadingest.ingest.find_delivery."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadingest.errors import NothingToDoError
from leadingest.ingest.find_delivery import find_delivery, newest_delivery
from tests.ingest.made_up_delivery import made_up

TODAY = datetime.now(UTC).date()
NOW = datetime.now(UTC).timestamp()
DAY = timedelta(days=1).total_seconds()


def test_the_newest_file_is_found_and_the_older_ones_are_counted(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    (tmp_path / "ohio_2.csv").write_text("Name\nOak\n", encoding="utf-8")
    os.utime(tmp_path / "ohio_2.csv", (1, 1))
    assert newest_delivery(mapping, tmp_path, today=TODAY) == (tmp_path / "ohio.csv", 1, ())
    assert find_delivery(mapping, tmp_path, None, today=TODAY).name == "ohio.csv"


def test_a_file_that_is_named_need_not_be_in_the_inbox(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    assert find_delivery(mapping, tmp_path / "inbox", delivery.path, today=TODAY) == delivery


def test_an_empty_inbox_has_no_delivery(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    with pytest.raises(NothingToDoError, match=r"no file ohio\*\.csv in .*inbox"):
        find_delivery(mapping, tmp_path / "inbox", None, today=TODAY)


@pytest.mark.parametrize("days", [3, 300_000, 3_000_000])
def test_a_file_of_a_time_to_come_does_not_stand_before_the_others(tmp_path: Path, days: int) -> None:
    mapping, delivery = made_up(tmp_path)
    later = tmp_path / "ohio_later.csv"
    later.write_text("Name\nOak\n", encoding="utf-8")
    os.utime(later, (NOW, NOW + days * DAY))
    assert newest_delivery(mapping, tmp_path, today=TODAY) == (delivery.path, 0, ("ohio_later.csv",))
    delivery.path.unlink()
    assert newest_delivery(mapping, tmp_path, today=TODAY) == (later, 0, ())


def test_a_file_of_tomorrow_is_as_good_as_any(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    later = tmp_path / "ohio_later.csv"
    later.write_text("Name\nOak\n", encoding="utf-8")
    os.utime(later, (NOW + DAY, NOW + DAY))
    assert newest_delivery(mapping, tmp_path, today=TODAY) == (later, 1, ())
