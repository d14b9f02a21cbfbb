"""Two loads beside each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from leadingest.comparing.changed_leads import FieldChange
from leadingest.comparing.compare_loads import LoadComparison
from leadingest.comparing.match import RECORD
from leadingest.destinations.ledger import LoadRow
from leadingest.documents.nearest import listed
from leadingest.reports.leads import leads_table, texts_of, that_fit
from leadingest.reports.problem import hinted
from leadingest.reports.report import (
    Block,
    Fitted,
    Page,
    Report,
    ReportSheet,
    ReportTable,
    TableColumn,
    TextLine,
)
from leadingest.wording import counted, number

#: Groups of leads that stand in one of the loads only, in the order in which they are told.
ALONE = ("new", "reappeared", "removed")

#: Leads, changes or keys of a group that are shown to people.
EXAMPLES = 5

#: Where this share of the leads is removed and as many are new, it may be their key that has changed.
_MANY_UNMATCHED = 0.1

_COUNTS = (TableColumn(""), TableColumn("before", align="right"), TableColumn("now", align="right"))


@dataclass(frozen=True)
class DiffReport(Report):
    """Counts that add up, which fields changed in how many leads, examples, and what could not be compared.

    People are shown a few examples; the other formats have all leads, a batch at a time.
    """

    comparison: LoadComparison
    title = "diff"

    def body(self) -> Iterator[Block]:
        for at, blocks in enumerate(self._parts()):
            if at:
                yield TextLine()
            yield from blocks

    def data(self) -> Mapping[str, Any]:
        comparison = self.comparison
        return {
            "source": comparison.source,
            "before": _plain_load(comparison.before),
            "now": _plain_load(comparison.now),
            "key": list(comparison.key),
            "then_by": list(comparison.then_by),
            "counts": {
                group.replace(" ", "_"): {"before": before, "now": now}
                for group, (before, now) in counts_of(comparison).items()
            },
            "changed_fields": {field: asdict(change) for field, change in comparison.field_changes.items()},
            "pruned_loads": [row.load_id for row in comparison.unknown],
            "changed": _plain_changes(comparison),
            **{group: _plain_leads(comparison, group) for group in ALONE},
            "ambiguous": _plain_ambiguous(comparison),
        }

    def rows(self) -> Iterator[pl.DataFrame]:
        """Changed leads first, then those that one load alone has, with every field that has a value, then ambiguous ones."""
        keys = [f"key {name}" for name in self.comparison.key]
        shape = {
            "change": pl.String(),
            **dict.fromkeys(keys, pl.String()),
            "record before": pl.Int64(),
            "record now": pl.Int64(),
            **dict.fromkeys(("field", "value before", "value now"), pl.String()),
        }
        yield pl.DataFrame(schema=shape)
        for some in _rows(self.comparison):
            whole = some.with_columns(
                pl.lit(None, kind).alias(name) for name, kind in shape.items() if name not in some.columns
            )
            yield whole.select(pl.col(name).cast(kind) for name, kind in shape.items())

    def sheets(self) -> Iterator[ReportSheet]:
        """Which loads, the counts, what changed field by field, and the leads that one load alone has."""
        comparison = self.comparison
        yield ReportSheet("loads", [_loads(comparison)])
        yield ReportSheet("counts", [_counts(comparison)])
        if comparison.found.changed.height:
            fields = [
                {"field": field, **asdict(change)} for field, change in comparison.field_changes.items()
            ]
            yield ReportSheet("changed fields", [pl.DataFrame(fields)])
            yield ReportSheet("changed", changes_of(comparison))
        for group in ALONE:
            if records_of(comparison, group).height:
                yield ReportSheet(group, leads_of(comparison, group))
        if comparison.ambiguous_keys:
            yield ReportSheet("ambiguous", [ambiguous_of(comparison)])

    def page(self) -> Page:
        """The counts, then a table for each group that has leads."""
        comparison = self.comparison
        heights = {group: records_of(comparison, group).height for group in ALONE}
        content = {
            "comparison": comparison,
            "matched_by": matched_by(comparison),
            "counts": counts_of(comparison),
            "heights": heights,
            "changes": changes_of(comparison),
            "alone": {group: leads_of(comparison, group) for group in ALONE if heights[group]},
            "ambiguous": [ambiguous_of(comparison)],
        }
        return Page("diff", content)

    def _parts(self) -> Iterator[Iterable[Block]]:
        comparison = self.comparison
        yield _head(comparison)
        yield [_balance(comparison)]
        if comparison.found.changed.height:
            yield _changed(comparison)
        for group in ALONE:
            if records_of(comparison, group).height:
                yield _alone(comparison, group)
        if hint := list(_other_key_hint(comparison)):
            yield hint
        yield from _not_compared(comparison)
        yield [_foot(comparison)]


def _head(comparison: LoadComparison) -> Iterator[Block]:
    yield TextLine(f"{comparison.source}, leads matched by {matched_by(comparison)}")
    yield TextLine(f"before: {_load(comparison.before)}", indent=2)
    yield TextLine(f"now:    {_load(comparison.now)}", indent=2)


def _load(load: LoadRow) -> str:
    state = "published" if load.published else load.status
    return f"load {load.load_id} ({state}), {load.file_name} of {load.extract_time:%Y-%m-%d %H:%M} UTC"


def _balance(comparison: LoadComparison) -> ReportTable:
    """The groups that have leads, and their sum."""
    rows = [
        (group, number(before), number(now))
        for group, (before, now) in counts_of(comparison).items()
        if before or now or group in ("unchanged", "changed", "leads")
    ]
    return ReportTable(_COUNTS, rows)


def _changed(comparison: LoadComparison) -> Iterator[Block]:
    changed = counted(comparison.found.changed.height, "changed lead")
    lines = [f"{changed}: {told_changes(comparison.field_changes)}"]
    everywhere = comparison.changed_nearly_everywhere
    if everywhere:
        left_out = listed(everywhere, last="and")
        lines.append(f"changed in nearly all leads, not shown below: {left_out}")
    rows = _first_changes(comparison, without=everywhere)
    if not rows.is_empty():
        lines[-1] += "; the first changes:"
    yield from map(TextLine, lines)
    if rows.is_empty():
        return
    names = [f"key {name}" for name in comparison.key]
    columns = [
        *(TableColumn(name, fit="middle") for name in comparison.key),
        TableColumn("record", align="right"),
        TableColumn("field", fit="end"),
        TableColumn("before", fit="end"),
        TableColumn("now", fit="end"),
    ]
    shown = rows.select(*names, "record now", "field", "value before", "value now")
    yield ReportTable(columns, texts_of(shown).rows())


def _first_changes(comparison: LoadComparison, *, without: Collection[str]) -> pl.DataFrame:
    """The first changes of other fields than these; no more batches are read than it takes."""
    found: list[pl.DataFrame] = []
    for changes in changes_of(comparison):
        found.append(changes.filter(~pl.col("field").is_in(list(without))))
        if sum(some.height for some in found) >= EXAMPLES:
            break
    return pl.concat(found).head(EXAMPLES)


def _alone(comparison: LoadComparison, group: str) -> Iterator[Block]:
    """The first leads of a group, with the fields that matter and fit."""
    height = records_of(comparison, group).height
    leads = next(leads_of(comparison, group, limit=EXAMPLES))
    first = f", the first {EXAMPLES}" if height > EXAMPLES else ""
    yield TextLine(f"{counted(height, f'{group} lead')}{first}:")
    # The number of the record stands before them.
    yield Fitted(lambda width: [leads_table(leads, ["record", *that_fit(leads, width - 10)])])


def _not_compared(comparison: LoadComparison) -> Iterator[Iterable[Block]]:
    """What nothing can be told of, and why."""
    by, found = listed(comparison.key, last="and"), comparison.found
    lines = []
    if comparison.ambiguous_keys:
        lines.append(
            f"not compared because several leads of a load have the same {by}: {comparison.ambiguous('before'):,} before "
            f"and {comparison.ambiguous('now'):,} now, with {counted(comparison.ambiguous_keys, 'key')}; "
            f"for example {_example(comparison)}"
        )
    if found.without_key.height:
        without = f"{comparison.without_key('before'):,} before and {comparison.without_key('now'):,} now"
        lines.append(f"not compared because they have no {by}: {without}")
    if lines:
        yield [*map(TextLine, lines), *_key_hint(comparison)]
    if comparison.unknown:
        gone = counted(len(comparison.unknown), "earlier load is", "earlier loads are")
        yield [
            TextLine(f"{gone} pruned: leads in no other load count as new, although they may have reappeared")
        ]


def _other_key_hint(comparison: LoadComparison) -> Iterator[Block]:
    """What may pair leads that are removed and new at once, where there are many of them."""
    unmatched = min(comparison.found.removed.height, comparison.found.added.height)
    if comparison.then_by or unmatched < max(_MANY_UNMATCHED * comparison.now.records_loaded, 2):
        return
    by = listed(comparison.key, last="and")
    yield from hinted(f"if the {by} of leads changed, match them by other fields with --then-by FIELDS")


def _example(comparison: LoadComparison) -> str:
    ambiguous = comparison.found.ambiguous
    key = list(comparison.key)
    first = ambiguous.join(ambiguous.head(1).select(key), on=key, how="semi")
    value = " ".join(str(each) for each in first.select(key).row(0))
    records = {when: first.filter(pl.col("load") == when)[RECORD].to_list() for when in ("before", "now")}
    changes = [
        f"{'record' if len(each) == 1 else 'records'} {listed(map(str, each[:4]), last='and')} {when}"
        for when, each in records.items()
        if each
    ]
    return f"{value}: {'; '.join(changes)}"


def _key_hint(comparison: LoadComparison) -> Iterator[Block]:
    if comparison.declared:
        yield from hinted(
            "another `key` in the mapping may distinguish them: key: [license_number, state]",
        )
    else:
        yield from hinted(
            "if the source has an identifying field, declare it in the mapping: key: license_number"
        )


def _foot(comparison: LoadComparison) -> TextLine:
    shown = [
        comparison.found.changed,
        *(records_of(comparison, group) for group in ALONE),
        comparison.found.ambiguous,
    ]
    different = any(each.height for each in shown)
    return TextLine("show all with --format csv, json, xlsx or html" if different else "no difference")


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
    parts = [
        *([f"{change.filled:,} newly filled"] if change.filled else []),
        *([f"{change.emptied:,} newly blank"] if change.emptied else []),
    ]
    return f" ({', '.join(parts)})" if parts else ""


def ambiguous_of(comparison: LoadComparison) -> pl.DataFrame:
    """The leads whose key others of their load have: the key, `load` (before or now) and `record`."""
    return comparison.found.ambiguous.rename({RECORD: "record"})


def _rows(comparison: LoadComparison) -> Iterator[pl.DataFrame]:
    """What `rows` gives, each batch with the columns that it has."""
    for changes in changes_of(comparison):
        yield changes.with_columns(change=pl.lit("changed"))
    for group in ALONE:
        when = "before" if group == "removed" else "now"
        keys = records_of(comparison, group).rename({name: f"key {name}" for name in comparison.key})
        for leads in leads_of(comparison, group):
            cells = leads.cast(dict.fromkeys(comparison.fields, pl.String())).unpivot(
                index="record", variable_name="field", value_name=f"value {when}"
            )
            yield (
                cells.drop_nulls(f"value {when}")
                .join(keys, left_on="record", right_on=RECORD)
                .sort("record", maintain_order=True)
                .rename({"record": f"record {when}"})
                .with_columns(change=pl.lit(group))
            )
    ambiguous = comparison.found.ambiguous.rename({name: f"key {name}" for name in comparison.key})
    for when in ("before", "now"):
        of_load = ambiguous.filter(pl.col("load") == when).rename({RECORD: f"record {when}"})
        yield of_load.with_columns(change=pl.lit("ambiguous"))


def _loads(comparison: LoadComparison) -> pl.DataFrame:
    rows = [
        {
            "": name,
            "source": load.source_name,
            "load": load.load_id,
            "file": load.file_name,
            "delivered (UTC)": load.extract_time.replace(tzinfo=None),
            "matched by": matched_by(comparison),
        }
        for name, load in (("before", comparison.before), ("now", comparison.now))
    ]
    return pl.DataFrame(rows)


def _counts(comparison: LoadComparison) -> pl.DataFrame:
    rows = [(group, *both) for group, both in counts_of(comparison).items()]
    return pl.DataFrame(rows, schema={"": pl.String, "before": pl.Int64, "now": pl.Int64}, orient="row")


def _plain_load(load: LoadRow) -> dict[str, Any]:
    return {
        "load_id": load.load_id,
        "file": load.file_name,
        "extract_time": load.extract_time,
        "status": load.status,
        "published": load.published,
    }


def _plain_leads(comparison: LoadComparison, group: str) -> Iterator[dict[str, Any]]:
    return (lead for leads in leads_of(comparison, group) for lead in leads.iter_rows(named=True))


def _plain_changes(comparison: LoadComparison) -> Iterator[dict[str, Any]]:
    for pairs in comparison.changed_pairs():
        for row in pairs.iter_rows(named=True):
            both = {
                field: {"before": row[f"{field} before"], "now": row[field]} for field in comparison.fields
            }
            yield {
                "key": {name: row[f"key {name}"] for name in comparison.key},
                "record_before": row["before"],
                "record_now": row["now"],
                "fields": {field: each for field, each in both.items() if each["before"] != each["now"]},
            }


def _plain_ambiguous(comparison: LoadComparison) -> Iterator[dict[str, Any]]:
    key = list(comparison.key)
    for _, leads in comparison.found.ambiguous.group_by(key, maintain_order=True):
        rows = leads.rows(named=True)
        yield {
            "key": {name: rows[0][name] for name in key},
            "before": [row[RECORD] for row in rows if row["load"] == "before"],
            "now": [row[RECORD] for row in rows if row["load"] == "now"],
        }
