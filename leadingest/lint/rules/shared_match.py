"""The rule LI302."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI302", "error", ignorable=False)
def shared_match(subject: Subject) -> Iterator[Remark]:
    """The file in the inbox that a run would load is one that another mapping of the folder takes, too.

    It would be loaded as a delivery of both sources, so a run loads it for neither. `source1*.csv` also takes
    `source10.csv`. A sign after the name (`source1_*.csv`), or a folder for each source (`acme/*.csv`), keeps them
    apart.

    Bad:
        # mappings/acme.yaml
        source: acme
        delivery: {match: "acme*.csv"}
        fields: {company: Name, phone: Phone}
        # mappings/acme_west.yaml
        source: acme_west
        delivery: {match: "acme_west*.csv"}
        fields: {company: Name, phone: Phone}
        # inbox/acme_west_2026.csv
        Name,Phone
        Oak Tree,702-555-0143

    Good:
        # mappings/acme.yaml
        source: acme
        delivery: {match: "acme_2*.csv"}
        fields: {company: Name, phone: Phone}
        # mappings/acme_west.yaml
        source: acme_west
        delivery: {match: "acme_west*.csv"}
        fields: {company: Name, phone: Phone}
        # inbox/acme_west_2026.csv
        Name,Phone
        Oak Tree,702-555-0143
    """
    if subject.own and subject.shared:
        _, at = subject.own.match[0]
        related = tuple(
            Related(there, f"{other.source[0] if other.source else other.path.name} takes its files here")
            for other in subject.shared.others
            for _, there in other.match[:1]
        )
        yield Remark(at, subject.shared.message, related)
