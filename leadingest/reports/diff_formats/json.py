"""`--format json`: for programs, with every lead that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from leadingest.comparing.compare_loads import Comparison
from leadingest.comparing.match import RECORD
from leadingest.destinations.ledger import LoadRow
from leadingest.reports.diff_formats.groups import ALONE, counts_of, leads_of
from leadingest.reports.json_document import json_document, json_text


def write(comparison: Comparison, file: BinaryIO) -> None:
    """One object; its lists are written as they are read, so that it takes the memory of a batch."""
    file.write(json_document(**_head(comparison)).removesuffix("\n}\n").encode())
    for name, items in _lists(comparison):
        file.write(f',\n  "{name}": ['.encode())
        for number, item in enumerate(items):
            file.write(f"{',' if number else ''}\n    {json_text(item)}".encode())
        file.write(b"\n  ]")
    file.write(b"\n}\n")


def _head(comparison: Comparison) -> dict[str, Any]:
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


def _lists(comparison: Comparison) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    yield "changed", _changed(comparison)
    for group in ALONE:
        yield group, (lead for leads in leads_of(comparison, group) for lead in leads.iter_rows(named=True))
    yield "ambiguous", _ambiguous(comparison)


def _changed(comparison: Comparison) -> Iterator[dict[str, Any]]:
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


def _ambiguous(comparison: Comparison) -> Iterator[dict[str, Any]]:
    key = list(comparison.key)
    for _, leads in comparison.found.ambiguous.group_by(key, maintain_order=True):
        rows = leads.rows(named=True)
        yield {
            "key": {name: rows[0][name] for name in key},
            "before": [row[RECORD] for row in rows if row["load"] == "before"],
            "now": [row[RECORD] for row in rows if row["load"] == "now"],
        }
