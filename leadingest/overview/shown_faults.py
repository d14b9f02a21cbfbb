"""Rejects and invalid values by field and rule, with examples that show no value."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from leadingest.destinations.diagnostics import InvalidValueGroup, RejectGroup
from leadingest.mapping.models import Mapping
from leadingest.overview.mapped_values import headers_read
from leadingest.tables.rejects import READING

#: Characters of a shape; what is longer ends in an ellipsis.
MOST_SHOWN = 60


def shape(value: str) -> str:
    """The value with `X` for a capital, `x` for another letter and `9` for a digit; other signs stay."""
    shown = "".join(map(_sign, value[: MOST_SHOWN + 1]))
    return shown if len(value) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}…"


def _sign(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Lu":
        return "X"
    if kind[0] in "LM":
        return "x"
    if kind[0] == "N":
        return "9"
    # White space and what cannot be seen.
    return " " if kind[0] in "ZC" else character


@dataclass(frozen=True)
class ShownExample:
    """Where a reject or an invalid value is, and the shape of what stood there: no personal data."""

    record_number: int
    #: None where the tables do not tell.
    line_number: int | None
    #: Each header that the field reads with the shape of its cell; "" for a whole record.
    shapes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownFaults:
    """Rejects, or invalid values, with the same field and rule."""

    kind: Literal["reject", "invalid value"]
    field: str | None
    rule: str
    count: int
    #: What is wrong, in a sentence; "" where the rule says it all.
    about: str
    examples: tuple[ShownExample, ...]


def shown_rejects(group: RejectGroup, mapping: Mapping | None) -> ShownFaults:
    """The rejects as they may be shown to anybody; `mapping` tells which of their cells are to blame."""
    reason = READING.get(group.rule)
    # Messages are made of headers and the words of the mapping, never of values.
    message = group.examples[0].message if group.examples and group.field else ""
    wanted = headers_read(mapping, group.field) if mapping and group.field else ()
    return ShownFaults(
        kind="reject",
        field=group.field,
        rule=group.rule,
        count=group.count,
        about=reason.about if reason else message,
        examples=tuple(
            ShownExample(
                each.record_number, each.line_number, tuple(_of_record(each.raw_record, wanted, group))
            )
            for each in group.examples
        ),
    )


def shown_invalid_values(group: InvalidValueGroup) -> ShownFaults:
    """The invalid values as they may be shown to anybody."""
    return ShownFaults(
        kind="invalid value",
        field=group.field,
        rule=group.rule,
        count=group.count,
        about="",
        examples=tuple(
            ShownExample(each.record_number, None, tuple(_of_cells(each.header, each.raw_value)))
            for each in group.examples
        ),
    )


def _of_record(raw: str, wanted: tuple[str, ...], group: RejectGroup) -> Iterator[tuple[str, str]]:
    """The cells that are to blame; the whole of a record that could not be read."""
    if group.field is None:
        yield "", shape(raw)
        return
    cells = _cells(raw) or {}
    yield from ((header, shape(cells[header])) for header in wanted if header in cells)


def _of_cells(header: str, raw: str) -> Iterator[tuple[str, str]]:
    """The cell; of several, which stand there as JSON, each."""
    cells = _cells(raw) if ", " in header else None
    yield from ((name, shape(cell)) for name, cell in (cells or {header: raw}).items())


def _cells(raw: str) -> dict[str, str] | None:
    """Header to cell; None where it is no JSON object."""
    try:
        cells = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(cells, dict):
        return None
    return {str(key): "" if cell is None else str(cell) for key, cell in cells.items()}
