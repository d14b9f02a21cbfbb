"""Where in the text of a mapping something more can be written."""

from __future__ import annotations

from leadingest.documents.flow_yaml import flow_yaml, quoted_yaml
from leadingest.documents.spans import Span, WrittenList, WrittenTable, WrittenText
from leadingest.documents.yaml_document import Document, Step
from leadingest.lint.finding import Edit

Path_ = tuple[Step, ...]


def text_yaml(text: str) -> str:
    """The text as it stands in a mapping, also between brackets: in double quotes where it needs some."""
    plain = flow_yaml(text)
    return quoted_yaml(text) if plain.startswith("'") else plain


def kept(document: Document, written: WrittenText) -> str:
    """The text as it is written there, if it can stand between brackets like that."""
    as_it_is = document.text[written.span.start : written.span.end]
    fits = not written.plain or not set(as_it_is) & set(",[]{}\n")
    return as_it_is if fits else text_yaml(written.text)


def with_item(document: Document, node: WrittenText | WrittenList, item: str) -> Edit:
    """The list, or the text that stands for a list of one, with one more item at its end."""
    text = text_yaml(item)
    if isinstance(node, WrittenText):
        return Edit(document.name, node.span.start, node.span.end, f"[{kept(document, node)}, {text}]")
    last = node.items[-1]
    if node.flow:
        return Edit(document.name, last.end, last.end, f", {text}")
    return _below(document, last, _margin(document, node.items[0]), f"- {text}")


def with_item_before(document: Document, node: WrittenList, item: str) -> Edit:
    """The list with one more item at its beginning."""
    first, text = node.items[0], text_yaml(item)
    carriage = "\r" if "\r\n" in document.text else ""
    between = ", " if node.flow else f"{carriage}\n{_margin(document, first)}- "
    return Edit(document.name, first.start, first.start, f"{text}{between}")


def with_entry(document: Document, node: WrittenTable, key: str, value: str) -> Edit:
    """The table with one more key at its end; `value` is YAML."""
    entry = f"{text_yaml(key)}: {value}"
    last_key = list(node.keys)[-1]
    end = max(node.values[last_key].end, node.keys[last_key].end)
    if node.flow:
        return Edit(document.name, end, end, f", {entry}")
    first = next(iter(node.keys.values()))
    return _below(document, Span(first.start, end), _margin(document, first), entry)


def _margin(document: Document, span: Span) -> str:
    """The blanks that a line begins with which is to stand below the one where the span begins."""
    begin = document.text.rfind("\n", 0, span.start) + 1
    before = document.text[begin : span.start]
    dash = before.rfind("- ")
    return " " * (len(before[:dash]) if before[dash:].strip() == "-" and dash >= 0 else len(before))


def _below(document: Document, span: Span, margin: str, line: str) -> Edit:
    """One more line below that in which the span ends."""
    end = document.text.find("\n", span.end)
    end = len(document.text) if end < 0 else end
    carriage = "\r" if document.text[:end].endswith("\r") else ""
    end -= len(carriage)
    return Edit(document.name, end, end, f"{carriage}\n{margin}{line}")
