"""The rule LI506."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.values import Values


@rule("LI506", "warning")
def unused_key(subject: Subject) -> Iterator[Remark]:
    """Keys of a value map that no record of the sample has.

    A rare value may come again; a misspelt one never does.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_status: {from: Status, values: {Open: active, Shutt: closed}, otherwise: invalid}
        # sample.csv
        Name,Phone,Status
        Oak Tree,702-555-0143,Open

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_status: {from: Status, values: {Open: active}, otherwise: invalid}
        # sample.csv
        Name,Phone,Status
        Oak Tree,702-555-0143,Open
    """
    if subject.sample is None:
        return
    for entry in subject.entries:
        for path, word in subject.words(entry):
            counts = subject.sample.values.get(path)
            if not isinstance(word, Values) or counts is None:
                continue
            if unused := [repr(key) for key in word.values if key not in counts]:
                yield Remark(
                    subject.place(path), f"no record of {subject.sample.file} has {listed(unused)} here"
                )
