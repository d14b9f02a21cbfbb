"""The rule LI401."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.comments import position_at
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.secrets import secrets_in
from leadingest.lint.subject import Subject


@rule("LI401", "error")
def secret(subject: Subject) -> Iterator[Remark]:
    """The mapping contains what looks like a password or a key.

    Mappings are committed, reviewed and printed; keep secrets in `.env` or in the environment. A committed
    secret is compromised and must be changed. Findings show asterisks instead.

    Bad:
        # the list is at https://leads:Tr0ub4dor@files.example.org/acme.csv
        fields:
          company: Name

    Good:
        # the list is at https://files.example.org/acme.csv
        fields:
          company: Name
    """
    for document in subject.documents:
        for each in secrets_in(document.text):
            at = position_at(document, each.start)
            yield Remark(at, f"this looks like {each.kind}: remove it from the mapping, and change it")
