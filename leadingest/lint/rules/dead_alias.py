"""The rule LI505."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.sources.header import Header


@rule("LI505", "warning")
def dead_alias(subject: Subject) -> Iterator[Remark]:
    """The sample has none of the headers of an optional entry: its value is blank in every lead.

    If a delivery may come without the column, ignore the finding. But a misspelled header
    looks the same. Of several aliases, one is enough: the others are for other deliveries.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: {from: [Phone, Telephone], optional: true}
        # sample.csv
        Name
        Oak Tree

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: {from: [Phone, Telephone], optional: true}
        # sample.csv
        Name,Phone
        Oak Tree,702-555-0143
    """
    if subject.sample is None or subject.sample.error:
        return
    there = set(subject.sample.headers) | set(subject.reading.let)
    for entry in subject.entries:
        names = entry.source.names if isinstance(entry.source, Header) else ()
        if entry.optional and names and not there.intersection(names):
            wanted = listed(map(repr, names))
            message = f"{subject.sample.file} has no header {wanted}: this field is blank in every lead"
            yield Remark(subject.place(entry.path, "from"), message)
