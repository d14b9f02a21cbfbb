"""The rule LI116."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.yaml_document import Scalar, Sequence, Step
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject, without_item


@rule("LI116", "warning", fixes=True)
def repeated_name(subject: Subject) -> Iterator[Remark]:
    """A list of headers, or of cells that mean "no value", contains the same one twice.

    Headers are the same if they differ only in white space. One of the two may be a mistake.

    Bad:
        fields:
          company: Name
          phone: [Phone, Telephone, Phone]

    Good:
        fields:
          company: Name
          phone: [Phone, Telephone]
    """
    for path in _lists(subject):
        node = subject.node(path)
        seen = set()
        for number, item in enumerate(node.items if isinstance(node, Sequence) else ()):
            text = " ".join((item.text or "").split()) if isinstance(item, Scalar) else None
            if text is not None and text in seen and isinstance(node, Sequence):
                edits = without_item(subject, node, number)
                yield Remark(item.position, f"{text!r} is already in this list", edits=edits)
            seen.add(text)


def _lists(subject: Subject) -> Iterator[tuple[Step, ...]]:
    yield ("ignore",)
    yield ("delivery", "nulls")
    for entry in subject.entries:
        yield entry.path
        yield (*entry.path, "from")
        yield from (path for path, operation in subject.operations(entry) if operation.word() == "nulls")
