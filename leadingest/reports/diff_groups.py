"""The leads of a comparison, group by group, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from leadingest.comparing.compare_loads import FieldChange, LoadComparison
from leadingest.comparing.match import RECORD
from leadingest.documents.nearest import listed

#: Groups of leads that stand in one of the loads only, in the order in which they are told.
ALONE = ("new", "reappeared", "removed")


def records_of(comparison: LoadComparison, group: str) -> pl.DataFrame:
    """The key and the record number of every lead of a group: new, reappeared or removed."""
    frames = {
        "new": comparison.new,
        "reappeared": comparison.reappeared,
        "removed": comparison.found.removed,
    }
    return frames[group]


def leads_of(comparison: LoadComparison, group: str, *, limit: int | None = None) -> Iterator[pl.DataFrame]:
    """The leads of the group in batches, with `record` before the fields: the first `limit` of them, or all.

    Leads that were removed are told as they were. There is always a batch, be it an empty one.
    """
    load = comparison.before if group == "removed" else comparison.now
    records = records_of(comparison, group)
    for leads in comparison.leads(load, records if limit is None else records.head(limit)):
        yield leads.select(pl.col(RECORD).alias("record"), *comparison.fields)


def changes_of(comparison: LoadComparison) -> Iterator[pl.DataFrame]:
    """What changed, field by field: `key …`, `record before`, `record now`, `field`, `value before`, `value now`."""
    keys = [f"key {name}" for name in comparison.key]
    for changes in comparison.changes():
        yield changes.select(
            *keys,
            pl.col("before").alias("record before"),
            pl.col("now").alias("record now"),
            "field",
            pl.col("was").alias("value before"),
            pl.col("is").alias("value now"),
        )


def counts_of(comparison: LoadComparison) -> dict[str, tuple[int | None, int | None]]:
    """What became of the leads before and now: each group with its leads, None where it has no part in a load."""
    found = comparison.found
    return {
        "unchanged": (found.unchanged, found.unchanged),
        "changed": (found.changed.height, found.changed.height),
        "removed": (found.removed.height, None),
        "new": (None, comparison.new.height),
        "reappeared": (None, comparison.reappeared.height),
        "ambiguous": (comparison.ambiguous("before"), comparison.ambiguous("now")),
        "without a key": (comparison.without_key("before"), comparison.without_key("now")),
        "leads": (comparison.before.records_loaded, comparison.now.records_loaded),
    }


def matched_by(comparison: LoadComparison) -> str:
    """What leads were matched by: `license_number, then by company and zip`."""
    keys = (comparison.key, *([comparison.then_by] if comparison.then_by else []))
    return ", then by ".join(listed(key, last="and") for key in keys)


def told_changes(changes: Mapping[str, FieldChange]) -> str:
    """`phone in 12 (3 were blank, 1 is blank now), capacity in 1`."""
    return ", ".join(
        f"{field} in {change.leads:,}{_blank_or_filled(change)}" for field, change in changes.items()
    )


def _blank_or_filled(change: FieldChange) -> str:
    said = [
        *([f"{change.filled:,} newly filled"] if change.filled else []),
        *([f"{change.emptied:,} newly blank"] if change.emptied else []),
    ]
    return f" ({', '.join(said)})" if said else ""


def ambiguous_of(comparison: LoadComparison) -> pl.DataFrame:
    """The leads whose key others of their load have: the key, `load` (before or now) and `record`."""
    return comparison.found.ambiguous.rename({RECORD: "record"})
