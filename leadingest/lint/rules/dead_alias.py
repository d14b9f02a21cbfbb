"""The rule LI505."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.sources.header import Header


@rule("LI505", "warning")
def dead_alias(subject: Subject) -> Iterator[Remark]:
    """The sample does not have one of the headers that an entry names, and has another one of them.

    An older delivery may have had it: then it stays, for the sake of those. One that no delivery has had is
    misspelt, or can go.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: [Phone, Telephone]
        # sample.csv
        Name,Phone
        Oak Tree,702-555-0143

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
        # sample.csv
        Name,Phone
        Oak Tree,702-555-0143
    """
    if subject.sample is None or subject.sample.error:
        return
    there = set(subject.sample.headers) | set(subject.reading.let)
    for entry in subject.entries:
        names = entry.source.names if isinstance(entry.source, Header) else ()
        if any(name in there for name in names):
            for number, name in enumerate(names):
                if name not in there:
                    at = subject.place(entry.path, "from", number)
                    yield Remark(at, f"{subject.sample.file} has no header {name!r}")
