"""The rule LI303."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.sibling import both_map


@rule("LI303", "error", refused=True)
def source_twice(subject: Subject) -> Iterator[Remark]:
    """Two mappings in one folder have the same source: a run cannot tell which one to use.

    Bad:
        # mappings/acme.yaml
        source: acme
        delivery: {match: "acme*.csv"}
        fields: {company: Name}
        # mappings/bolt.yaml
        source: acme
        delivery: {match: "bolt*.csv"}
        fields: {company: Business}

    Good:
        # mappings/acme.yaml
        source: acme
        delivery: {match: "acme*.csv"}
        fields: {company: Name}
        # mappings/bolt.yaml
        source: bolt
        delivery: {match: "bolt*.csv"}
        fields: {company: Business}
    """
    if subject.own is None or subject.own.source is None:
        return
    name, at = subject.own.source
    for other in subject.others:
        if other.source and other.source[0] == name:
            message = both_map(at.file, other.source[1].file, name)
            yield Remark(at, message, (Related(other.source[1], "the other one"),))
