"""The rule LI502."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject

#: New headers that are named; of more, only the number is said.
_MOST_NAMED = 10


@rule("LI502", "warning")
def new_header(subject: Subject) -> Iterator[Remark]:
    """The sample has headers that the mapping neither reads nor ignores.

    Map them to fields or list them under `ignore`, so that the next new header is noticed.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
        # sample.csv
        Name,Phone,Fax
        Oak Tree,702-555-0143,

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
        ignore: [Fax]
        # sample.csv
        Name,Phone,Fax
        Oak Tree,702-555-0143,
    """
    if subject.sample is None or subject.sample.error:
        return
    headers = subject.sample.headers
    new = {
        header: shown
        for header, shown in zip(headers, subject.shown_headers.shown(headers), strict=True)
        if header and header not in subject.names_read and not subject.is_ignored(header)
    }
    if new:
        named = [repr(header) for header in list(new.values())[:_MOST_NAMED]]
        more = [f"{len(new) - len(named):,} more"] if len(new) > len(named) else []
        message = f"{subject.sample.file} has headers that are neither read nor ignored: {listed([*named, *more], last='and')}"
        yield Remark(subject.place(("ignore",) if subject.node(("ignore",)) else ("fields",)), message)
