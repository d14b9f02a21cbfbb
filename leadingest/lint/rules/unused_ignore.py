"""The rule LI012."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Document
from leadingest.lint.comments import Ignore
from leadingest.lint.finding import Edit, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI012", "warning", fixes=True)
def unused_ignore(subject: Subject) -> Iterator[Remark]:
    """A comment ignores a finding that no longer exists.

    If you leave it, it would hide the finding when it reappears for another reason.

    Bad:
        fields:
          company: Name
          phone: Phone  # leadingest: ignore[LI103] the agency has one number for both

    Good:
        fields:
          company: Name
          phone: Phone
    """
    documents = {document.name: document for document in subject.documents}
    for each, codes in subject.idle:
        if each.reason and all(subject.codes.get(code) for code in codes):
            message = f"unused ignore comment for {listed(codes, last='and')}"
            yield Remark(each.at, message, edits=(_without(documents[each.at.file], each, codes),))


def _without(document: Document, each: Ignore, codes: tuple[str, ...]) -> Edit:
    start, end = each.comment.start, each.comment.start + len(each.comment.text)
    if kept := [code for code in each.codes if code not in codes]:
        return Edit(document.name, start, end, f"# leadingest: ignore[{', '.join(kept)}] {each.reason}")
    text = document.text
    start = len(text[:start].rstrip(" \t"))
    if each.comment.alone:  # the line goes whole
        end += len(text[end:]) - len(text[end:].removeprefix("\r").removeprefix("\n"))
    return Edit(document.name, start, end, "")
