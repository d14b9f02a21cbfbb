"""The rule LI111."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry
from leadingest.operations.base import RecognizingOperation
from leadingest.operations.default import Default
from leadingest.operations.sources.base import Choice
from leadingest.operations.sources.const import Const


@rule("LI111", "warning")
def hidden_invalid(subject: Subject) -> Iterator[Remark]:
    """A default also replaces unrecognized values, so that they go unnoticed.

    `default` is for blanks. After `otherwise: blank`, or as a constant at the end of a `first_of`,
    it also replaces values that the mapping does not know, which then look like known ones.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {Shut: closed}, otherwise: blank, default: active}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Shut: closed}, otherwise: invalid, default: active}
    """
    for entry in subject.entries:
        yield from _defaults(subject, entry)
        yield from _constants(subject, entry)


def _defaults(subject: Subject, entry: Entry) -> Iterator[Remark]:
    hiding = ""
    for path, operation in subject.operations(entry):
        if isinstance(operation, RecognizingOperation) and operation.otherwise == "blank":
            hiding = operation.word()
        if isinstance(operation, Default) and hiding:
            message = f"{operation.default!r} also replaces values that {hiding} does not recognize: otherwise: blank hides them"
            yield Remark(subject.place(path), message)


def _constants(subject: Subject, entry: Entry) -> Iterator[Remark]:
    if not isinstance(entry.source, Choice):
        return
    hiding = ""
    for part in entry.parts:
        if isinstance(part.source, Const) and part.when is None and hiding:
            message = f"{part.source.const!r} also replaces values that {hiding} does not recognize in the preceding part"
            yield Remark(subject.value_place(part.path, "const"), message)
        giving_way = (
            operation
            for operation in part.operations
            if isinstance(operation, RecognizingOperation) and not operation.is_final
        )
        hiding = next((operation.word() for operation in giving_way), hiding)
