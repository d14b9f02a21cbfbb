"""Changes of files as a patch."""

from collections.abc import Iterable
from difflib import unified_diff

from leadingest.documents.yaml_document import Document


def patch(changes: Iterable[tuple[Document, str]]) -> str:
    """The changes as a unified diff: each a file as it is, and its text as it would be. Nothing where there are none."""
    lines: list[str] = []
    for document, text in changes:
        before, after = document.text.splitlines(keepends=True), text.splitlines(keepends=True)
        lines += unified_diff(before, after, document.name, document.name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
