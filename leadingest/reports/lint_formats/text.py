"""`--format text`: for people."""

from collections.abc import Iterator

import click

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Finding, LintResult
from leadingest.reports.excerpt import excerpt
from leadingest.reports.printable import lines_only, one_line, wrapped
from leadingest.reports.table import counted

_COLORS = {"error": "red", "warning": "yellow"}


def text(result: LintResult, *, width: int | None = None) -> str:
    """Each finding with its line, a mark below, related places and the way to the explanation; then the sums."""
    found = "".join(f"{line}\n" for finding in result.findings for line in (*_finding(finding, width), ""))
    return found + "".join(f"{line}\n" for line in _sums(result, width))


def _finding(finding: Finding, width: int | None) -> Iterator[str]:
    color = _COLORS[finding.severity]
    place = f"{one_line(finding.at.file)}:{finding.at.line}:{finding.at.column}"
    head = f"{place} {finding.code} {finding.severity}: "
    first, *more = wrapped(head + lines_only(finding.message), width)
    shown = first.replace(
        head.rstrip(),
        f"{click.style(place, bold=True)} {finding.code} "
        f"{click.style(f'{finding.severity}:', fg=color, bold=True)}",
        1,
    )
    yield shown
    yield from (f"    {line}" for line in more)
    if finding.line_text:
        yield from excerpt(
            finding.line_text,
            finding.at.line,
            finding.at.column,
            finding.end_column,
            color=color,
            width=width,
        )
    margin = " " * (4 + len(str(finding.at.line)) + 1)
    for related in finding.related:
        there = f"{one_line(related.at.file)}:{related.at.line}:{related.at.column}"
        yield f"{margin}= {there}: {one_line(related.message)}"
    yield f"{margin}= {click.style(f'leadingest lint --explain {finding.code}', fg='cyan')}"


def _sums(result: LintResult, width: int | None) -> Iterator[str]:
    if result.mended:
        yield f"{counted(result.mended, 'finding')} mended"
    looked = counted(len(result.mappings), "mapping")
    if not result.findings:
        yield f"{looked}: nothing found"
    else:
        found = [counted(result.count(each), each) for each in ("error", "warning") if result.count(each)]
        yield f"{looked}: {listed(found, last='and')}" + (
            f"; --fix mends {result.fixable}" if result.fixable else ""
        )
    if result.without_sample:
        yield from wrapped(f"no delivery to compare with: {', '.join(result.without_sample)}", width)
