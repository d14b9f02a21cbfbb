"""Tests of leadingest.tables.types.email."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from leadingest.tables.types.email import Email


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("office@elm.co", "office@elm.co"),
        ("office@elm.museum", "office@elm.museum"),
        ("office@elm.xn--p1ai", "office@elm.xn--p1ai"),
        ("office@3.elm4.example", "office@3.elm4.example"),
        ("office@elm.e", None),
        ("office@elm.c0m", None),
        ("office@elm.123", None),
        ("office@10.0.0.1", None),
        ("office@elm.example1", None),
        (f"{'a' * 64}@elm.example", f"{'a' * 64}@elm.example"),
        (f"{'a' * 65}@elm.example", None),
        (f"Mailto:{'B' * 64}@elm.example", f"{'b' * 64}@elm.example"),
        (f"{'a' * 30}.{'b' * 34}@elm.example", None),
        (f"office@{'e' * 64}.example", None),
    ],
)
def test_an_address_has_a_name_and_a_domain_of_the_lengths_and_letters_that_there_are(
    text: str, stored: str | None
) -> None:
    assert pl.select(Email().parse(pl.lit(text), today=date(2026, 6, 30))).item() == stored
