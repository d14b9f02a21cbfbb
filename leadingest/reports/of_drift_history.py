"""What past deliveries differed in, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import click

from leadingest.destinations.ledger import DriftRow
from leadingest.reports.json_document import json_document
from leadingest.reports.table import TableColumn, table_text

_COLORS: Final = {"breaking": "red", "lossy": "yellow", "safe": "green"}


def _painted(kind_class: str) -> str:
    return click.style(kind_class, fg=_COLORS.get(kind_class.strip()))


_COLUMNS: Final = (
    TableColumn("load", align="right"),
    TableColumn("source", cut="end"),
    TableColumn("started (UTC)"),
    TableColumn("status", may_go=True),
    TableColumn("class", paint=_painted),
    TableColumn("kind"),
    TableColumn("column", cut="end"),
    TableColumn("expected", cut="end", may_go=True),
    TableColumn("found", cut="end"),
)


def history_text(rows: Sequence[DriftRow], *, width: int | None = None) -> str:
    """A table with a line for each difference."""
    if not rows:
        return "no drift was found in any load yet\n"
    return table_text(_COLUMNS, [_cells(row) for row in rows], width=width)


def history_json(rows: Sequence[DriftRow]) -> str:
    """The same as a JSON document: `drift`."""
    return json_document(drift=[_plain(row) for row in rows])


def _cells(row: DriftRow) -> list[str]:
    return [
        str(row.load_id),
        row.source_name,
        f"{row.started_at:%Y-%m-%d %H:%M}",
        row.status,
        row.kind_class,
        f"{row.code} {row.name}",
        row.header or "(the delivery)",
        row.expected,
        row.found,
    ]


def _plain(row: DriftRow) -> dict[str, object]:
    values = asdict(row)
    return {
        "load_id": values.pop("load_id"),
        "source": values.pop("source_name"),
        "file": values.pop("file_name"),
        "class": values.pop("kind_class"),
        "column": values.pop("header"),
        **values,
    }
