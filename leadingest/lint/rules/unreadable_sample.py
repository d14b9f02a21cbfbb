"""The rule LI507."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI507", "error")
def unreadable_sample(subject: Subject) -> Iterator[Remark]:
    """The sample cannot be read with the settings under `delivery`.

    The delimiter, the encoding, where the header is, or the file itself is not as expected.

    Bad:
        # mappings/acme.yaml
        delivery: {match: "acme*.csv", header: {match: [Name, Telephone]}}
        fields:
          company: Name
          phone: Phone
        # sample.csv
        The list of Acme,
        Name,Phone
        Oak Tree,702-555-0143

    Good:
        # mappings/acme.yaml
        delivery: {match: "acme*.csv", header: {match: [Name, Phone]}}
        fields:
          company: Name
          phone: Phone
        # sample.csv
        The list of Acme,
        Name,Phone
        Oak Tree,702-555-0143
    """
    if subject.sample and subject.sample.error:
        yield Remark(subject.place(("delivery",)), subject.sample.error)
