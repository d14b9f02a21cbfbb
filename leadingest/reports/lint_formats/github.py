"""`--format github`: annotations in GitHub Actions.

Source: GitHub's documentation, "Workflow commands for GitHub Actions". It shows ten errors and ten warnings of a
step; errors come first.
"""

from leadingest.lint.finding import Finding
from leadingest.lint.result import LintResult

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


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
    said = ",".join(f"{key}={_escaped(str(value), _IN_PROPERTY)}" for key, value in properties.items())
    return f"::{finding.severity} {said}::{_escaped(finding.message, _IN_MESSAGE)}\n"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(letter, letter) for letter in text)
