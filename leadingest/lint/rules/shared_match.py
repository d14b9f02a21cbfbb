"""The rule LI302."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Related, Remark
from leadingest.lint.globs import example_of_both
from leadingest.lint.rule import rule
from leadingest.lint.sibling import Sibling
from leadingest.lint.subject import Subject


@rule("LI302", "error")
def shared_match(subject: Subject) -> Iterator[Remark]:
    """Two mappings of one folder can take the same file: it would be loaded as a delivery of both sources.

    `source1*.csv` also takes `source10.csv`. A sign after the name (`source1_*.csv`), or a folder for each source
    (`acme/*.csv`), keeps them apart.

    Bad:
        # mappings/acme.yaml
        source: acme
        delivery: {match: "acme*.csv"}
        fields: {company: Name, phone: Phone}
        # mappings/acme_west.yaml
        source: acme_west
        delivery: {match: "acme_west*.csv"}
        fields: {company: Name, phone: Phone}

    Good:
        # mappings/acme.yaml
        source: acme
        delivery: {match: "acme-*.csv"}
        fields: {company: Name, phone: Phone}
        # mappings/acme_west.yaml
        source: acme_west
        delivery: {match: "acme_west-*.csv"}
        fields: {company: Name, phone: Phone}
    """
    for other in subject.others:
        if subject.mine:
            yield from _shared(subject.mine, other)


def _shared(mine: Sibling, other: Sibling) -> Iterator[Remark]:
    name = other.source[0] if other.source else other.path.name
    for pattern, at in mine.match:
        for theirs, there in other.match:
            if (file := example_of_both(pattern, theirs)) is not None:
                said = f"a file {file!r} would be a delivery of {name} too, which takes {theirs!r}"
                yield Remark(at, said, (Related(there, f"{name} takes its files here"),))
                return
