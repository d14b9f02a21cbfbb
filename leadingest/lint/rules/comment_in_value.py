"""The rule LI010."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject

#: A comment that begins like the end of a name: nothing after its sign, or a letter or digit right after it.
_LIKE_A_NAME = re.compile(r"#(?:\s*|\w.*)")


@rule("LI010", "warning")
def comment_in_value(subject: Subject) -> Iterator[Remark]:
    """A `#` that starts a comment but is probably meant as part of the value.

    `Operation #` without quotes is the header `Operation`: in YAML, a blank and `#` start a
    comment. Put a value that contains `#` in quotes; in a comment, put a blank after `#`.

    Bad:
        fields:
          company: Name
          license_number: Operation #

    Good:
        fields:
          company: Name
          license_number: "Operation #"
    """
    for document in subject.documents:
        plain_ends = {each.end: each for each in document.written if each.plain}
        for comment in subject.comments[document.name]:
            value = plain_ends.get(comment.start - 1)
            if value and document.text[comment.start - 1] == " " and _LIKE_A_NAME.fullmatch(comment.text):
                whole = f"{value.text} {comment.text}".rstrip()
                message = f"the value ends before the #, which starts a comment; if you mean {whole!r}, put it in quotes"
                yield Remark(comment.at, message)
