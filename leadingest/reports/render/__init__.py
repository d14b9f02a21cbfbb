"""The formats of reports: one file each, all of them listed here. No format knows a report, no report a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from leadingest.reports.render import (
    concise,
    csv,
    github,
    html,
    json,
    junit,
    markdown,
    prometheus,
    sarif,
    text,
    xlsx,
)
from leadingest.reports.report import Report


@dataclass(frozen=True)
class Format:
    """How a report is written."""

    #: Gives the report in pieces.
    render: Callable[[Report], Iterator[str] | Iterator[bytes]]
    #: The part of the report that it reads.
    part: Literal["body", "data", "suites", "rows", "sheets", "metrics"]
    about: str
    #: For a file, not for a terminal.
    binary: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format(text.render, "body", "for people"),
    "markdown": Format(markdown.render, "body", "for a pull request or a chat"),
    "html": Format(html.render, "body", "a page that needs nothing beside it"),
    "json": Format(json.render, "data", "for programs"),
    "csv": Format(csv.render, "rows", "for spreadsheet programs and programs"),
    "xlsx": Format(xlsx.render, "sheets", "a workbook; needs the extra `xlsx`", binary=True),
    "prometheus": Format(prometheus.render, "metrics", "metrics, as Prometheus reads them"),
    "concise": Format(concise.render, "suites", "a line for each finding, for editors"),
    "github": Format(github.render, "suites", "annotations of GitHub Actions"),
    "junit": Format(junit.render, "suites", "JUnit XML, for CI servers"),
    "sarif": Format(sarif.render, "suites", "SARIF, for code scanning"),
}


def rendered(report: Report, name: str) -> Iterator[bytes]:
    """The report in the format, in pieces of a file in UTF-8."""
    for piece in FORMATS[name].render(report):
        yield piece if isinstance(piece, bytes) else piece.encode()
