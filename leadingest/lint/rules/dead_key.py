"""The rule LI110."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import filterfalse

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry
from leadingest.operations.base import Operation, Otherwise, RecognizingOperation, without_blanks
from leadingest.operations.sources.header import Header
from leadingest.operations.values import Values, pattern_in


@rule("LI110", "warning")
def dead_key(subject: Subject) -> Iterator[Remark]:
    """A key of a value map that no value can ever match.

    Leading and trailing blanks are removed from values, and an empty cell or one that `nulls` lists has no value, so
    it never reaches the map. Words apply in the order in which they are written: a key that `strip`, `pad` or `digits`
    would have changed never matches, nor, with `exact: true`, one with a capital letter after `case: lower`.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {"": active, Shut: closed}, otherwise: invalid}
          facility_type: {from: Kind, case: upper, values: {home: family_home}, exact: true, otherwise: invalid}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
          facility_type: {from: Kind, case: upper, values: {home: family_home}, otherwise: invalid}
    """
    for entry in subject.entries:
        before: list[Operation] = []
        for path, operation in subject.operations(entry):
            if isinstance(operation, Values):
                for key in filterfalse(pattern_in, operation.values):
                    reasons = [_why_dead(subject, entry, before, each) for each in _spellings(operation, key)]
                    if all(reasons):
                        reason = reasons[0]
                        yield Remark(subject.place(path, key), f"no value is ever {key!r} here: {reason}")
            before.append(operation)


def _spellings(operation: Values, key: str) -> list[str]:
    """The key, and other texts that it stands for: a value that is one of them is enough."""
    plain = " ".join(key.split())
    return [key] if operation.exact else [key, plain, plain.lower(), plain.upper(), plain.title()]


def _why_dead(subject: Subject, entry: Entry, before: Sequence[Operation], key: str) -> str:
    if key != without_blanks(key):
        return "leading and trailing blanks are removed from values"
    if not key:
        return "a blank is no value; use `default` to replace it"
    for operation in reversed(before):
        if operation.effect == "changes" or _stands_aside(operation, key):
            return ""
        if reason := _changed(operation, key):
            return reason
        if operation.effect == "settles":  # what it was before, this word has made the key of it
            return ""
    return "`nulls` has turned it into a blank" if key in _nulls_of_delivery(subject, entry) else ""


def _stands_aside(operation: Operation, key: str) -> bool:
    """Whether the word gives the key where it does not recognize a value."""
    if not isinstance(operation, RecognizingOperation):
        return False
    if operation.otherwise == "keep":
        return operation.made_of([key]) == [None]
    return operation.otherwise == Otherwise(const=key)


def _changed(operation: Operation, key: str) -> str:
    """What the word, applied to a key that has been through it already, makes of it: then it never was the key."""
    (made,) = operation.made_of([key])
    if made == key:
        return ""
    return f"`{operation.word()}` has turned it into {repr(made) if made else 'a blank'}"


def _nulls_of_delivery(subject: Subject, entry: Entry) -> list[str]:
    delivery = subject.reading.delivery
    if (
        not delivery
        or not isinstance(entry.source, Header)
        or not set(entry.names()).isdisjoint(subject.reading.let)
    ):
        return []
    return [without_blanks(null) for null in delivery.nulls]
