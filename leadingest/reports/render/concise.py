"""A line for each finding, as editors and `grep` read it."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.reports.printable import one_line
from leadingest.reports.report import Report


def render(report: Report) -> Iterator[str]:
    """`file:line:column code level: message`; nothing where nothing was found."""
    for suite in report.suites():
        for case in suite.cases:
            if case.level != "passed":
                place, code = case.place or suite.name, case.code or case.name
                yield one_line(f"{place} {code} {case.level}: {case.message}") + "\n"
