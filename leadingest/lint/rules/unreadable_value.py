"""The rule LI213."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.fixed_values import fixed_values, stored_form
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI213", "error")
def unreadable_value(subject: Subject) -> Iterator[Remark]:
    """The mapping puts a value into a field that cannot be read as its type.

    Every record with this value would have an invalid value.

    Bad:
        fields:
          company: Name
          accepts_financial_aid: {from: Aid, values: {Accepts: sure}, otherwise: invalid}

    Good:
        fields:
          company: Name
          accepts_financial_aid: {from: Aid, values: {Accepts: "yes"}, otherwise: invalid}
    """
    for column, entry in subject.fields():
        if entry.type is None or entry.type.any_text:
            continue
        for each in fixed_values(subject, entry):
            if stored_form(entry.type, each.value) is None:
                yield Remark(each.at, f"{each.value!r} is {entry.type.problem}, which {column.name} must be")
