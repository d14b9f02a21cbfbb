"""The rule LI203."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.yaml_document import Sequence
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject, without_item


@rule("LI203", "warning", fixes=True)
def dead_format(subject: Subject) -> Iterator[Remark]:
    """A format that can never read anything.

    Cells lose the white space at their ends, so a format with a blank there fits none; and what an earlier format
    of the list reads does not come to the same format again.

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
                    at, f"no cell is ever written as {text!r}: cells have lost the white space at their ends"
                )
            elif text in formats[:i]:
                edits = without_item(subject, node, i) if isinstance(node, Sequence) else ()
                yield Remark(
                    at, f"{text!r} stands in this list already, and has read what it can", edits=edits
                )
