"""Tests of leadingest.ingest.find_delivery."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadingest.errors import NothingToDoError
from leadingest.ingest.find_delivery import find_delivery, newest_delivery
from tests.ingest.made_up_delivery import made_up


def test_the_newest_file_is_found_and_the_older_ones_are_counted(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    (tmp_path / "ohio_2.csv").write_text("Name\nOak\n", encoding="utf-8")
    os.utime(tmp_path / "ohio_2.csv", (1, 1))
    assert newest_delivery(mapping, tmp_path) == (tmp_path / "ohio.csv", 1)
    assert find_delivery(mapping, tmp_path, None).name == "ohio.csv"


def test_a_file_that_is_named_need_not_be_in_the_inbox(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    assert find_delivery(mapping, tmp_path / "inbox", delivery.path) == delivery


def test_an_empty_inbox_has_no_delivery(tmp_path: Path) -> None:
    mapping, _ = made_up(tmp_path)
    with pytest.raises(NothingToDoError, match=r"no file ohio\*\.csv in .*inbox"):
        find_delivery(mapping, tmp_path / "inbox", None)
