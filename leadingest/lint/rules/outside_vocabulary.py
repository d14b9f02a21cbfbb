"""The rule LI107."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean
from leadingest.lint.finding import Remark
from leadingest.lint.fixed_values import fixed_values, stored_form
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI107", "error")
def outside_vocabulary(subject: Subject) -> Iterator[Remark]:
    """The mapping puts a value into a field that the field does not allow.

    The load table lists the allowed values under `one_of`, with their meaning. The value would be an invalid value
    in every record that has it.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: actve}, otherwise: invalid}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active}, otherwise: invalid}
    """
    for column, entry in subject.fields():
        if not column.one_of:
            continue
        for each in fixed_values(subject, entry):
            stored = stored_form(column.type, each.value)
            if stored is not None and str(stored) not in column.one_of:
                guess = did_you_mean(each.value, column.one_of)
                advice = guess or f"; it may be {', '.join(column.one_of)}"
                article = "an" if column.name[0] in "aeiou" else "a"
                yield Remark(each.at, f"{each.value!r} is not {article} {column.name}{advice}")
