"""The rule LI302."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Related, Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI302", "error", ignorable=False)
def shared_match(subject: Subject) -> Iterator[Remark]:
    """The file in the inbox that a run would load is also matched by another mapping in the folder.

    It could belong to either source, so a run loads it for neither. `source1*.csv` also matches
    `source10.csv`. Use a separator after the name (`source1_*.csv`) or a folder for each source (`acme/*.csv`).

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
            Related(
                there, f"{other.source[0] if other.source else other.path.name} matches the same file here"
            )
            for other in subject.shared.others
            for _, there in other.match[:1]
        )
        yield Remark(at, subject.shared.message, related)
