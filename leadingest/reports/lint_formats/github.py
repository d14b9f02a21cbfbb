"""`--format github`: annotations in GitHub Actions.

Source: GitHub's documentation, "Workflow commands for GitHub Actions". It shows ten errors and ten warnings of a
step; errors come first.
"""

from leadingest.lint.finding import Finding, LintResult
from leadingest.reports.workflow_command import workflow_command


def github(result: LintResult, *, width: int | None = None) -> str:
    """A workflow command for each finding; nothing where nothing was found."""
    ranked = sorted(result.findings, key=lambda each: each.severity != "error")
    return "".join(_annotation(each) for each in ranked)


def _annotation(finding: Finding) -> str:
    properties = {
        "file": finding.at.file,
        "line": finding.at.line,
        "col": finding.at.column,
        "endColumn": finding.end_column,
        "title": f"{finding.code} {finding.name}",
    }
    return workflow_command(finding.severity, finding.message, **properties)
