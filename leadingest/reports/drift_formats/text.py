"""`--format text`: for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift_words import HEADS, compared_with, every_sum, rows, sums, title
from leadingest.reports.of_error import error_text
from leadingest.reports.printable import one_line
from leadingest.reports.rich_text import plain_table, rich_text, safe
from leadingest.reports.table import counted

_COLORS: Final = {"breaking": "red", "lossy": "yellow", "safe": "green"}


def text(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
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
