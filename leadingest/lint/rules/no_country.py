"""The rule LI214."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.tables.types.regional import NO_REGION, Regional


@rule("LI214", "warning", whole=True)
def no_country(subject: Subject) -> Iterator[Remark]:
    """A field is read by the rules of a country, and nothing says which: most values will be invalid.

    Map the field that the load table names as the `region`, from a column or as a constant. Or give the entry a `region`
    of its own: `region: FR`, or `region: {from: Country}`.

    Bad:
        into: leads_international
        fields:
          company: Name
          phone: Phone
          postal_code: Postcode

    Good:
        into: leads_international
        fields:
          company: Name
          country: {const: FR}
          phone: Phone
          postal_code: Postcode
    """
    filled = subject.reading.fields
    for column, entry in subject.fields():
        kind = entry.type
        if not isinstance(kind, Regional):
            continue
        where = kind.region_of
        needed = where.column if where else ""
        if kind.region == NO_REGION or (needed and needed not in filled):
            advice = f"map {needed}, or say it with `region`" if needed else "say it with `region`"
            yield Remark(
                subject.place(entry.path), f"{column.name} is read by the rules of a country: {advice}"
            )
