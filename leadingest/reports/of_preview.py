"""A preview on the terminal: records beside the leads they become, then what each field is like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from leadingest.ingest.preview import FieldSummary, Preview
from leadingest.ingest.record_view import FieldView, RecordView
from leadingest.reports.json_document import json_document
from leadingest.reports.page import page
from leadingest.reports.printable import one_line
from leadingest.reports.rich_text import plain_table, rich_text, safe
from leadingest.reports.table import counted, number
from leadingest.reports.wording import named_headers, percent, why
from leadingest.tables.types.base import stored_text

_BETWEEN = Text.assemble(("  ·  ", "dim"))


def preview_text(preview: Preview, *, width: int | None = None) -> str:
    """The records, the fields, and what else is worth knowing, in lines of at most `width` cells."""
    return rich_text(*_parts(preview), width=width)


def _parts(preview: Preview) -> Iterator[RenderableType]:
    yield from _counts(preview)
    for record in preview.records:
        yield ""
        yield from _record(record)
    yield ""
    yield _fields(preview)
    if preview.new_headers:
        yield ""
        yield Text(f"not in the mapping: {named_headers(preview.new_headers)}")


def _counts(preview: Preview) -> Iterator[RenderableType]:
    counts = preview.counts
    yield Text(
        f"{preview.source}: {one_line(preview.file)}{'' if preview.whole else ', its first records only'}"
    )
    yield Text(
        f"  {number(counts.read)} read = {counted(counts.loaded, 'lead')} + {number(counts.rejected)} rejected"
        f" + {number(counts.filtered)} filtered"
    )
    if counts.rejected:
        yield Text(f"  {counted(counts.rejected, 'reject')}{why(preview.reject_counts)}")
    if counts.invalid_values:
        yield Text(f"  {counted(counts.invalid_values, 'invalid value')}{why(preview.invalid_value_counts)}")


def _record(record: RecordView) -> Iterator[RenderableType]:
    head = Text.assemble((f"record {record.number}", "bold"), (f", line {record.line}", "dim"))
    if record.outcome == "lead":
        yield head
        yield from _lead(record)
        return
    yield head + Text(f": {record.outcome}", "red" if record.refusal else "yellow") + Text(_reason(record))
    if isinstance(record.cells, str):
        yield safe(record.cells)
        return
    table = plain_table("header", "cell")
    for header, cell in record.cells.items():
        if cell:
            table.add_row(safe(header, "dim"), safe(cell))
    yield table


def _reason(record: RecordView) -> str:
    refusal = record.refusal
    if not refusal:
        return " by where"
    rule = "" if refusal.rule == refusal.field else f" by {refusal.rule}"
    return f": {refusal.message}" + (f" ({refusal.field}{rule})" if refusal.field else "")


def _lead(record: RecordView) -> Iterator[RenderableType]:
    table = plain_table("field", "lead", "as it came")
    empty = []
    for field in record.fields:
        if field.value is None and not any(field.cells.values()):
            empty.append(field.name)
        else:
            table.add_row(field.name, _value(field), _cells(field.cells))
    yield table
    if empty:
        yield Text(f"blank: {', '.join(empty)}", "dim")


def _value(field: FieldView) -> Text:
    if field.invalid:
        return Text(f"✗ invalid: {field.invalid.message}", "red")
    return Text("blank", "dim") if field.value is None else safe(stored_text(field.value))


def _cells(cells: Mapping[str, str]) -> Text:
    told = [
        Text.assemble((f"{one_line(header)}: ", "dim"), one_line(cell))
        for header, cell in cells.items()
        if cell
    ]
    return _BETWEEN.join(told)


def _fields(preview: Preview) -> RenderableType:
    table = plain_table("field", "filled", "invalid", "distinct", "values, the most frequent first")
    *short, values = table.columns
    for column in short:
        column.no_wrap, column.justify = True, "right"
    short[0].justify = "left"
    values.ratio, values.no_wrap, values.overflow = 1, True, "ellipsis"
    table.expand = True
    for field in preview.fields:
        leads = preview.counts.loaded
        table.add_row(
            field.name,
            percent(field.filled, leads),
            Text(percent(field.invalid, leads), "red"),
            f"{'>' if field.more else ''}{number(field.distinct)}" if field.filled else "",
            _examples(field),
        )
    return table


def _examples(field: FieldSummary) -> Text:
    invalid = [Text(f"✗ {_raw(each.cells)}{_times(each.count)}", "red") for each in field.invalid_examples]
    values = [Text.assemble(one_line(value), (_times(count), "dim")) for value, count in field.examples]
    return _BETWEEN.join([*invalid, *values])


def _raw(cells: Mapping[str, str]) -> str:
    """The cell; where it came from several, those that are filled with their headers."""
    if len(cells) == 1:
        return one_line(next(iter(cells.values())))
    return ", ".join(f"{one_line(header)}: {one_line(cell)}" for header, cell in cells.items() if cell)


def _times(count: int) -> str:
    return f" ×{number(count)}" if count > 1 else ""


def preview_json(preview: Preview) -> str:
    """What was read and counted, the `records` that are shown, and what each of the `fields` is like.

    `cells` of a record are an object of header to cell, or a text where the record could not be taken apart.
    """
    counts = preview.counts
    return json_document(
        source=preview.source,
        file=preview.file,
        whole=preview.whole,
        read=counts.read,
        leads=counts.loaded,
        rejected=counts.rejected,
        filtered=counts.filtered,
        invalid_values=counts.invalid_values,
        reject_counts=[asdict(each) for each in preview.reject_counts],
        invalid_value_counts=[asdict(each) for each in preview.invalid_value_counts],
        new_headers=list(preview.new_headers),
        records=[_record_json(record) for record in preview.records],
        fields=[_field(field) for field in preview.fields],
    )


def _record_json(record: RecordView) -> dict[str, Any]:
    return {
        "number": record.number,
        "line": record.line,
        "outcome": record.outcome,
        "cells": record.cells,
        "refusal": record.refusal and asdict(record.refusal),
        "fields": {
            field.name: {
                "value": field.value,
                "headers": list(field.cells),
                "invalid": field.invalid and {"rule": field.invalid.rule, "message": field.invalid.message},
            }
            for field in record.fields
        },
    }


def _field(field: FieldSummary) -> dict[str, Any]:
    return {
        "name": field.name,
        "filled": field.filled,
        "invalid": field.invalid,
        "distinct": field.distinct,
        "more": field.more,
        "examples": [{"value": value, "count": count} for value, count in field.examples],
        "invalid_examples": [asdict(each) for each in field.invalid_examples],
    }


def preview_html(preview: Preview) -> str:
    """One page that can be sent on: what each field is like, then the records beside their leads."""
    counts = preview.counts
    return page("preview", preview=preview, counts=counts, leads=max(counts.loaded, 1))
