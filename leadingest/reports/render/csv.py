"""CSV in UTF-8, with commas and a header; no text in it is run as a formula."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.outputs.formulas import harmless
from leadingest.reports.report import Report


def render(report: Report) -> Iterator[str]:
    """The rows, every field a column, blank where there is no value: a piece for each batch.

    It is not polars that writes to standard output: a reader that goes away is Python's BrokenPipeError, and ends the
    command quietly.
    """
    for number, batch in enumerate(report.rows()):
        yield harmless(batch).write_csv(include_header=number == 0)
