"""The rule LI503."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.expressions import shown_value
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject

#: Values that are named; of more, only the number is said.
_MOST_NAMED = 8


@rule("LI503", "warning")
def unmapped_value(subject: Subject) -> Iterator[Remark]:
    """The sample has values that are missing from a value map and that `otherwise` does not keep.

    Each is reported with its number of occurrences; blanks do not count.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_status: {from: Status, values: {Open: active}, otherwise: invalid}
        # sample.csv
        Name,Phone,Status
        Oak Tree,702-555-0143,Open
        Pine Care,702-555-0144,Asleep

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_status: {from: Status, values: {Open: active, Asleep: inactive}, otherwise: invalid}
        # sample.csv
        Name,Phone,Status
        Oak Tree,702-555-0143,Open
        Pine Care,702-555-0144,Asleep
    """
    if subject.sample is None:
        return
    for entry in subject.entries:
        for path, operation in subject.value_maps(entry):
            if operation.refuses:
                counts = subject.sample.values.get(path, {})
                if unknown := {value: counts[value] for value in operation.unlisted(counts)}:
                    yield Remark(
                        subject.place(path),
                        f"{subject.sample.file} has {_counted(unknown)}, not in this value map",
                    )


def _counted(counts: dict[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    named = [
        f"{shown_value(value, times=number)} ({number:,} times)"
        if number > 1
        else f"{shown_value(value, times=1)} (once)"
        for value, number in ranked[:_MOST_NAMED]
    ]
    rest = ranked[_MOST_NAMED:]
    more = [f"{len(rest):,} more values ({sum(number for _, number in rest):,} times)"] if rest else []
    return listed([*named, *more], last="and")
