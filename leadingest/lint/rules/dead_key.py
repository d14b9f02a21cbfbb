"""The rule LI110."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry
from leadingest.operations.base import Word
from leadingest.operations.case import Case
from leadingest.operations.nulls import Nulls
from leadingest.operations.sources.header import Header
from leadingest.operations.values import Values


@rule("LI110", "warning")
def dead_key(subject: Subject) -> Iterator[Remark]:
    """A key of a value map that no cell can ever match.

    Cells lose the white space at their ends, and one with nothing left, or one that `nulls` names, has no value:
    none of them comes to the map. After `case: lower` a key with a capital matches nothing.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {"Open ": active, Shut: closed}, otherwise: invalid}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
    """
    for entry in subject.entries:
        before: list[Word] = []
        for path, word in subject.words(entry):
            if isinstance(word, Values) and isinstance(entry.source, Header):
                for key in word.values:
                    if reason := _why_dead(subject, entry, before, key):
                        yield Remark(subject.place(path, key), f"no cell is ever {key!r} here: {reason}")
            before.append(word)


def _why_dead(subject: Subject, entry: Entry, before: Sequence[Word], key: str) -> str:
    if key != key.strip():
        return "cells have lost the white space at their ends"
    if not key:
        return "a blank has no value; `default` gives it one"
    delivery = subject.reading.delivery
    nulls = [null for word in before if isinstance(word, Nulls) for null in word.nulls]
    if not any(name in subject.reading.let for name in entry.names()) and delivery:
        nulls += delivery.nulls
    if key in (null.strip() for null in nulls) and all(isinstance(word, Nulls) for word in before):
        return "`nulls` has made a blank of it"
    cases = [word.case for word in before if isinstance(word, Case)]
    changed = {"upper": key.upper(), "lower": key.lower()}.get(cases[-1], key) if cases else key
    return f"`case: {cases[-1]}` has made it {changed!r}" if changed != key else ""
