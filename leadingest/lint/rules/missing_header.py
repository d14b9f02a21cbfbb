"""The rule LI501."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed, nearest_of_each
from leadingest.documents.yaml_document import Step
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry


@rule("LI501", "error")
def missing_header(subject: Subject) -> Iterator[Remark]:
    """The sample has none of the headers that an entry reads: a run would fail.

    Add a renamed header as an alias, `from: [Phone, Phone No]`. If only some deliveries
    have the column, set `optional: true`.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
        # sample.csv
        Name,Phone No
        Oak Tree,702-555-0143

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone No
        # sample.csv
        Name,Phone No
        Oak Tree,702-555-0143
    """
    if subject.sample is None or subject.sample.error:
        return
    there = set(subject.sample.headers) | set(subject.reading.let)
    may_name = subject.shown_headers.may_name
    free = [
        header
        for header in subject.sample.headers
        if header and header not in subject.names_read and may_name(header)
    ]
    missing: dict[tuple[str, ...], tuple[Step, ...]] = {}
    for path, names in _needed(subject):
        if not any(name in there for name in names):
            missing.setdefault(names, path)
    likely = nearest_of_each((names[0] for names in missing), free)
    for names, path in missing.items():
        guess = f"; was it renamed to {likely[names[0]]!r}?" if names[0] in likely else ""
        wanted = listed(repr(name) for name in names)
        yield Remark(subject.place(path), f"{subject.sample.file} has no header {wanted}{guess}")


def _needed(subject: Subject) -> Iterator[tuple[tuple[Step, ...], tuple[str, ...]]]:
    """Groups of names of which one must be there, with the place that asks for them."""
    for entry in (*subject.reading.let.values(), *subject.reading.fields.values()):
        yield from _of_entry(entry)
    for name in subject.reading.where.names if subject.reading.where else ():
        yield ("where",), (name,)


def _of_entry(entry: Entry) -> Iterator[tuple[tuple[Step, ...], tuple[str, ...]]]:
    if entry.optional:
        return
    if alternatives := entry.source.alternatives():
        yield (*entry.path, "from"), alternatives
    for name in entry.source.reads():
        yield (*entry.path, entry.source.word()), (name,)
    for name in entry.when.names if entry.when else ():
        yield (*entry.path, "when"), (name,)
    for part in entry.parts:
        yield from _of_entry(part)
