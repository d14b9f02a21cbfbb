"""The rule LI009."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.lint.finding import Edit, Remark
from leadingest.lint.other_readers import read_by_others
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI009", "warning", fixes=True)
def changed_by_yaml(subject: Subject) -> Iterator[Remark]:
    """A value without quotes that other YAML parsers read as something else.

    leadingest reads every value as text, exactly as written. Others read `NO` as false, `01234` as 668, `12:30` as
    750 and `1.10` as 1.1, so an editor, a script or an experienced reader would misunderstand the mapping. Quotes prevent this and
    change nothing for leadingest.

    Bad:
        fields:
          company: Name
          accepts_financial_aid: {from: Aid, values: {X: yes, NO: no}, otherwise: invalid}

    Good:
        fields:
          company: Name
          accepts_financial_aid: {from: Aid, values: {X: "yes", "NO": "no"}, otherwise: invalid}
    """
    for document in subject.documents:
        for each in document.written:
            read_as = read_by_others(each.text) if each.plain else None
            as_written = document.text[each.start : each.end] == each.text
            if read_as and as_written:
                message = f"other YAML parsers read {each.text} as {read_as}; in quotes, it is a text for all of them"
                yield Remark(
                    each.position, message, edits=(_quoted(document.name, each.start, each.end, each.text),)
                )


def _quoted(file: str, start: int, end: int, text: str) -> Edit:
    return Edit(file, start, end, f'"{text}"')
