"""The rule LI509."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI509", "warning")
def key_counts_records(subject: Subject) -> Iterator[Remark]:
    """The `key` of the mapping is just the record number in the sample: 1 to the last, in file order.

    The first lead of the next list will have the same key as the first lead of this one, whoever it is.

    Bad:
        # mappings/acme.yaml
        key: provider_id
        fields:
          company: Name
          provider_id: "No"
        # sample.csv
        No,Name
        1,Oak Tree
        2,Pine Care
        3,Elm Street

    Good:
        # mappings/acme.yaml
        key: provider_id
        fields:
          company: Name
          provider_id: "No"
        # sample.csv
        No,Name
        117,Oak Tree
        121,Pine Care
        98,Elm Street
    """
    if subject.sample and subject.sample.key_counts_records:
        key = listed(subject.reading.key, last="and")
        yield Remark(subject.place(("key",)), f"{key} is just the record number in {subject.sample.file}")
