"""The rule LI118."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI118", "warning", whole=True)
def unused_alias(subject: Subject) -> Iterator[Remark]:
    """Aliases of a header that nothing reads.

    The key under `aliases` is the header that the mapping names, behind it are the others that the column has had. Aliases
    in a file that several mappings extend are not reported.

    Bad:
        aliases: {License Status: Status}
        fields:
          company: Name
          license_status: {const: active, when: "Licensed = 'Y'"}

    Good:
        aliases: {Licensed: Has License}
        fields:
          company: Name
          license_status: {const: active, when: "Licensed = 'Y'"}
    """
    for header in subject.reading.aliases:
        place = subject.place(("aliases", header))
        if header not in subject.headers_read and place.file == subject.reading.name:
            yield Remark(place, f"nothing reads {header!r}, so its aliases are never looked for")
