"""Tests of leadingest.drift.profiles.value_kinds."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.addresses.us_states import STATES
from leadingest.drift.profiles.value_kinds import KINDS
from leadingest.tables.types import type_named
from leadingest.tables.types.base import EXAMPLE_DAY


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_the_name_of_a_type_and_knows_its_plain_examples(kind: str) -> None:
    column_type = type_named(kind)
    assert column_type
    texts = [each.text for each in column_type.examples if not each.options]
    text = pl.col("text")
    read = column_type().parse(text, today=EXAMPLE_DAY).is_not_null()
    alike = pl.DataFrame({"text": texts}).select(text.str.contains(KINDS[kind]) == read).to_series()
    # A pattern is no more than a good guess: it may miss an unusual spelling, or let one bad cell through.
    assert alike.sum() >= 0.6 * len(texts)


def test_every_state_is_one() -> None:
    assert pl.Series(list(STATES)).str.contains(KINDS["us_state"]).all()
