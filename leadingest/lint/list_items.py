"""Take an item out of a list as it is written, and leave the rest as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from leadingest.documents.yaml_document import Document, Scalar, Sequence, Written
from leadingest.lint.comments import line_starts
from leadingest.lint.finding import Edit


def without_item(documents: Iterable[Document], node: Sequence, number: int) -> tuple[Edit, ...]:
    """The edit that takes the item out, with its comma or its line; none where that is not certain to be right.

    The item must be a text written on one line, and not the only one.
    """
    item = node.items[number]
    document = next((each for each in documents if each.name == item.position.file), None)
    if document is None or len(node.items) == 1 or not isinstance(item, Scalar):
        return ()
    written = {each.position: each for each in document.written}
    mine = written.get(item.position)
    if mine is None or "\n" in document.text[mine.start : mine.end]:
        return ()
    before = _before(document.text, mine)
    if before == "-":
        return _whole_line(document, mine)
    neighbours = [written.get(each.position) for each in node.items]
    follows, leads = neighbours[number + 1 : number + 2], neighbours[number - 1] if number else None
    if follows and follows[0]:
        start, end = mine.start, follows[0].start
    elif leads:
        start, end = leads.end, mine.end
    else:
        return ()
    plain = document.text[start:end].replace(document.text[mine.start : mine.end], "", 1)
    return (Edit(document.name, start, end, ""),) if plain.strip() == "," else ()


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
