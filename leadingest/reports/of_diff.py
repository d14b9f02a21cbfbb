"""Two loads beside each other, as text for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO

import click
import polars as pl

from leadingest.comparing.compare_loads import LoadComparison
from leadingest.comparing.match import RECORD
from leadingest.destinations.ledger import LoadRow
from leadingest.documents.nearest import listed
from leadingest.reports.diff_groups import (
    ALONE,
    changes_of,
    counts_of,
    leads_of,
    matched_by,
    records_of,
    told_changes,
)
from leadingest.reports.of_error import hint_text
from leadingest.reports.of_leads import NO_TERMINAL_WIDTH, that_fit
from leadingest.reports.printable import one_line, wrapped
from leadingest.reports.table import GAP, TableColumn, counted, number, table_text

#: Leads, changes or keys of a group that are shown.
EXAMPLES = 5

#: Where this share of the leads is removed and as many are new, it may be their key that has changed.
_MANY_UNMATCHED = 0.1

_COUNTS = (TableColumn(""), TableColumn("before", align="right"), TableColumn("now", align="right"))


def write_text(comparison: LoadComparison, file: BinaryIO) -> None:
    """What `diff_text` says, without colours."""
    file.write(click.unstyle(diff_text(comparison)).encode())


def diff_text(comparison: LoadComparison, *, width: int | None = None) -> str:
    """Counts that add up, which fields changed in how many leads, examples, and what could not be compared."""
    return "\n".join(_sections(comparison, width))


def _sections(comparison: LoadComparison, width: int | None) -> Iterator[str]:
    yield _head(comparison)
    yield _balance(comparison)
    if comparison.found.changed.height:
        yield _changed(comparison, width)
    for group in ALONE:
        if records_of(comparison, group).height:
            yield _alone(comparison, group, width)
    if hint := _other_key_hint(comparison, width):
        yield hint
    yield from _not_compared(comparison, width)
    yield _foot(comparison, width)


def _head(comparison: LoadComparison) -> str:
    lines = [
        f"{comparison.source}, leads matched by {matched_by(comparison)}",
        f"{GAP}before: {_load(comparison.before)}",
        f"{GAP}now:    {_load(comparison.now)}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _load(load: LoadRow) -> str:
    state = "published" if load.published else load.status
    return (
        f"load {load.load_id} ({state}), {one_line(load.file_name)} of {load.extract_time:%Y-%m-%d %H:%M} UTC"
    )


def _balance(comparison: LoadComparison) -> str:
    """The groups that have leads, and their sum."""
    rows = [
        (group, number(before), number(now))
        for group, (before, now) in counts_of(comparison).items()
        if before or now or group in ("unchanged", "changed", "leads")
    ]
    return table_text(_COUNTS, rows)


def _changed(comparison: LoadComparison, width: int | None) -> str:
    changed = counted(comparison.found.changed.height, "changed lead")
    said = [f"{changed}: {told_changes(comparison.field_changes)}"]
    everywhere = comparison.changed_nearly_everywhere
    if everywhere:
        left_out = listed(everywhere, last="and")
        said.append(f"changed in nearly all leads, and left out below: {left_out}")
    rows = _first_changes(comparison, without=everywhere)
    if rows.is_empty():
        return _lines(said, width)
    names = [f"key {name}" for name in comparison.key]
    columns = [
        *(TableColumn(name, cut="middle") for name in comparison.key),
        TableColumn("record", align="right"),
        TableColumn("field", cut="end"),
        TableColumn("before", cut="end"),
        TableColumn("now", cut="end"),
    ]
    texts = (
        rows.select(*names, "record now", "field", "value before", "value now").cast(pl.String).fill_null("")
    )
    said[-1] += "; the first changes:"
    return _lines(said, width) + table_text(columns, texts.rows(), width=width)


def _first_changes(comparison: LoadComparison, *, without: Collection[str]) -> pl.DataFrame:
    """The first changes of other fields than these; no more batches are read than it takes."""
    found: list[pl.DataFrame] = []
    for changes in changes_of(comparison):
        found.append(changes.filter(~pl.col("field").is_in(list(without))))
        if sum(some.height for some in found) >= EXAMPLES:
            break
    return pl.concat(found).head(EXAMPLES)


def _alone(comparison: LoadComparison, group: str, width: int | None) -> str:
    """The first leads of a group, with the fields that matter and fit."""
    height = records_of(comparison, group).height
    leads = next(leads_of(comparison, group, limit=EXAMPLES))
    texts = leads.cast(pl.String).fill_null("")
    names = ["record", *that_fit(texts, (width or NO_TERMINAL_WIDTH) - 10)]
    columns = [
        TableColumn(name, align="right" if leads.schema[name].is_numeric() else "left", cut="end")
        for name in names
    ]
    first = f", the first {EXAMPLES}" if height > EXAMPLES else ""
    return f"{counted(height, f'{group} lead')}{first}:\n" + table_text(
        columns, texts.select(names).rows(), width=width
    )


def _not_compared(comparison: LoadComparison, width: int | None) -> Iterator[str]:
    """What nothing can be told of, and why."""
    by, found = listed(comparison.key, last="and"), comparison.found
    said = []
    if comparison.ambiguous_keys:
        said.append(
            f"not compared, for several leads of a load have the same {by}: {comparison.ambiguous('before'):,} before "
            f"and {comparison.ambiguous('now'):,} now, with {counted(comparison.ambiguous_keys, 'key')}; such as "
            f"{_example(comparison)}"
        )
    if found.without_key.height:
        without = f"{comparison.without_key('before'):,} before and {comparison.without_key('now'):,} now"
        said.append(f"not compared, for they have no {by}: {without}")
    if said:
        yield _lines(said, width) + _key_hint(comparison, width)
    if comparison.unknown:
        gone = counted(len(comparison.unknown), "earlier load is", "earlier loads are")
        yield _lines(
            [f"{gone} pruned: what no other load had before counts as new, though it may have reappeared"],
            width,
        )


def _other_key_hint(comparison: LoadComparison, width: int | None) -> str:
    """What may pair leads that are removed and new at once, where there are many of them."""
    unmatched = min(comparison.found.removed.height, comparison.found.added.height)
    if comparison.then_by or unmatched < max(_MANY_UNMATCHED * comparison.now.records_loaded, 2):
        return ""
    by = listed(comparison.key, last="and")
    return hint_text(
        f"if the {by} of leads has changed, --then-by FIELDS matches these by other fields",
        width=width,
    )


def _lines(texts: Iterable[str], width: int | None) -> str:
    return "".join(f"{line}\n" for text in texts for line in wrapped(text, width))


def _example(comparison: LoadComparison) -> str:
    ambiguous = comparison.found.ambiguous
    key = list(comparison.key)
    first = ambiguous.join(ambiguous.head(1).select(key), on=key, how="semi")
    value = " ".join(one_line(str(each)) for each in first.select(key).row(0))
    records = {when: first.filter(pl.col("load") == when)[RECORD].to_list() for when in ("before", "now")}
    told = [
        f"{'record' if len(each) == 1 else 'records'} {listed(map(str, each[:4]), last='and')} {when}"
        for when, each in records.items()
        if each
    ]
    return f"{value}: {'; '.join(told)}"


def _key_hint(comparison: LoadComparison, width: int | None) -> str:
    if comparison.declared:
        return hint_text(
            "another `key` in the mapping may tell them apart: key: [license_number, state]", width=width
        )
    hint = "where the source has a field of its own for that, declare it in the mapping: key: license_number"
    return hint_text(hint, width=width)


def _foot(comparison: LoadComparison, width: int | None) -> str:
    shown = [
        comparison.found.changed,
        *(records_of(comparison, group) for group in ALONE),
        comparison.found.ambiguous,
    ]
    if not any(each.height for each in shown):
        return "no difference\n"
    return _lines(["all of them: --format csv, json, xlsx or html"], width)
