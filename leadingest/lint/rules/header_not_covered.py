"""The rule LI104."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import nearest_names
from leadingest.documents.yaml_document import Step
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI104", "warning", whole=True)
def header_not_covered(subject: Subject) -> Iterator[Remark]:
    """A header that the mapping names, in a test or under `names`, is neither read nor ignored.

    Map it to a field, correct its spelling, or list it under `ignore`.

    Bad:
        fields:
          company: Name
        tests:
          - record: {Name: Oak Tree, Phonne: 702-555-0143}
            lead: {company: Oak Tree}

    Good:
        fields:
          company: Name
          phone: Phone
        tests:
          - record: {Name: Oak Tree, Phone: 702-555-0143}
            lead: {company: Oak Tree}
    """
    reported = set()
    for path, header in _named(subject):
        if (
            header
            and header not in subject.names_read
            and header not in reported
            and not subject.is_ignored(header)
        ):
            reported.add(header)
            yield Remark(
                subject.place(path), f"{header!r} is neither read nor ignored{_guess(header, subject)}"
            )


def _named(subject: Subject) -> Iterator[tuple[tuple[Step, ...], str]]:
    delivery = subject.reading.delivery
    for i, name in enumerate(delivery.names or () if delivery else ()):
        if (header := " ".join(name.split())) not in subject.headers_read:
            yield ("delivery", "names", i), header
    for i, test in enumerate(subject.reading.tests):
        for header in test.record:
            yield ("tests", i, "record", header), header


def _guess(header: str, subject: Subject) -> str:
    likely = nearest_names(header, sorted(subject.names_read))
    return f"; did you mean {likely[0]!r}?" if likely else ""
