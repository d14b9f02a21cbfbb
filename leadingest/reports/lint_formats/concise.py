"""`--format concise`: a line for each finding."""

from leadingest.lint.finding import LintResult
from leadingest.reports.printable import one_line


def concise(result: LintResult, *, width: int | None = None) -> str:
    """`file:line:column code severity: message`, line by line; nothing where nothing was found."""
    return "".join(
        f"{one_line(each.at.file)}:{each.at.line}:{each.at.column} {each.code} {each.severity}: {one_line(each.message)}\n"
        for each in result.findings
    )
