"""The rule LI109."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI109", "warning")
def keys_alike(subject: Subject) -> Iterator[Remark]:
    """Two values of a source that differ only in capitals or white space mean different things in a value map.

    One of the two results is probably wrong, and a third spelling is not recognized. If both are meant, say
    `exact: true`.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active, OPEN: closed}, otherwise: invalid}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active, OPEN: active}, otherwise: invalid}
    """
    for entry in subject.entries:
        for path, operation in subject.value_maps(entry):
            if operation.exact:
                continue
            first: dict[str, str] = {}
            for key, value in operation.values.items():
                other = first.setdefault(" ".join(key.split()).casefold(), key)
                if operation.values[other] != value:
                    message = f"{key!r} and {other!r} look alike, but one means {value!r}, the other {operation.values[other]!r}"
                    related = Related(subject.place(path, other), f"note: {other!r} is defined here")
                    yield Remark(subject.place(path, key), message, (related,))
