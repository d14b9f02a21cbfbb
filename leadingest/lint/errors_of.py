"""What of a mapping a run refuses beside what cannot be read: every error that lint finds in the mapping alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.errors import Problem
from leadingest.lint.lint_mapping import lint_mapping
from leadingest.lint.rules import RULES
from leadingest.lint.subject import Subject
from leadingest.mapping.reading import Reading

#: What is read anyway is told by the reading itself; the inbox and the deliveries are looked at later.
_ERRORS: Final = tuple(rule for rule in RULES if rule.severity == "error" and not rule.refused)


def errors_of(reading: Reading) -> Iterator[Problem]:
    """The errors in a mapping that could be read whole, but for those that a comment has ignored for a reason."""
    for each in lint_mapping(Subject(reading), _ERRORS):
        if each.severity == "error":  # an ignored one that is not there is a warning, whatever rules run
            yield Problem(each.at.file, each.at.line, each.at.column, each.message)
