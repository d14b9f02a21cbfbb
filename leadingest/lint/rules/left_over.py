"""The rule LI510."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI510", "warning")
def left_over(subject: Subject) -> Iterator[Remark]:
    """Several fields `extract` parts of one column, but cells contain letters or digits that none of them uses.

    The rest may belong to one of the parts: `12 Elm St` of `12 Elm St Rear`. Only the shape of the cells
    is shown. If the rest is not needed, ignore the finding.

    Bad:
        # mappings/acme.yaml
        fields:
          company: {from: Provider, extract: "^([A-Za-z ]+) [(]"}
          license_number: {from: Provider, extract: "[(](K[0-9]+)[)]"}
        # sample.csv
        Provider
        Oak Tree (K17)
        Elm Street (K18) closed

    Good:
        # mappings/acme.yaml
        fields:
          company: {from: Provider, extract: "^([A-Za-z ]+) [(]"}
          license_number: {from: Provider, extract: "[(](K[0-9]+)[)]"}
        # sample.csv
        Provider
        Oak Tree (K17)
        Elm Street (K18)
    """
    for each in subject.sample.left_over if subject.sample else ():
        cells = "1 cell has" if each.count == 1 else f"{each.count:,} of {each.filled:,} cells have"
        message = f"{cells} letters or digits that no field uses, such as one with the shape {each.shape!r}"
        yield Remark(subject.place(("fields", each.fields[0], "extract")), message)
