"""A workbook: a sheet for each table, texts as texts, numbers and times as such."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Final

from leadingest.outputs.workbook import workbook
from leadingest.reports.report import Report

_PIECE: Final = 1 << 20


def render(report: Report) -> Iterator[bytes]:
    """The workbook in pieces; it waits in a temporary file, for its contents stand at its end."""
    with TemporaryFile() as file:
        with workbook(file) as book:
            for sheet in report.sheets():
                book.sheet(sheet.name, iter(sheet.batches))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
