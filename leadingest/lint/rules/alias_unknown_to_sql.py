"""The rule LI119."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI119", "warning", whole=True)
def alias_unknown_to_sql(subject: Subject) -> Iterator[Remark]:
    """An expression names a header for which an entry lists others: without that header a run fails.

    A list under `from` is for its entry alone. Under `aliases` the other headers stand for the column wherever
    the mapping names it.

    Bad:
        fields:
          company: Name
          license_status: [Status, License Status]
          title: {const: Owner, when: "Status = 'Open'"}

    Good:
        aliases: {Status: License Status}
        fields:
          company: Name
          license_status: Status
          title: {const: Owner, when: "Status = 'Open'"}
    """
    where = subject.reading.where
    expressed = {name for entry in subject.entries for name in entry.expressed()} | set(
        where.names if where else ()
    )
    for entry in subject.entries:
        names = entry.source.alternatives()
        for name in names if len(names) > 1 else ():
            if name in expressed and name not in subject.reading.let:
                others = [other for other in names if other != name]
                message = (
                    f"an expression reads {name!r} and does not know {listed(map(repr, others), last='and')}: "
                    f"put {'them' if len(others) > 1 else 'it'} under `aliases`"
                )
                yield Remark(subject.place(entry.path), message)
