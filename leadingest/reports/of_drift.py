"""Drift as text for people: of a delivery, and of the loads so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

import click
from rich.console import RenderableType
from rich.text import Text

from leadingest.destinations.ledger import DriftRow
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift_words import HEADS, compared_with, every_sum, rows, sums, title
from leadingest.reports.json_document import json_document
from leadingest.reports.of_error import error_text
from leadingest.reports.printable import one_line
from leadingest.reports.rich_text import plain_table, rich_text, safe
from leadingest.reports.table import TableColumn, counted, table_text

_COLORS: Final = {"breaking": "red", "lossy": "yellow", "safe": "green"}


def drift_text(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """Of each source a table of the differences, the worst first, and the sums."""
    told = [_source(drift, width) for drift in drifts]
    if len(drifts) > 1:
        told.append(f"{every_sum(tuple(drifts))}\n")
    return "\n".join(told)


def _source(drift: SourceDrift, width: int | None) -> str:
    if drift.message:
        return error_text(drift.message, hint=drift.hint, about=drift.source, width=width)
    return rich_text(*_parts(drift), width=width)


def _parts(drift: SourceDrift) -> Iterator[RenderableType]:
    yield Text.assemble((one_line(title(drift)), "bold"), f", {compared_with(drift)}")
    if drift.mended:
        yield Text(f"{counted(drift.mended, 'change')} made in {one_line(drift.mapping)}")
    if drift.differences:
        yield ""
        table = plain_table(*HEADS)
        table.columns[0].no_wrap = True
        for kind_class, *cells in rows(drift):
            table.add_row(safe(kind_class, _COLORS[kind_class.split()[0]]), *map(safe, cells))
        yield table
        yield ""
    yield Text(sums(drift))


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
    """The differences as a JSON document: `drift`."""
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
