"""Tests of leadingest.exporting.handed_out: what a receiver knows who keeps every file."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from leadingest.exporting.handed_out import CHANGE, HandedOut

Lead = tuple[str | None, str, int]
COLUMNS = {"lead_key": pl.String, "source_name": pl.String, "capacity": pl.Int64}


def _one_of_each_key(leads: list[Lead]) -> list[Lead]:
    """As the view shows them: of leads with the same key one, of those without every one."""
    first = {lead[0]: lead for lead in reversed(leads) if lead[0] is not None}
    return [*first.values(), *(lead for lead in leads if lead[0] is None)]


LEADS = st.lists(
    st.tuples(st.none() | st.sampled_from("abc"), st.sampled_from(["acme", "beta"]), st.integers(0, 2)),
    max_size=7,
).map(_one_of_each_key)


def handed(state: pl.DataFrame, leads: list[Lead], size: int) -> tuple[HandedOut, list[dict[str, object]]]:
    """Judge the leads in batches of `size`; what is handed out of them."""
    judge = HandedOut(state, ["capacity"])
    frame = pl.DataFrame(leads, schema=COLUMNS, orient="row")
    batches = [judge.judged(frame.slice(at, size)) for at in range(0, max(len(leads), 1), size)]
    return judge, pl.concat(batches).to_dicts()


def said(lead: dict[str, object] | Lead) -> tuple[object, ...]:
    """What a receiver keeps of a lead: a source is no part of one with a key."""
    key, source, capacity = lead.values() if isinstance(lead, dict) else lead
    return (key, None if key else source, capacity)


@given(st.lists(LEADS, min_size=1, max_size=5), st.integers(1, 4))
def test_whoever_keeps_every_file_has_what_is_published(weeks: list[list[Lead]], size: int) -> None:
    state = pl.DataFrame(schema={"lead_digest": pl.String, "content_digest": pl.String})
    kept: dict[str, tuple[object, ...]] = {}
    for published in weeks:
        judge, file = handed(state, published, size)
        marked = judge.marked
        changes = Counter(str(lead[CHANGE]) for lead in file)
        assert sum(judge.counts.values()) == len(published)
        assert changes == Counter(
            {name: count for name, count in judge.counts.items() if name != "known" and count}
        )
        for lead in file:
            digest = str(lead["lead digest"])
            assert (lead[CHANGE] == "changed") == (digest in kept)
            kept[digest] = said({name: lead[name] for name in COLUMNS})
        for digest in judge.gone["lead digest"]:
            del kept[digest]
        assert Counter(kept.values()) == Counter(map(said, published))
        state = pl.concat([state, marked]).unique("lead_digest", keep="last", maintain_order=True)
    _, nothing = handed(state, weeks[-1], size)
    assert nothing == []
