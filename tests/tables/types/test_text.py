"""Tests of leadingest.tables.types.text."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from leadingest.tables.types.text import Text
from tests.engine.trial import values


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("El  Paso", "El Paso"),
        ("El\u00a0Paso", "El Paso"),
        ("El\u00ad Paso", "El Paso"),
        ("El\nPaso", "El Paso"),
        ("Peñasco", "Peñasco"),
        ("Peñascoss", None),
        ("El   Paso", "El Paso"),
        ("El Pasoss", None),
    ],
)
def test_a_text_that_is_compared_is_squeezed_before_it_is_measured(text: str, stored: str | None) -> None:
    kind = Text(length=8, squeeze=True)
    frame = pl.DataFrame({"text": [text]})
    assert frame.select(kind.parse(pl.col("text"), today=date.min)).item() == stored


def test_other_texts_stay_as_they_are() -> None:
    frame = pl.DataFrame({"text": ["El  Paso\nEl\u00a0Paso"]})
    assert frame.select(Text().parse(pl.col("text"), today=date.min)).item() == "El  Paso\nEl\u00a0Paso"


@pytest.mark.parametrize(("field", "value"), [("city", "El Paso"), ("schedule", "El  Paso")])
def test_the_load_table_says_which_fields_are_compared(field: str, value: str) -> None:
    assert values(f"fields:\n  {field}: A", {"A": "El  Paso"}, field=field) == [value]
