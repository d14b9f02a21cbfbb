"""The rule LI506."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import filterfalse

from leadingest.documents.nearest import nearest_word
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.values import pattern_in


@rule("LI506", "warning")
def unused_key(subject: Subject) -> Iterator[Remark]:
    """A key of a value map that does not occur in the sample, while a similar value that is not a key does.

    A key that does not occur may be rare, or one of the agency's codes; a misspelled key never occurs.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_status: {from: Status, values: {Open: active, Closd: closed}, otherwise: blank}
        # sample.csv
        Name,Phone,Status
        Oak Tree,702-555-0143,Closed

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_status: {from: Status, values: {Open: active, Closed: closed}, otherwise: blank}
        # sample.csv
        Name,Phone,Status
        Oak Tree,702-555-0143,Closed
    """
    if subject.sample is None:
        return
    for entry in subject.entries:
        for path, operation in subject.value_maps(entry):
            counts = subject.sample.values.get(path)
            if counts is None:
                continue
            unknown, used = operation.unlisted(counts), set(operation.keys_of(counts))
            for key in filterfalse(pattern_in, operation.values):
                if key not in used and (meant := _nearest(key, unknown)):
                    message = f"no record of {subject.sample.file} has {key!r} here; is {meant!r} meant?"
                    yield Remark(subject.place(path, key), message)


def _nearest(key: str, values: list[str]) -> str | None:
    """The value that the key is a misspelling of."""
    found = nearest_word(key, {value.lower(): value for value in values})
    return next((value for value in values if value.lower() == found), None)
