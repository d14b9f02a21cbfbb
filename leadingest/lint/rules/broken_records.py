"""The rule LI508."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI508", "warning")
def broken_records(subject: Subject) -> Iterator[Remark]:
    """Some records of the sample are malformed: too few or too many cells, or unclosed quotes.

    A run keeps each of them in full as a reject. If many or all are malformed, `delivery` does
    not match the file: check delimiter, quotes and footer.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
        # sample.csv
        Name,Phone
        Oak Tree,702-555-0143
        Total

    Good:
        # mappings/acme.yaml
        delivery: {match: "acme*.csv", footer: 1}
        fields:
          company: Name
          phone: Phone
        # sample.csv
        Name,Phone
        Oak Tree,702-555-0143
        Total
    """
    sample = subject.sample
    if sample and sample.broken:
        counts = ", ".join(f"{number:,} {rule}" for rule, number in sorted(sample.broken.items()))
        message = f"{sum(sample.broken.values()):,} of {sample.records:,} records of {sample.file} are broken: {counts}"
        yield Remark(subject.place(("delivery",)), message)
