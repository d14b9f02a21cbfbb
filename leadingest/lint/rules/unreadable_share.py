"""The rule LI504."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject, Unreadable
from leadingest.operations.values import Values

_LEAST_PERCENT = 0.1


@rule("LI504", "warning")
def unreadable_share(subject: Subject) -> Iterator[Remark]:
    """Cells of the sample cannot be read as what their field must be; how many, and how they are written.

    Of each cell only the shape is shown, `99/99/9999` for a date: no lead stands in a finding. Where all of them are
    the same and say nothing, such as `Unknown` or `000-000-0000`, that is shown.

    A format or a word more may read them. A cell that stands for no value, such as a phone of zeros, belongs under
    `nulls`. What is simply wrong may stay: it becomes an invalid value, kept beside a lead whose field is blank.

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
        written = f", written like {listed(map(repr, each.shapes))}" if each.shapes else ""
        if each.token:
            written = f", each of them {each.token!r}: if that means no value, add it to `nulls`"
        message = f"{each.rule} refuses {each.count:,} of {each.filled:,} cells ({_share(each)}){written}"
        yield Remark(subject.place(path), message)


def _share(each: Unreadable) -> str:
    percent = 100 * each.count / max(each.filled, 1)
    return f"{percent:.1f} %" if percent >= _LEAST_PERCENT else f"less than {_LEAST_PERCENT} %"
