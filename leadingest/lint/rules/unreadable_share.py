"""The rule LI504."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.values import Values
from leadingest.wording import percent


@rule("LI504", "warning")
def unreadable_share(subject: Subject) -> Iterator[Remark]:
    """Cells of the sample cannot be read as the type of their field; reports how many, and their shapes.

    Only the shape of a cell is shown, such as `99/99/9999` for a date: findings contain no lead data. If all cells
    are the same placeholder, such as `Unknown` or `000-000-0000`, it is shown.

    Another format or word may read them. List a cell that means no value, such as a phone number of zeros, under
    `nulls`. Cells that are simply wrong can stay: they become invalid values, which are kept, and the field of the
    lead is blank.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_issued: {from: Issued, formats: ["%Y-%m-%d"]}
        # sample.csv
        Name,Phone,Issued
        Oak Tree,702-555-0143,04/30/2026

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          phone: Phone
          license_issued: {from: Issued, formats: ["%m/%d/%Y"]}
        # sample.csv
        Name,Phone,Issued
        Oak Tree,702-555-0143,04/30/2026
    """
    for each in subject.sample.unreadable if subject.sample else ():
        if each.rule == Values.word():
            continue  # each such value is told by name, with its count
        path = ("where",) if each.field == "where" else ("fields", each.field)
        written = f", with the shape {listed(map(repr, each.shapes))}" if each.shapes else ""
        if each.token:
            written = f", all of them {each.token!r}: if that means no value, add it to `nulls`"
        message = f"{each.rule} rejects {each.count:,} of {each.filled:,} cells ({percent(each.count / each.filled)}){written}"
        yield Remark(subject.place(path), message)
