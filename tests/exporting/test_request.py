"""Tests of leadingest.exporting.request."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.errors import UsageError
from leadingest.exporting.request import Request, format_of


def test_the_name_of_the_file_says_the_format_unless_it_is_asked_for() -> None:
    assert format_of(Path("a.CSV"), None) == "csv"
    assert format_of(Path("a.txt"), "csv") == "csv"
    assert format_of(Path("a.csv"), "parquet") == "parquet"
    with pytest.raises(
        UsageError, match=r"a.xls does not say which format it is to have; did you mean 'xlsx'\?"
    ):
        format_of(Path("a.xls"), None)


@pytest.mark.parametrize("name", ["a b", "../x", "-x", "x" * 65])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(UsageError, match="is no name for an export"):
        Request(Path("a.csv"), "csv", name=name).refuse_unusable()


def test_everything_again_is_for_an_export_with_a_name() -> None:
    with pytest.raises(UsageError, match="--all-again is for an export with a name"):
        Request(Path("a.csv"), "csv", all_again=True).refuse_unusable()
    Request(Path("a.csv"), "csv", name="weekly", all_again=True).refuse_unusable()


@pytest.mark.parametrize("there", ["a.csv", "a.csv.json"])
def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path: Path, there: str) -> None:
    request = Request(tmp_path / "a.csv", "csv")
    request.refuse_existing_file()
    (tmp_path / there).touch()
    with pytest.raises(UsageError, match=f"{there} is there already"):
        request.refuse_existing_file()
