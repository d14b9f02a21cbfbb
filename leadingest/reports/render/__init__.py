"""The formats of reports: one file each, all of them listed here. No format knows a report, no report a format.

A format is imported when a report is written in it, from the module of its name: its `render` gives the report in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Literal

from leadingest.reports.report import Report


@dataclass(frozen=True)
class Format:
    """How a report is written."""

    #: The part of the report that it reads.
    part: Literal["body", "data", "suites", "rows", "sheets", "metrics"]
    about: str
    #: For a file, not for a terminal.
    binary: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format("body", "for people"),
    "markdown": Format("body", "for a pull request or a chat"),
    "html": Format("body", "a page that needs nothing beside it"),
    "json": Format("data", "for programs"),
    "csv": Format("rows", "for spreadsheet programs and programs"),
    "xlsx": Format("sheets", "a workbook; needs the extra `xlsx`", binary=True),
    "prometheus": Format("metrics", "metrics, as Prometheus reads them"),
    "concise": Format("suites", "a line for each finding, for editors"),
    "github": Format("suites", "annotations of GitHub Actions"),
    "junit": Format("suites", "JUnit XML, for CI servers"),
    "sarif": Format("suites", "SARIF, for code scanning"),
}


def rendered(report: Report, name: str) -> Iterator[bytes]:
    """The report in the format, in pieces of a file in UTF-8."""
    for piece in import_module(f"{__name__}.{name}").render(report):
        yield piece if isinstance(piece, bytes) else piece.encode()
