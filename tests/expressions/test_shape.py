"""Tests of leadingest.expressions.shape."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.expressions.shape import LONGEST, shape


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("702-555-0143", "999-999-9999"),
        ("12 N. Elm St., #4", "99 a. a a., #9"),
        ("José Ñandú", "a a"),
        ("José", "a"),
        ("K820000017", "a999999999"),
        ("office@pine.example", "a@a.a"),
        ("٣٤", "99"),
        ("李", "a"),
    ],
)
def test_nothing_of_a_cell_is_left_but_how_it_is_written(cell: str, written: str) -> None:
    assert pl.select(shape(pl.lit(cell))).item() == written


def test_a_long_one_is_cut() -> None:
    assert pl.select(shape(pl.lit("9" * 100))).item() == "9" * LONGEST + "…"
