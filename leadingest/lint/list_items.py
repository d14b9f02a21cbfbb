"""Take an item out of a list as it is written, and leave the rest as it stands."""

from __future__ import annotations

from leadingest.documents.yaml_document import Document, Scalar, Sequence, Written
from leadingest.lint.comments import line_starts
from leadingest.lint.finding import Edit
from leadingest.lint.subject import Subject


def without_item(subject: Subject, node: Sequence, number: int) -> tuple[Edit, ...]:
    """The edit that takes the item out, with its comma or its line; none where that is not certain to be right.

    The item must be a text written on one line, and not the only one.
    """
    item = _written(subject, node, number)
    document = next(
        (each for each in subject.documents if each.name == node.items[number].position.file), None
    )
    if item is None or document is None or len(node.items) == 1:
        return ()
    if "\n" in document.text[item.start : item.end]:
        return ()
    if _before(document.text, item) == "-":
        return _whole_line(document, item)
    if follows := _written(subject, node, number + 1):
        start, end = item.start, follows.start
    elif leads := _written(subject, node, number - 1):
        start, end = leads.end, item.end
    else:
        return ()
    plain = document.text[start:end].replace(document.text[item.start : item.end], "", 1)
    return (Edit(document.name, start, end, ""),) if plain.strip() == "," else ()


def _written(subject: Subject, node: Sequence, number: int) -> Written | None:
    """How the item is written, where there is one and it is a text."""
    if not 0 <= number < len(node.items) or not isinstance(node.items[number], Scalar):
        return None
    return subject.written.get(node.items[number].position)


def _before(text: str, item: Written) -> str:
    """The sign before the item."""
    return text[: item.start].rstrip(" ")[-1:]


def _whole_line(document: Document, item: Written) -> tuple[Edit, ...]:
    text, starts = document.text, line_starts(document.text)
    line = item.position.line
    start, end = starts[line - 1], starts[line] if line < len(starts) else len(text)
    rest = text[start : item.start] + text[item.end : end]
    alone = rest.partition("#")[0].strip() == "-"
    return (Edit(document.name, start, end, ""),) if alone else ()
