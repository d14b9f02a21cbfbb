"""What `leadingest lint --fix` would change."""

from difflib import unified_diff

from leadingest.ingest.lint_mappings import mended_texts
from leadingest.lint.result import LintResult


def diff_text(result: LintResult) -> str:
    """The changes as a unified diff; nothing where there are none."""
    lines: list[str] = []
    for document, text, _ in mended_texts(result):
        before, after = document.text.splitlines(keepends=True), text.splitlines(keepends=True)
        lines += unified_diff(before, after, document.name, document.name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
