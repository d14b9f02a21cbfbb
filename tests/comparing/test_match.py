"""Tests of leadingest.comparing.match, against the same in plain Python."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.comparing import match as module
from leadingest.comparing.match import DIGEST, RECORD, Side, match, match_again

Rows = list[tuple[str | None, str | None, str]]
#: Leads with a key of two columns, each of which may be blank, and what they say.
LEADS = st.lists(
    st.tuples(st.none() | st.sampled_from("abc"), st.none() | st.sampled_from("xy"), st.sampled_from("12")),
    max_size=8,
)
KEY = ("letter", "sign")
LOADS: tuple[Side, Side] = ("before", "now")


def frame(rows: Rows) -> pl.DataFrame:
    named = [(number, *row) for number, row in enumerate(rows, 1)]
    return pl.DataFrame(
        named, schema={RECORD: pl.Int64, **dict.fromkeys(KEY, pl.String), DIGEST: pl.String}, orient="row"
    )


@given(LEADS, LEADS, st.sampled_from([1, 4, 100]))
def test_every_lead_is_in_the_group_that_it_belongs_to(before: Rows, now: Rows, at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", at_once)
        found = match(frame(before), frame(now), KEY)
    keys_before, keys_now = (Counter(row[:2] for row in rows if any(row[:2])) for rows in (before, now))
    several = {key for counts in (keys_before, keys_now) for key, count in counts.items() if count > 1}
    was = {
        row[:2]: (at, row[2]) for at, row in enumerate(before, 1) if any(row[:2]) and row[:2] not in several
    }
    is_now = {
        row[:2]: (at, row[2]) for at, row in enumerate(now, 1) if any(row[:2]) and row[:2] not in several
    }
    both = was.keys() & is_now.keys()
    assert found.unchanged == sum(was[key][1] == is_now[key][1] for key in both)
    assert set(found.changed.rows()) == {
        (*key, was[key][0], is_now[key][0]) for key in both if was[key][1] != is_now[key][1]
    }
    assert set(found.removed.rows()) == {(*key, was[key][0]) for key in was.keys() - both}
    assert set(found.added.rows()) == {(*key, is_now[key][0]) for key in is_now.keys() - both}
    assert set(found.ambiguous.rows()) == {
        (*row[:2], load, at)
        for load, rows in (("before", before), ("now", now))
        for at, row in enumerate(rows, 1)
        if row[:2] in several
    }
    assert set(found.without_key.rows()) == {
        (load, at)
        for load, rows in (("before", before), ("now", now))
        for at, row in enumerate(rows, 1)
        if not any(row[:2])
    }
    accounted = found.unchanged + found.changed.height + len(found.numbers("before"))
    assert accounted + found.ambiguous.filter(pl.col("load") == "before").height == len(before)


@given(LEADS, LEADS)
def test_matching_again_pairs_the_rest_and_loses_nobody(before: Rows, now: Rows) -> None:
    first = match(frame(before), frame(now), KEY[:1])
    before_left, now_left = (
        leads.filter(pl.col(RECORD).is_in(first.numbers(load).implode()))
        for leads, load in zip((frame(before), frame(now)), LOADS, strict=True)
    )
    found = match_again(first, before_left, now_left, KEY[1:])
    second = match(before_left, now_left, KEY[1:])
    assert found.unchanged == first.unchanged + second.unchanged
    assert found.changed.select("before", "now").rows() == sorted(
        [*first.changed.select("before", "now").rows(), *second.changed.select("before", "now").rows()],
        key=lambda pair: pair[1],
    )
    # A pair is known by the key that its lead has now.
    assert all(key == now[number - 1][0] for key, _, number in found.changed.rows())
    assert found.ambiguous.equals(first.ambiguous)
    for rows, load in zip((before, now), LOADS, strict=True):
        ambiguous = found.ambiguous.filter(pl.col("load") == load).height
        counted = found.unchanged + found.changed.height + ambiguous
        assert counted + len(found.numbers(load)) == len(rows)
