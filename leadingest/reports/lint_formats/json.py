"""`--format json`: for programs."""

from typing import Any

from leadingest.lint.finding import Finding, LintResult
from leadingest.reports.json_document import json_document


def json(result: LintResult, *, width: int | None = None) -> str:
    """A document with `version`, `findings` and `summary`. Lines and columns count from 1, offsets from 0."""
    return json_document(
        findings=[_finding(each) for each in result.findings],
        summary={
            "mappings": len(result.mappings),
            "errors": result.count("error"),
            "warnings": result.count("warning"),
            "fixable": result.fixable,
            "mended": result.mended,
            "without_sample": list(result.without_sample),
        },
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "file": finding.at.file,
        "line": finding.at.line,
        "column": finding.at.column,
        "end_column": finding.end_column,
        "message": finding.message,
        "source_line": finding.line_text,
        "related": [
            {"file": each.at.file, "line": each.at.line, "column": each.at.column, "message": each.message}
            for each in finding.related
        ],
        "edits": [
            {"file": each.file, "start": each.start, "end": each.end, "text": each.text}
            for each in finding.edits
        ],
        "explain": f"leadingest lint --explain {finding.code}",
    }
