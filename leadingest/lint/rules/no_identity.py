"""The rule LI301."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Table
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI301", "warning", whole=True)
def no_identity(subject: Subject) -> Iterator[Remark]:
    """No rule of the load table's `identity` has all its fields mapped: two records of the same lead remain two leads.

    The `identity` in `ddl/<table>.yaml` defines which fields identify a lead: phone and address,
    phone only, company and address, and so on. A lead without any of them has no key.

    Bad:
        fields:
          company: Name
          email: Email

    Good:
        fields:
          company: Name
          email: Email
          phone: Phone
    """
    table, node = subject.reading.table, subject.node(("fields",))
    if table is None or not table.identity.rules or not isinstance(node, Table):
        return
    needed = [[part.columns[0].name for part in rule.parts] for rule in table.identity.rules]
    if not any(set(names) <= set(node.entries) for names in needed):
        choices = listed(dict.fromkeys(" with ".join(names) for names in needed))
        message = f"no lead has a key, so duplicates cannot be recognized: map {choices}"
        yield Remark(subject.place(("fields",)), message)
