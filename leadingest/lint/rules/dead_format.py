"""The rule LI203."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.yaml_document import Sequence
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject, without_item


@rule("LI203", "warning", fixes=True)
def dead_format(subject: Subject) -> Iterator[Remark]:
    """A format that can never match.

    Leading and trailing white space is removed from cells, so a format that starts or ends with a blank
    never matches; and a repeated format has no effect.

    Bad:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%d/%Y", "%Y-%m-%d", "%m/%d/%Y"]}

    Good:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%d/%Y", "%Y-%m-%d"]}
    """
    for entry in subject.entries:
        node = subject.node(entry.path, "formats")
        if node is None or entry.type is None:
            continue
        formats = entry.type.date_formats
        for i, text in enumerate(formats):
            at = subject.place(entry.path, "formats", i)
            if text != text.strip():
                yield Remark(
                    at, f"no cell can match {text!r}: leading and trailing white space is removed from cells"
                )
            elif text in formats[:i]:
                edits = without_item(subject, node, i) if isinstance(node, Sequence) else ()
                yield Remark(at, f"{text!r} is already in this list", edits=edits)
