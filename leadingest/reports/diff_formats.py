"""The formats in which two loads are told beside each other. `FORMATS` registers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO, Final

import polars as pl

from leadingest.comparing.compare_loads import LoadComparison
from leadingest.comparing.match import RECORD
from leadingest.destinations.ledger import LoadRow
from leadingest.outputs.formulas import harmless
from leadingest.outputs.workbook import workbook
from leadingest.reports.diff_groups import (
    ALONE,
    ambiguous_of,
    changes_of,
    counts_of,
    leads_of,
    matched_by,
    records_of,
)
from leadingest.reports.json_document import json_document, json_text
from leadingest.reports.of_diff import write_text
from leadingest.reports.page import page_pieces


def write_csv(comparison: LoadComparison, file: BinaryIO) -> None:
    """Changed leads first, then those that one load alone has, with every field that has a value, then ambiguous ones."""
    keys = [f"key {name}" for name in comparison.key]
    shape = {
        "change": pl.String(),
        **dict.fromkeys(keys, pl.String()),
        "record before": pl.Int64(),
        "record now": pl.Int64(),
        **dict.fromkeys(("field", "value before", "value now"), pl.String()),
    }
    file.write(pl.DataFrame(schema=shape).write_csv().encode())
    for some in _rows(comparison):
        whole = some.with_columns(
            pl.lit(None, kind).alias(name) for name, kind in shape.items() if name not in some.columns
        )
        rows = harmless(whole.select(pl.col(name).cast(kind) for name, kind in shape.items()))
        # Not written by polars: a reader that goes away is Python's BrokenPipeError, and ends the command quietly.
        file.write(rows.write_csv(include_header=False).encode())


def _rows(comparison: LoadComparison) -> Iterator[pl.DataFrame]:
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


def write_json(comparison: LoadComparison, file: BinaryIO) -> None:
    """One object; its lists are written as they are read, so that it takes the memory of a batch."""
    file.write(json_document(**_head(comparison)).removesuffix("\n}\n").encode())
    for name, items in _lists(comparison):
        file.write(f',\n  "{name}": ['.encode())
        for number, item in enumerate(items):
            file.write(f"{',' if number else ''}\n    {json_text(item)}".encode())
        file.write(b"\n  ]")
    file.write(b"\n}\n")


def _head(comparison: LoadComparison) -> dict[str, Any]:
    return {
        "source": comparison.source,
        "before": _load(comparison.before),
        "now": _load(comparison.now),
        "key": list(comparison.key),
        "then_by": list(comparison.then_by),
        "counts": {
            group.replace(" ", "_"): {"before": before, "now": now}
            for group, (before, now) in counts_of(comparison).items()
        },
        "changed_fields": {field: asdict(change) for field, change in comparison.field_changes.items()},
        "pruned_loads": [row.load_id for row in comparison.unknown],
    }


def _load(load: LoadRow) -> dict[str, Any]:
    return {
        "load_id": load.load_id,
        "file": load.file_name,
        "extract_time": load.extract_time,
        "status": load.status,
        "published": load.published,
    }


def _lists(comparison: LoadComparison) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    yield "changed", _changed(comparison)
    for group in ALONE:
        yield group, (lead for leads in leads_of(comparison, group) for lead in leads.iter_rows(named=True))
    yield "ambiguous", _ambiguous(comparison)


def _changed(comparison: LoadComparison) -> Iterator[dict[str, Any]]:
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


def _ambiguous(comparison: LoadComparison) -> Iterator[dict[str, Any]]:
    key = list(comparison.key)
    for _, leads in comparison.found.ambiguous.group_by(key, maintain_order=True):
        rows = leads.rows(named=True)
        yield {
            "key": {name: rows[0][name] for name in key},
            "before": [row[RECORD] for row in rows if row["load"] == "before"],
            "now": [row[RECORD] for row in rows if row["load"] == "now"],
        }


def write_xlsx(comparison: LoadComparison, file: BinaryIO) -> None:
    """Which loads, the counts, what changed field by field, and the leads that one load alone has."""
    with workbook(file) as book:
        book.sheet("loads", [_loads(comparison)])
        book.sheet("counts", [_counts(comparison)])
        if comparison.found.changed.height:
            fields = [
                {"field": field, **asdict(change)} for field, change in comparison.field_changes.items()
            ]
            book.sheet("changed fields", [pl.DataFrame(fields)])
            book.sheet("changed", changes_of(comparison))
        for group in ALONE:
            if records_of(comparison, group).height:
                book.sheet(group, leads_of(comparison, group))
        if comparison.ambiguous_keys:
            book.sheet("ambiguous", [ambiguous_of(comparison)])


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


def write_html(comparison: LoadComparison, file: BinaryIO) -> None:
    """The counts, then a table for each group that has leads."""
    heights = {group: records_of(comparison, group).height for group in ALONE}
    pieces = page_pieces(
        "diff",
        comparison=comparison,
        matched_by=matched_by(comparison),
        counts=counts_of(comparison),
        heights=heights,
        changes=changes_of(comparison),
        alone={group: leads_of(comparison, group) for group in ALONE if heights[group]},
        ambiguous=[ambiguous_of(comparison)],
    )
    for piece in pieces:
        file.write(piece.encode())


#: Writes a comparison to a file, a batch of leads at a time.
Write = Callable[[LoadComparison, BinaryIO], None]

FORMATS: Final[Mapping[str, Write]] = {
    "text": write_text,
    "csv": write_csv,
    "json": write_json,
    "xlsx": write_xlsx,
    "html": write_html,
}

#: Those that are no text: for a file, not for a terminal.
BINARY: Final = frozenset({"xlsx"})


def write_diff(comparison: LoadComparison, name: str, file: BinaryIO) -> None:
    """Write the comparison in the format, a batch of leads at a time."""
    FORMATS[name](comparison, file)
