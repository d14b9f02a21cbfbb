"""What `leadingest lint --fix` would change."""

from leadingest.ingest.lint_mappings import mended_texts
from leadingest.lint.finding import LintResult
from leadingest.reports.patch import patch


def diff_text(result: LintResult) -> str:
    """The changes as a unified diff; nothing where there are none."""
    return patch((document, text) for document, text, _ in mended_texts(result))
