"""A preview on the terminal: records beside the leads they become, then what each field is like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from leadingest.ingest.field_values import FieldSummary
from leadingest.ingest.preview import Preview
from leadingest.ingest.record_view import FieldView, RecordView
from leadingest.reports.fault_counts import why
from leadingest.reports.named_headers import named_headers
from leadingest.reports.printable import one_line
from leadingest.reports.rich_text import plain_table, rich_text, safe
from leadingest.reports.shares import percent
from leadingest.reports.table import counted, number
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
