"""Tests of leadingest.comparing.digest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import blake2b

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from leadingest.comparing.digest import LENGTH, digests

TEXTS = st.lists(
    st.tuples(st.none() | st.text(max_size=3), st.none() | st.text(max_size=3)), min_size=2, max_size=8
)


@given(TEXTS)
def test_digests_are_equal_where_all_values_are_and_nowhere_else(
    rows: list[tuple[str | None, str | None]],
) -> None:
    frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    found = digests(frame, ["a", "b"]).to_list()
    for left, left_row in zip(found, rows, strict=True):
        for right, right_row in zip(found, rows, strict=True):
            assert (left == right) == (left_row == right_row)


def test_a_digest_is_the_same_on_every_machine_and_with_every_version() -> None:
    # It is kept in databases: with another text every lead would seem to have changed.
    lead = pl.DataFrame(
        {
            "a": ["Étoile"],
            "n": [7],
            "d": [date(2026, 6, 30)],
            "x": [Decimal("1.50")],
            "y": [True],
            "z": [None],
        }
    )
    (digest,) = digests(lead, lead.columns)
    text = "7:Étoile1:710:2026-06-304:1.504:true-"
    assert digest == blake2b(text.encode(), digest_size=16).hexdigest() == "0cbf574d09429ae2e6e302d05b8d8db3"
    assert len(digest) == LENGTH


def test_only_the_fields_that_are_named_count() -> None:
    leads = pl.DataFrame({"a": ["x", "x"], "b": ["1", "2"]})
    assert digests(leads, ["a"]).n_unique() == 1
    assert digests(leads, ["a", "b"]).n_unique() == 2
