"""The rule LI206."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.operations.regular_expression import groups
from leadingest.operations.replace import Replace, Replacement

#: A reference in the new text. Source: documentation of the Rust crate `regex`, "Replacement string syntax".
_REFERENCE = re.compile(r"\$(?:\$|\{(?P<braced>[^}]*)\}|(?P<bare>[0-9A-Za-z_]+))")
_NAME = re.compile(r"\(\?P?<([A-Za-z_][A-Za-z0-9_.\[\]]*)>")


@rule("LI206", "error")
def missing_group(subject: Subject) -> Iterator[Remark]:
    """The new text of a `replace` names a group that the pattern does not have: nothing is put there.

    A name is as long as it can be: `$1st` is the group `1st`, and `${1}st` what the first group matched. A dollar
    sign is written `$$`.

    Bad:
        fields:
          company: {from: Name, replace: {pattern: "^(.+), THE$", with: "THE $2"}}

    Good:
        fields:
          company: {from: Name, replace: {pattern: "^(.+), THE$", with: "THE $1"}}
    """
    for entry in subject.entries:
        for path, word in subject.words(entry):
            for number, each in enumerate(word.replace if isinstance(word, Replace) else ()):
                if isinstance(each, Replacement):
                    for name in _missing(each):
                        at = subject.value_place(path, "with")
                        if subject.node(path, number):
                            at = subject.value_place(path, number, "with")
                        yield Remark(
                            at, f"the pattern has no group {name!r}: nothing is put in its place{_hint(name)}"
                        )


def _missing(each: Replacement) -> Iterator[str]:
    number, names = groups(each.pattern), set(_NAME.findall(each.pattern))
    for found in _REFERENCE.finditer(each.replacement):
        name = found["braced"] or found["bare"]
        if name and not (name in names or (name.isascii() and name.isdigit() and int(name) <= number)):
            yield name


def _hint(name: str) -> str:
    digits = re.match(r"[0-9]+(?=.)", name)
    return f"; the group {digits[0]} is written ${{{digits[0]}}}" if digits else ""
