"""Changes of a mapping that make it fit a delivery, each as edits of its text: comments and layout stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leadingest.documents.flow_yaml import flow_yaml, quoted_yaml
from leadingest.documents.spans import (
    Span,
    WrittenList,
    WrittenTable,
    WrittenText,
    written_node,
    written_table,
)
from leadingest.documents.yaml_document import Document, Step
from leadingest.lint.finding import Edit
from leadingest.mapping.delivery_values import encoding

Path_ = tuple[Step, ...]

#: Where a mapping says which encodings there are.
_ENCODING: Final[Path_] = ("delivery", "encoding")
_UTF8: Final = "utf-8"
#: Where a mapping says which headers a column has had, and the sections that stand below.
_ALIASES: Final[Path_] = ("aliases",)
_BELOW_ALIASES: Final = ("maps", "let", "where", "fields")


@dataclass(frozen=True)
class AddAlias:
    """`from: [Phone, Phone No]` in place of `from: Phone`, at each place that reads the column."""

    paths: tuple[Path_, ...]
    header: str

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the entry at one of the paths; none where it is written in a way that others share."""
        node = written_node(document.text, path)
        if isinstance(node, WrittenTable):
            node = written_node(document.text, (*path, "from"))
        if node is not None and not isinstance(node, WrittenTable):
            yield _with_item(document, node, self.header)


@dataclass(frozen=True)
class AddAliasForAll:
    """`aliases: {Phone: Phone No}`: another header of a column, wherever the mapping names it."""

    name: str
    header: str

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the aliases stand."""
        return (_ALIASES,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the aliases, or the first of them above the entries; none where others share how they are written."""
        top, node = written_table(document.text, ()), written_table(document.text, path)
        if node is None and top and _ALIASES[0] not in top.keys:
            below = next((top.keys[key] for key in _BELOW_ALIASES if key in top.keys), None)
            if below:
                # It takes the place of the key: two of these are not made at once, which would give two sections.
                key = document.text[below.start : below.end]
                aliases = f"{{{text_yaml(self.name)}: {text_yaml(self.header)}}}"
                yield Edit(document.name, below.start, below.end, f"{_ALIASES[0]}: {aliases}\n{key}")
        elif node and self.name not in node.keys and node.keys:
            yield _with_entry(document, node, self.name, text_yaml(self.header))
        elif isinstance(others := written_node(document.text, (*path, self.name)), WrittenText | WrittenList):
            yield _with_item(document, others, self.header)


@dataclass(frozen=True)
class AddKey:
    """`values: {Open: active, OPEN: active}` in place of `values: {Open: active}`."""

    path: Path_
    value: str
    meaning: str

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the value map stands."""
        return (self.path,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the value map; none where it is written in a way that others share."""
        node = written_node(document.text, path)
        if isinstance(node, WrittenTable) and node.keys:
            yield _with_entry(document, node, self.value, text_yaml(self.meaning))


@dataclass(frozen=True)
class AddFormat:
    """`formats: ["%m/%d/%y", "%m/%d/%Y"]` in place of `formats: "%m/%d/%y"`.

    `formats` are the formats that the field has, whether its entry says them or the load table does.
    """

    path: Path_
    formats: tuple[str, ...]
    format: str

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the entry stands."""
        return (self.path,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the entry; none where it is a list of lines, or written in a way that others share."""
        node = written_node(document.text, path)
        formats = ", ".join(text_yaml(each) for each in (*self.formats, self.format))
        if isinstance(node, WrittenTable):
            written = written_node(document.text, (*path, "formats"))
            if isinstance(written, WrittenText | WrittenList):
                yield _with_item(document, written, self.format)
            elif "formats" not in node.keys:
                yield _with_entry(document, node, "formats", f"[{formats}]")
        elif isinstance(node, WrittenText):
            entry = f"{{from: {_kept(document, node)}, formats: [{formats}]}}"
            yield Edit(document.name, node.span.start, node.span.end, entry)
        elif isinstance(node, WrittenList) and node.flow:
            start, end = node.items[0].start, node.items[-1].end
            brackets = document.text.rfind("[", 0, start), document.text.find("]", end) + 1
            headers = document.text[brackets[0] : brackets[1]]
            yield Edit(document.name, *brackets, f"{{from: {headers}, formats: [{formats}]}}")


@dataclass(frozen=True)
class Utf8First:
    """`encoding: [utf-8, cp1252]` in place of `encoding: cp1252`: a file that is UTF-8 is read as that."""

    @property
    def paths(self) -> tuple[Path_, ...]:
        """Where the encodings stand."""
        return (_ENCODING,)

    def edits(self, document: Document, path: Path_) -> Iterator[Edit]:
        """The edit of the encodings; none where they are written in a way that others share."""
        node = written_node(document.text, path)
        if isinstance(node, WrittenText):
            yield Edit(document.name, node.span.start, node.span.end, f"[{_UTF8}, {_kept(document, node)}]")
        elif isinstance(node, WrittenList):
            texts = [document.text[item.start : item.end] for item in node.items]
            at = next((at for at, text in enumerate(texts) if encoding(text.strip("'\"")) == _UTF8), None)
            if at is None:
                yield _with_item_before(document, node, _UTF8)
                return
            # It stands behind another one, which reads any file: the two change places.
            for item, text in ((node.items[0], texts[at]), (node.items[at], texts[0])):
                yield Edit(document.name, item.start, item.end, text)


Fix = AddAlias | AddAliasForAll | AddKey | AddFormat | Utf8First


def text_yaml(text: str) -> str:
    """The text as it stands in a mapping, also between brackets: in double quotes where it needs some."""
    plain = flow_yaml(text)
    return quoted_yaml(text) if plain.startswith("'") else plain


def _kept(document: Document, written: WrittenText) -> str:
    """The text as it is written there, if it can stand between brackets like that."""
    as_it_is = document.text[written.span.start : written.span.end]
    fits = not written.plain or not set(as_it_is) & set(",[]{}\n")
    return as_it_is if fits else text_yaml(written.text)


def _with_item(document: Document, node: WrittenText | WrittenList, item: str) -> Edit:
    """The list, or the text that stands for a list of one, with one more item at its end."""
    text = text_yaml(item)
    if isinstance(node, WrittenText):
        return Edit(document.name, node.span.start, node.span.end, f"[{_kept(document, node)}, {text}]")
    last = node.items[-1]
    if node.flow:
        return Edit(document.name, last.end, last.end, f", {text}")
    return _below(document, last, _margin(document, node.items[0]), f"- {text}")


def _with_item_before(document: Document, node: WrittenList, item: str) -> Edit:
    """The list with one more item at its beginning."""
    first, text = node.items[0], text_yaml(item)
    carriage = "\r" if "\r\n" in document.text else ""
    between = ", " if node.flow else f"{carriage}\n{_margin(document, first)}- "
    return Edit(document.name, first.start, first.start, f"{text}{between}")


def _with_entry(document: Document, node: WrittenTable, key: str, value: str) -> Edit:
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
