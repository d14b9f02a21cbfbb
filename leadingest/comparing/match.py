"""The leads of two loads, matched by a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

#: The number of a record in its load.
RECORD = "source_record_number"
#: Tells apart leads that differ, see `digest`.
DIGEST = "digest"

#: One of the two loads.
Side = Literal["before", "now"]

#: Leads that are matched at a time: what it takes beside the leads themselves grows with their number.
AT_ONCE = 250_000


@dataclass(frozen=True)
class Match:
    """What became of every lead of two loads; frames have the columns of the key and record numbers.

    `changed` and `unchanged` are pairs: the record numbers are `before` and `now`. `ambiguous` are leads whose key
    several leads of one of the loads have: `load` is "before" or "now"; so it is of those `without_key`.
    """

    unchanged: int
    changed: pl.DataFrame
    removed: pl.DataFrame
    added: pl.DataFrame
    ambiguous: pl.DataFrame
    without_key: pl.DataFrame

    def numbers(self, load: Side) -> pl.Series:
        """The records of the load, "before" or "now", that have no partner and are not ambiguous."""
        alone = self.removed if load == "before" else self.added
        return pl.concat([alone[RECORD], self.of_load(self.without_key, load)[RECORD]])

    @staticmethod
    def of_load(leads: pl.DataFrame, load: Side) -> pl.DataFrame:
        """Those of ambiguous leads, or of leads without a key, that are in the load."""
        return leads.filter(pl.col("load") == load)


def match(before: pl.DataFrame, now: pl.DataFrame, key: Sequence[str]) -> Match:
    """Match the leads of two loads, frames of RECORD, the columns of the key and DIGEST, each in its own order.

    A key is there when one of its columns has a value: in the others blank equals blank. Leads are paired only
    where their key is that of no other lead in either load.
    """
    parts = max((before.height + now.height) // AT_ONCE, 1)
    # Leads with the same key fall into the same part.
    part = pl.struct(key).hash() % parts
    matches = [
        _match(before.filter(part == number), now.filter(part == number), key) for number in range(parts)
    ]
    return Match(
        unchanged=sum(each.unchanged for each in matches),
        changed=pl.concat(each.changed for each in matches).sort("now"),
        removed=pl.concat(each.removed for each in matches).sort(RECORD),
        added=pl.concat(each.added for each in matches).sort(RECORD),
        ambiguous=pl.concat(each.ambiguous for each in matches).sort(*key, "load", RECORD),
        without_key=pl.concat(each.without_key for each in matches).sort("load", RECORD),
    )


def match_again(first: Match, before: pl.DataFrame, now: pl.DataFrame, key: Sequence[str]) -> Match:
    """Match what `first` has left without a partner by another key; `before` and `now` are those leads alone.

    Beside what `match` needs, `now` has the columns of the first key: pairs are known by it. Who finds no partner
    this time either stays what it was.
    """
    second = match(before, now, key)
    paired_before, paired_now = _paired(second, before, "before"), _paired(second, now, "now")
    names = first.changed.columns[:-2]
    changed = second.changed.select("before", "now").join(
        now.select(*names, pl.col(RECORD).alias("now")), on="now", maintain_order="left"
    )
    gone = pl.concat(
        [
            paired_before.to_frame().select(pl.lit("before").alias("load"), RECORD),
            paired_now.to_frame().select(pl.lit("now").alias("load"), RECORD),
        ]
    )
    return Match(
        unchanged=first.unchanged + second.unchanged,
        changed=pl.concat([first.changed, changed.select(*names, "before", "now")]).sort("now"),
        removed=first.removed.filter(~pl.col(RECORD).is_in(paired_before.implode())),
        added=first.added.filter(~pl.col(RECORD).is_in(paired_now.implode())),
        ambiguous=first.ambiguous,
        without_key=first.without_key.join(gone, on=["load", RECORD], how="anti"),
    )


def _paired(found: Match, leads: pl.DataFrame, load: Side) -> pl.Series:
    """The records of the leads that have a partner."""
    others = pl.concat([found.numbers(load), found.of_load(found.ambiguous, load)[RECORD]])
    return leads[RECORD].filter(~leads[RECORD].is_in(others.implode()))


def _match(before: pl.DataFrame, now: pl.DataFrame, key: Sequence[str]) -> Match:
    """Match all leads at once, as `match` does; the pairs are in no particular order."""
    has_key = pl.any_horizontal(pl.col(*key).is_not_null())
    keyed_before, keyed_now = before.filter(has_key), now.filter(has_key)
    several = pl.concat([_several(keyed_before, key), _several(keyed_now, key)]).unique()
    one_before, one_now = (_without(leads, several, key) for leads in (keyed_before, keyed_now))
    pairs = one_now.rename({RECORD: "now"}).join(
        one_before.rename({RECORD: "before"}), on=key, nulls_equal=True
    )
    changed = pairs.filter(pl.col(DIGEST) != pl.col(f"{DIGEST}_right"))
    ambiguous, without_key = (
        pl.concat([leads.with_columns(load=pl.lit(name)) for name, leads in loads])
        for loads in (
            [
                (name, leads.join(several, on=key, how="semi", nulls_equal=True))
                for name, leads in (("before", keyed_before), ("now", keyed_now))
            ],
            [("before", before.filter(~has_key)), ("now", now.filter(~has_key))],
        )
    )
    return Match(
        unchanged=pairs.height - changed.height,
        changed=changed.select(*key, "before", "now"),
        removed=_without(one_before, one_now, key).select(*key, RECORD),
        added=_without(one_now, one_before, key).select(*key, RECORD),
        ambiguous=ambiguous.select(*key, "load", RECORD),
        without_key=without_key.select("load", RECORD),
    )


def _without(leads: pl.DataFrame, others: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The leads whose key none of the others has."""
    return leads.join(others, on=key, how="anti", nulls_equal=True)


def _several(leads: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The keys that several of the leads have."""
    return leads.group_by(key).len().filter(pl.col("len") > 1).select(key)
