"""The leads of two loads, matched by a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

#: The number of a record in its load.
RECORD = "source_record_number"
#: Tells apart leads that differ, see `digest`.
DIGEST = "digest"

#: Leads that are matched at a time: what it takes beside the leads themselves grows with their number.
AT_ONCE = 250_000


@dataclass(frozen=True)
class Match:
    """What became of every lead of two loads; frames have the columns of the key and record numbers.

    `changed` and `unchanged` are pairs: the record numbers are `before` and `now`. `ambiguous` are leads whose key
    several leads of one of the loads have: `load` is "before" or "now". The leads `without_key` are numbers of leads.
    """

    unchanged: int
    changed: pl.DataFrame
    removed: pl.DataFrame
    added: pl.DataFrame
    ambiguous: pl.DataFrame
    without_key_before: int
    without_key_now: int


def match(before: pl.DataFrame, now: pl.DataFrame, key: Sequence[str]) -> Match:
    """Match the leads of two loads, frames of RECORD, the columns of the key and DIGEST, each in its own order.

    A key is there when all of its columns have a value. Leads are paired only where their key is that of no other
    lead in either load.
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
        without_key_before=sum(each.without_key_before for each in matches),
        without_key_now=sum(each.without_key_now for each in matches),
    )


def _match(before: pl.DataFrame, now: pl.DataFrame, key: Sequence[str]) -> Match:
    """The same in no particular order, and all at once."""
    keyed_before, keyed_now = before.drop_nulls(key), now.drop_nulls(key)
    several = pl.concat([_several(keyed_before, key), _several(keyed_now, key)]).unique()
    one_before, one_now = (leads.join(several, on=key, how="anti") for leads in (keyed_before, keyed_now))
    pairs = one_now.rename({RECORD: "now"}).join(one_before.rename({RECORD: "before"}), on=key)
    changed = pairs.filter(pl.col(DIGEST) != pl.col(f"{DIGEST}_right"))
    ambiguous = [
        leads.join(several, on=key, how="semi").select(*key, pl.lit(name).alias("load"), RECORD)
        for name, leads in (("before", keyed_before), ("now", keyed_now))
    ]
    return Match(
        unchanged=pairs.height - changed.height,
        changed=changed.select(*key, "before", "now"),
        removed=one_before.join(one_now, on=key, how="anti").select(*key, RECORD),
        added=one_now.join(one_before, on=key, how="anti").select(*key, RECORD),
        ambiguous=pl.concat(ambiguous),
        without_key_before=before.height - keyed_before.height,
        without_key_now=now.height - keyed_now.height,
    )


def _several(leads: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The keys that several of the leads have."""
    return leads.group_by(key).len().filter(pl.col("len") > 1).select(key)
