"""The rule LI105."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadingest.documents.yaml_document import Step
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.sources.sql import Sql

#: Of 1: how alike two names are when one is a misspelling of the other and not a name of its own.
_LIKE = 0.8


@rule("LI105", "warning")
def unknown_name(subject: Subject) -> Iterator[Remark]:
    """An `sql`, `when` or `where` uses a name that is not defined elsewhere in the mapping but is similar to one that is.

    Names are headers of the file and values under `let`, in their exact spelling; put a name with a blank or special
    character in double quotes. If `delivery: {names: ...}` lists the headers, any other name is unknown. To be
    certain, check with a delivery: `leadingest lint --sample FILE`.

    Bad:
        fields:
          company: Name
          city: City
          state: {const: NV, when: "city = 'Reno'"}

    Good:
        fields:
          company: Name
          city: City
          state: {const: NV, when: "City = 'Reno'"}
    """
    delivery = subject.reading.delivery
    listed = {" ".join(name.split()) for name in delivery.names or ()} if delivery else set()
    names = listed | set(_names_elsewhere(subject))
    for path, name in _expressed(subject):
        if name in names:
            continue
        likely = next((each for each in sorted(names) if _alike(name, each)), None)
        guess = f"; did you mean {likely!r}?" if likely else ""
        if listed or likely:
            what = (
                "is neither a header of the file nor a let value"
                if listed
                else "is not defined anywhere else"
            )
            yield Remark(subject.place(path), f"{name!r} {what}{guess}")


def _names_elsewhere(subject: Subject) -> Iterator[str]:
    """Names that stand somewhere as names, not inside an expression."""
    yield from subject.reading.let
    yield from subject.reading.aliases
    yield from (column.name for column in subject.repeat)
    yield from (pattern for pattern in subject.reading.ignore if "*" not in pattern)
    for entry in subject.entries:
        yield from entry.source.alternatives()
    for test in subject.reading.tests:
        yield from test.record


def _expressed(subject: Subject) -> Iterator[tuple[tuple[Step, ...], str]]:
    for entry in subject.entries:
        if isinstance(entry.source, Sql):
            yield from (((*entry.path, "sql"), name) for name in entry.source.reads())
        if entry.when:
            yield from (((*entry.path, "when"), name) for name in entry.when.names)
    if subject.reading.where:
        yield from ((("where",), name) for name in subject.reading.where.names)


def _alike(name: str, familiar: str) -> bool:
    """Whether one is the other misspelt: not where they only differ in a number, as `AA2` and `AA3` do."""
    one, other = (re.sub(r"[\W_]+", "", each).casefold() for each in (name, familiar))
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(one, other) >= _LIKE
