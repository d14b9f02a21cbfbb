"""The rule LI504."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Position
from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject, Unreadable
from leadingest.operations.values import Values
from leadingest.wording import percent


@rule("LI504", "warning")
def unreadable_share(subject: Subject) -> Iterator[Remark]:
    """Cells of the sample cannot be read as the type of their field; reports how many, and their shapes.

    Fields that take from the same cells, such as the parts of an address, are one finding.

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
    of_cells: dict[object, list[Unreadable]] = {}
    for each in subject.sample.unreadable if subject.sample else ():
        if each.rule != Values.word():  # each such value is told by name, with its count
            of_cells.setdefault(_cells(subject, each), []).append(each)
    for each, *others in of_cells.values():
        written = f", with the shape {listed(map(repr, each.shapes))}" if each.shapes else ""
        if each.token:
            written = f", all of them {each.token!r}: if that means no value, add it to `nulls`"
        message = f"{each.rule} cannot read {each.count:,} of {each.filled:,} cells ({percent(each.count / each.filled)}){written}"
        related = (Related(_place(subject, other), f"note: nor for {other.field}") for other in others)
        yield Remark(_place(subject, each), message, tuple(related))


def _cells(subject: Subject, each: Unreadable) -> object:
    """What is the same for fields that one word takes from the same cells: an address in one cell, a name."""
    entry = subject.reading.fields.get(each.field)
    headers = tuple(entry.source.alternatives()) if entry else ()
    return (headers or each.field, *astuple(each)[1:])


def _place(subject: Subject, each: Unreadable) -> Position:
    return subject.place(("where",) if each.field == "where" else ("fields", each.field))
