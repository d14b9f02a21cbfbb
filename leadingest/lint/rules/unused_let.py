"""The rule LI114."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI114", "warning", whole=True)
def unused_let(subject: Subject) -> Iterator[Remark]:
    """A value under `let` that nothing uses.

    Bad:
        let:
          ages: {join: [Ages 1, Ages 2], separator: ", "}
        fields:
          company: Name
          ages_served: Ages 1

    Good:
        let:
          ages: {join: [Ages 1, Ages 2], separator: ", "}
        fields:
          company: Name
          ages_served: ages
    """
    for name in subject.reading.let:
        if name not in subject.names_read:
            yield Remark(subject.place(("let", name)), f"nothing uses the let value {name!r}")
