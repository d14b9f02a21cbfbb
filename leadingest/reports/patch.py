"""Changes of files as a patch."""

from collections.abc import Iterable
from difflib import unified_diff

from leadingest.lint.finding import FixedText


def patch(changes: Iterable[FixedText]) -> str:
    """The changes as a unified diff. Nothing where there are none."""
    lines: list[str] = []
    for each in changes:
        document = each.document
        before, after = document.text.splitlines(keepends=True), each.text.splitlines(keepends=True)
        lines += unified_diff(before, after, document.name, document.name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
