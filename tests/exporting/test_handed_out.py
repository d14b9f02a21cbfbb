"""Tests of leadingest.exporting.handed_out: what a receiver knows who keeps every file."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from leadingest.exporting.handed_out import CHANGE, HandedOut

Lead = tuple[str | None, int | None, str, int]
COLUMNS = {"lead_key": pl.String, "name_hash": pl.Int64, "source_name": pl.String, "capacity": pl.Int64}
SHARED = pl.Series(["s"])


def known_by(key: object, name: object) -> tuple[object, object] | None:
    """What a lead is known by whatever source shows it: its key, and under a shared one its name."""
    if key == "s":
        return None if name is None else (key, name)
    return None if key is None else (key, None)


def _one_of_each_key(leads: list[Lead]) -> list[Lead]:
    """As the view shows them: of leads that are one the first, of those that are known by nothing every one."""
    first = {known_by(*lead[:2]): lead for lead in reversed(leads) if known_by(*lead[:2])}
    return [*first.values(), *(lead for lead in leads if not known_by(*lead[:2]))]


LEADS = st.lists(
    st.tuples(
        st.none() | st.sampled_from("abs"),
        st.none() | st.integers(1, 2),
        st.sampled_from(["acme", "beta"]),
        st.integers(0, 2),
    ),
    max_size=7,
).map(_one_of_each_key)


def handed(state: pl.DataFrame, leads: list[Lead], size: int) -> tuple[HandedOut, list[dict[str, object]]]:
    """Judge the leads in batches of `size`; what is handed out of them."""
    judge = HandedOut(state, ["capacity"], SHARED)
    frame = pl.DataFrame(leads, schema=COLUMNS, orient="row")
    batches = [judge.judged(frame.slice(at, size)) for at in range(0, max(len(leads), 1), size)]
    return judge, pl.concat(batches).to_dicts()


def received(lead: dict[str, object] | Lead) -> tuple[object, ...]:
    """What a receiver keeps of a lead: a source is no part of one with a key."""
    key, name, source, capacity = lead.values() if isinstance(lead, dict) else lead
    identity = known_by(key, name)
    return (identity, None if identity else source, capacity)


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
            kept[digest] = received({name: lead[name] for name in COLUMNS})
        for digest in judge.gone["lead digest"]:
            del kept[digest]
        assert Counter(kept.values()) == Counter(map(received, published))
        state = pl.concat([state, marked]).unique("lead_digest", keep="last", maintain_order=True)
    _, nothing = handed(state, weeks[-1], size)
    assert nothing == []
