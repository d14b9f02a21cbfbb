"""The rule LI120."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.tables.types.text import Text


@rule("LI120", "warning")
def latest_of_texts(subject: Subject) -> Iterator[Remark]:
    """`keep: {latest: ...}` compares texts: `9` is greater than `10`, and `12/31/2024` is greater than `01/01/2026`.

    Give the `let` value a type, or use a field that is a date or a number.

    Bad:
        let: {expires: Expires}
        keep: {latest: expires, per: license_number}
        fields:
          company: Name
          license_number: License

    Good:
        let: {expires: {from: Expires, type: date, formats: ["%m/%d/%Y"]}}
        keep: {latest: expires, per: license_number}
        fields:
          company: Name
          license_number: License
    """
    keep, reading = subject.reading.keep, subject.reading
    for name in keep.latest if keep else ():
        entry = reading.fields.get(name) or reading.let.get(name)
        if entry and isinstance(entry.type or Text(), Text):
            message = f"{name!r} is a text: values are compared letter by letter"
            yield Remark(subject.place(("keep", "latest")), message)
