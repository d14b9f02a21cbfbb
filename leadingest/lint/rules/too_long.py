"""The rule LI209."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.fixed_values import fixed_values
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.pad import Pad
from leadingest.tables.types.text import Text


@rule("LI209", "error")
def too_long(subject: Subject) -> Iterator[Remark]:
    """A value produced by the mapping is longer than its field.

    Values are never truncated: a value that is too long is an invalid value, and the field is blank.

    Bad:
        fields:
          company: Name
          license_number: {from: License, pad: 100}

    Good:
        fields:
          company: Name
          license_number: {from: License, pad: 10}
    """
    for column, entry in subject.fields():
        if not isinstance(entry.type, Text):
            continue
        length = entry.type.length
        for each in fixed_values(subject, entry):
            if len(each.value) > length:
                message = f"this has {len(each.value)} characters; {column.name} allows {length}"
                yield Remark(each.at, message)
        for path, operation in subject.operations(entry):
            if isinstance(operation, Pad) and operation.pad.to > length:
                yield Remark(
                    subject.place(path),
                    f"pad produces {operation.pad.to} characters; {column.name} allows {length}",
                )
