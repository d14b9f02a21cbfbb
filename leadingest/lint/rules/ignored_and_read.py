"""The rule LI115."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.yaml_document import Scalar, Sequence
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject, without_item


@rule("LI115", "warning", fixes=True)
def ignored_and_read(subject: Subject) -> Iterator[Remark]:
    """A header under `ignore` that the mapping reads.

    Bad:
        fields:
          company: Name
          phone: Phone
        ignore: [Phone, Fax]

    Good:
        fields:
          company: Name
          phone: Phone
        ignore: [Fax]
    """
    node = subject.node(("ignore",))
    for number, item in enumerate(node.items if isinstance(node, Sequence) else ()):
        header = " ".join((item.text or "").split()) if isinstance(item, Scalar) else ""
        if header in subject.headers_read:
            edits = without_item(subject, node, number) if isinstance(node, Sequence) else ()
            yield Remark(item.position, f"{header!r} is read, so it cannot be ignored", edits=edits)
