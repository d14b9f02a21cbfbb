"""Tests of leadingest.expressions.blanks."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.expressions.blanks import BLANKS, squeezed, trimmed

TEXTS = st.text(st.sampled_from([*BLANKS, *"abé-"]) | st.characters(codec="utf-8"), max_size=12)
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202e\u2060\u2066\ufeff"


def made(text: str, expression: pl.Expr) -> str:
    return str(pl.DataFrame({"text": [text]}).select(expression).item())


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Las  Vegas", "Las Vegas"),
        ("Las\u00a0Vegas", "Las Vegas"),
        ("Las \u2009\t\r\n Vegas", "Las Vegas"),
        ("Las Ve\u00adgas", "Las Vegas"),
        ("\u200eLas Vegas\u200f", "Las Vegas"),
        ("Las \u200b Vegas", "Las Vegas"),
        ("Las Vegas", "Las Vegas"),
        ("Peña  Blanca", "Peña Blanca"),
        (UNSEEN, ""),
    ],
)
def test_there_is_one_blank_for_several_and_nothing_unseen(text: str, becomes: str) -> None:
    assert made(text, squeezed(pl.col("text"))) == becomes


@given(text=TEXTS)
def test_squeezing_takes_blanks_alone_and_leaves_single_ones_inside(text: str) -> None:
    result = made(text, squeezed(pl.col("text")))
    kept = [sign for sign in text if sign not in BLANKS]
    assert [sign for sign in result if sign not in BLANKS] == kept
    assert not re.search("  ", result)
    assert set(result) & set(BLANKS) <= {" "}
    assert made(result, squeezed(pl.col("text"))) == result == result.strip(BLANKS)


@given(text=TEXTS)
def test_trimming_is_what_python_would_strip(text: str) -> None:
    assert made(text, trimmed(pl.col("text"))) == text.strip(BLANKS)
