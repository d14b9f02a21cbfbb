"""The rule LI211."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean
from leadingest.lint.finding import Remark
from leadingest.lint.fixed_values import stored_form
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.checks.base import bound_for
from leadingest.operations.checks.max import Max
from leadingest.operations.checks.min import Min
from leadingest.operations.checks.one_of import OneOf


@rule("LI211", "error")
def impossible_check(subject: Subject) -> Iterator[Remark]:
    """A check that no value can pass: the minimum is greater than the maximum, or a listed value is not allowed in the field.

    Bad:
        fields:
          company: Name
          capacity: {from: Places, min: 500, max: 1}

    Good:
        fields:
          company: Name
          capacity: {from: Places, min: 1, max: 500}
    """
    for column, entry in subject.fields():
        kind = column.type
        least = next((check for check in entry.checks if isinstance(check, Min)), None)
        most = next((check for check in entry.checks if isinstance(check, Max)), None)
        if least and most and bound_for(least.min, kind.dtype) > bound_for(most.max, kind.dtype):  # type: ignore[operator]  # both of the column's type
            message = f"min {least.min} is greater than max {most.max}: no value can pass"
            yield Remark(subject.value_place(entry.path, "min"), message)
        for check in entry.checks:
            for number, value in enumerate(check.one_of if isinstance(check, OneOf) else ()):
                stored = stored_form(kind, value)
                if stored is None or (column.one_of and value not in column.one_of):
                    guess = did_you_mean(value, column.one_of) if column.one_of else ""
                    at = subject.place(entry.path, "one_of", number)
                    yield Remark(at, f"{column.name} can never be {value!r}{guess}")
