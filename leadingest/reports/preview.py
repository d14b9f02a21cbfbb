"""A preview: records beside the leads they become, then what each field is like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from leadingest.ingest.preview import FieldSummary, Preview
from leadingest.ingest.record_view import FieldView, RecordView
from leadingest.reports.report import Block, Page, Report, ReportTable, TableColumn, TextLine, TextSpan, Words
from leadingest.reports.wording import named_headers, percent_of, why
from leadingest.tables.types.base import stored_text
from leadingest.wording import counted, number

_BETWEEN = TextSpan("  ·  ", "dim")
_LEAD = tuple(TableColumn(title, fit="fold") for title in ("field", "lead", "as it came"))
_CELLS = tuple(TableColumn(title, fit="fold") for title in ("header", "cell"))
_FIELDS = (
    TableColumn("field"),
    TableColumn("filled", align="right"),
    TableColumn("invalid", align="right"),
    TableColumn("distinct", align="right"),
    TableColumn("values, the most frequent first", fit="rest"),
)


@dataclass(frozen=True)
class PreviewReport(Report):
    """The records, the fields, and what else is worth knowing."""

    preview: Preview
    title = "preview"

    def body(self) -> Iterator[Block]:
        preview = self.preview
        yield from _counts(preview)
        for record in preview.records:
            yield TextLine()
            yield from _record(record)
        yield TextLine()
        yield ReportTable(_FIELDS, [_field(field, preview.counts.loaded) for field in preview.fields])
        if preview.new_headers:
            yield TextLine()
            yield TextLine(f"headers not in the mapping: {named_headers(preview.new_headers)}")

    def data(self) -> dict[str, Any]:
        """`cells` of a record are an object of header to cell, or a text where the record could not be taken apart."""
        preview, counts = self.preview, self.preview.counts
        return {
            "source": preview.source,
            "file": preview.file,
            "whole": preview.whole,
            "read": counts.read,
            "leads": counts.loaded,
            "rejected": counts.rejected,
            "filtered": counts.filtered,
            "superseded": preview.superseded,
            "invalid_values": counts.invalid_values,
            "reject_counts": [asdict(each) for each in preview.reject_counts],
            "invalid_value_counts": [asdict(each) for each in preview.invalid_value_counts],
            "new_headers": list(preview.new_headers),
            "records": [_plain_record(record) for record in preview.records],
            "fields": [_plain_field(field) for field in preview.fields],
        }

    def page(self) -> Page:
        """What each field is like, then the records beside their leads."""
        counts = self.preview.counts
        return Page("preview", {"preview": self.preview, "counts": counts, "leads": max(counts.loaded, 1)})


def _counts(preview: Preview) -> Iterator[Block]:
    counts = preview.counts
    yield TextLine(f"{preview.source}: {preview.file}{'' if preview.whole else ', first records only'}")
    yield TextLine(
        f"{number(counts.read)} read = {counted(counts.loaded, 'lead')} + {number(counts.rejected)} rejected"
        f" + {number(counts.filtered)} filtered",
        indent=2,
    )
    if preview.superseded:
        yield TextLine(
            f"{number(preview.superseded)} of those filtered superseded by others: see `keep`", indent=2
        )
    if counts.rejected:
        yield TextLine(f"{counted(counts.rejected, 'reject')}{why(preview.reject_counts)}", indent=2)
    if counts.invalid_values:
        values = counted(counts.invalid_values, "invalid value")
        yield TextLine(f"{values}{why(preview.invalid_value_counts)}", indent=2)


def _record(record: RecordView) -> Iterator[Block]:
    head = (TextSpan(f"record {record.number}", "strong"), TextSpan(f", line {record.line}", "dim"))
    if record.outcome == "lead":
        yield TextLine(head)
        yield from _lead(record)
        return
    yield TextLine(
        (*head, TextSpan(f": {record.outcome}", "bad" if record.refusal else "wait"), _reason(record))
    )
    if isinstance(record.cells, str):
        yield TextLine(record.cells)
    else:
        filled = [(TextSpan(header, "dim"), cell) for header, cell in record.cells.items() if cell]
        yield ReportTable(_CELLS, filled)


def _reason(record: RecordView) -> str:
    refusal = record.refusal
    if not refusal:
        return " by keep" if record.superseded else " by where"
    rule = "" if refusal.rule == refusal.field else f": {refusal.rule}"
    return f": {refusal.message}" + (f" ({refusal.field}{rule})" if refusal.field else "")


def _lead(record: RecordView) -> Iterator[Block]:
    empty = [field.name for field in record.fields if field.value is None and not any(field.cells.values())]
    shown = [field for field in record.fields if field.name not in empty]
    yield ReportTable(_LEAD, [(field.name, _value(field), _cells(field.cells)) for field in shown])
    if empty:
        yield TextLine(TextSpan(f"blank: {', '.join(empty)}", "dim"))


def _value(field: FieldView) -> Words:
    if field.invalid:
        return TextSpan(f"✗ invalid: {field.invalid.message}", "bad")
    return TextSpan("blank", "dim") if field.value is None else stored_text(field.value)


def _cells(cells: Mapping[str, str]) -> Words:
    return _joined(
        [(TextSpan(f"{header}: ", "dim"), TextSpan(cell)) for header, cell in cells.items() if cell]
    )


def _field(field: FieldSummary, leads: int) -> list[Words]:
    invalid = [
        (TextSpan(f"✗ {_raw(each.cells)}{_times(each.count)}", "bad"),) for each in field.invalid_examples
    ]
    values = [(TextSpan(value), TextSpan(_times(count), "dim")) for value, count in field.examples]
    return [
        field.name,
        percent_of(field.filled, leads),
        TextSpan(percent_of(field.invalid, leads), "bad"),
        f"{'>' if field.more else ''}{number(field.distinct)}" if field.filled else "",
        _joined([*invalid, *values]),
    ]


def _joined(parts: list[tuple[TextSpan, ...]]) -> Words:
    """The parts with a dot between them."""
    return [span for number, part in enumerate(parts) for span in ((_BETWEEN, *part) if number else part)]


def _raw(cells: Mapping[str, str]) -> str:
    """The cell; where it came from several, those that are filled with their headers."""
    if len(cells) == 1:
        return next(iter(cells.values()))
    return ", ".join(f"{header}: {cell}" for header, cell in cells.items() if cell)


def _times(count: int) -> str:
    return f" ×{number(count)}" if count > 1 else ""


def _plain_record(record: RecordView) -> dict[str, Any]:
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


def _plain_field(field: FieldSummary) -> dict[str, Any]:
    return {
        "name": field.name,
        "filled": field.filled,
        "invalid": field.invalid,
        "distinct": field.distinct,
        "more": field.more,
        "examples": [{"value": value, "count": count} for value, count in field.examples],
        "invalid_examples": [asdict(each) for each in field.invalid_examples],
    }
