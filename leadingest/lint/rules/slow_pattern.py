"""The rule LI207."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.delivery_format import FooterMatch

#: Times that a part may repeat without its repetitions mattering.
_FEW: Final = 10


@rule("LI207", "warning")
def slow_pattern(subject: Subject) -> Iterator[Remark]:
    """The pattern of a footer can take for ever on a line that almost matches.

    The words of an entry use Rust's `regex`, in which every pattern runs in linear time. The footer is found with
    Python's `re`, which goes back and tries again: where a repeated part repeats a part itself, a line of thirty
    letters can take years.

    Bad:
        delivery: {match: "acme*.csv", footer: {match: "^(Total *)+$"}}
        fields:
          company: Name

    Good:
        delivery: {match: "acme*.csv", footer: {match: "^Total"}}
        fields:
          company: Name
    """
    delivery = subject.reading.delivery
    if delivery and isinstance(delivery.footer, FooterMatch) and _repeats_repeats(delivery.footer.match):
        said = "a repeated part of this pattern repeats a part itself: on some lines it would take for ever"
        yield Remark(subject.value_place(("delivery", "footer"), "match"), said)


def _repeats_repeats(pattern: str) -> bool:
    parser: Any = re._parser  # type: ignore[attr-defined]  # the one place where Python shows what it has read
    return _nested(list(parser.parse(pattern)), repeated=False)


def _nested(parts: Any, *, repeated: bool) -> bool:
    """Whether, somewhere below, a part that may be of several lengths stands in one that repeats often."""
    for operator, argument in parts:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, body = argument
            if (repeated and least != most) or _nested(body, repeated=repeated or most > _FEW):
                return True
        elif (name == "SUBPATTERN" and _nested(argument[-1], repeated=repeated)) or (
            name == "BRANCH" and any(_nested(branch, repeated=repeated) for branch in argument[1])
        ):
            return True
    return False
