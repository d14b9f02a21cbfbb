"""Tests of leadingest.drift.profiles.lead_keys."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.drift.profiles.lead_keys import LeadKeys
from leadingest.tables.load_table import read_load_table

TABLE = read_load_table(Path(__file__).parents[3] / "ddl" / "lead_sources.yaml")
TOLD_APART = TABLE.identity.told_apart
NAMES = [column.name for column in TOLD_APART.names]
LEADS = st.lists(
    st.tuples(st.none() | st.sampled_from("abcd"), st.none() | st.sampled_from(["Pine", "Oak"])), max_size=30
)


def counted(leads: pl.DataFrame, size: int) -> LeadKeys:
    """The keys of leads that come in batches of a size."""
    keys = LeadKeys(TOLD_APART)
    for batch in leads.iter_slices(size):
        keys.add(batch)
    return keys


def leads_of(keys: pl.Expr | pl.Series, names: pl.Expr | pl.Series) -> pl.DataFrame:
    """Leads with these keys; each field that tells leads apart has the name."""
    return pl.select(lead_key=keys, name=names).select(
        "lead_key", *(pl.col("name").alias(each) for each in NAMES)
    )


@given(LEADS, st.integers(1, 31))
def test_of_few_keys_what_repeats_and_what_is_hidden_is_exact(
    leads: list[tuple[str | None, str | None]], size: int
) -> None:
    keys, names = (pl.Series([lead[at] for lead in leads], dtype=pl.String) for at in (0, 1))
    found = counted(leads_of(keys, names), size)
    with_key = [lead for lead in leads if lead[0]]
    times = Counter(key for key, _ in with_key)
    repeated = sum(count > 1 for count in times.values())
    assert found.repeated == pytest.approx(repeated / max(len(times), 1))
    assert found.hidden == pytest.approx(1 - len(set(with_key)) / len(with_key) if with_key else 0)


def test_names_are_compared_as_the_view_compares_them() -> None:
    assert counted(leads_of(pl.Series(["a", "a"]), pl.Series(["Pine Care", "PINE  care"])), 9).hidden == 0.5


@pytest.mark.parametrize("size", [700, 100_000])
def test_of_many_keys_both_are_estimated(size: int) -> None:
    number = pl.int_range(40_000)
    # Each fifth key stands there twice, half of them with another name.
    twice = pl.int_range(0, 40_000, 5)
    leads = pl.concat(
        [
            leads_of(pl.format("key {}", number), pl.lit("Pine")),
            leads_of(
                pl.format("key {}", twice),
                pl.when(twice % 2 == 0).then(pl.lit("Pine")).otherwise(pl.lit("Oak")),
            ),
        ]
    )
    found = counted(leads.sample(fraction=1.0, shuffle=True, seed=1), size)
    assert found.repeated == pytest.approx(0.2, abs=0.05)
    assert found.hidden == pytest.approx(4_000 / 48_000, abs=0.03)
