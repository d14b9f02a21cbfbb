"""Tests of leadingest.deliveries.kept.kept_name."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.kept.kept_name import copies_of, harmless, kept_name

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_a_copy_is_named_by_time_content_and_its_own_name() -> None:
    assert kept_name(NOON, "0123456789abcdef" * 4, "acme.csv") == (
        "20260801T120000Z_0123456789abcdef_acme.csv"
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("my list (2).csv", "my_list_2_.csv"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("-rf $(x);\n.csv", "-rf_x_.csv"),
        ("Liste für März.xlsx", "Liste_f_r_M_rz.xlsx"),
        ("\udcff.csv", "_.csv"),
    ],
)
def test_what_is_odd_in_a_name_becomes_an_underscore(name: str, kept: str) -> None:
    assert harmless(name) == kept


@given(st.text(min_size=1, max_size=300))
def test_every_name_makes_a_file_of_the_folder(name: str) -> None:
    kept = kept_name(NOON, "a" * 64, name)
    assert kept.isascii()
    assert len(kept) < 200
    assert Path("folder", kept).parent == Path("folder")


def test_copies_are_found_by_their_content(tmp_path: Path) -> None:
    first, second = kept_name(NOON, "a" * 64, "x.csv"), kept_name(NOON, "b" * 64, "x.csv")
    for name in (first, second, first.replace("_x.csv", ".json")):
        (tmp_path / name).touch()
    assert copies_of(tmp_path, "a" * 64) == [tmp_path / first]
    assert copies_of(tmp_path / "gone", "a" * 64) == []
