"""A mapping as a table: which headers are read, what is done to them, and which field that fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadingest.destinations.diagnostics import DeliveredColumn
from leadingest.documents.flow_yaml import flow_yaml
from leadingest.documents.yaml_document import Plain, node_at, plain
from leadingest.mapping.headers import is_ignored
from leadingest.mapping.models import Entry, Mapping
from leadingest.tables.types.text import Text


def headers_read(mapping: Mapping, field: str) -> tuple[str, ...]:
    """The headers that a field or `let` value reads, each once, in the order in which the mapping names them."""
    entry = mapping.fields.get(field) or mapping.let.get(field)
    return tuple(dict.fromkeys(_headers(mapping, entry))) if entry else ()


def _headers(mapping: Mapping, entry: Entry) -> Iterator[str]:
    for name in entry.names():
        if name in mapping.let:
            yield from _headers(mapping, mapping.let[name])
        else:
            yield name


def unread_columns(mapping: Mapping, columns: Sequence[DeliveredColumn]) -> tuple[str, ...]:
    """Their headers, from left to right."""
    entries = (*mapping.let.values(), *mapping.fields.values())
    read = {name for entry in entries for name in entry.names()}
    read |= set(mapping.where.names) if mapping.where else set()
    headers = dict.fromkeys(" ".join(column.header.split()) for column in columns)
    return tuple(
        each for each in headers if each and each not in read and not is_ignored(each, mapping.ignore)
    )


@dataclass(frozen=True)
class SaidWord:
    """A key of an entry and what the mapping says there: a text, or pairs for a table such as a value map."""

    key: str
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    #: For a list: entries that the value is made of, or steps.
    parts: tuple[SaidPart, ...] = ()


@dataclass(frozen=True)
class SaidPart:
    """An entry inside an entry: its headers, and what is done to them."""

    reads: tuple[str, ...]
    words: tuple[SaidWord, ...]


@dataclass(frozen=True)
class MappedValue:
    """One field of the load table, or one `let` value: where it comes from and what is done to it."""

    name: str
    #: What the field means; "" for a `let` value.
    about: str
    type: str
    let: bool
    #: Headers and `let` values that it reads.
    reads: tuple[str, ...]
    words: tuple[SaidWord, ...]


def mapped_values(mapping: Mapping) -> tuple[MappedValue, ...]:
    """`let` values first, then the fields, in the order of the mapping."""
    lets = (_value(mapping, name, entry, let=True) for name, entry in mapping.let.items())
    fields = (_value(mapping, name, entry, let=False) for name, entry in mapping.fields.items())
    return (*lets, *fields)


def delivery_words(mapping: Mapping) -> tuple[SaidWord, ...]:
    """What the mapping says of the delivery: how it is found and read, what is left out."""
    settings: dict[str, Plain] = {}
    for key in ("delivery", "where", "ignore", "on_invalid"):
        node = mapping.document.entries.get(key)
        value = plain(node) if node else None
        settings |= value if isinstance(value, dict) else {} if value is None else {key: value}
    return tuple(SaidWord(key, text=_text(value)) for key, value in settings.items())


def _value(mapping: Mapping, name: str, entry: Entry, *, let: bool) -> MappedValue:
    column = None if let else mapping.table.columns[name]
    kind = column.type if column else entry.type
    return MappedValue(
        name=name,
        about=column.about if column else "",
        type=(kind or Text()).name,
        let=let,
        reads=tuple(dict.fromkeys(entry.names())),
        words=tuple(_words(plain(node_at(mapping.document, entry.path)))),
    )


def _words(node: Plain) -> Iterator[SaidWord]:
    """The keys of the entry in the order written; `from` is told by the headers."""
    for key, value in node.items() if isinstance(node, dict) else ():
        if key == "from":
            continue
        if isinstance(value, dict):
            yield SaidWord(key, pairs=tuple((_text(each), _text(what)) for each, what in value.items()))
        elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
            yield SaidWord(key, parts=tuple(map(_part, value)))
        elif value == "true":
            yield SaidWord(key)
        else:
            yield SaidWord(key, text=_text(value))


def _part(node: Plain) -> SaidPart:
    """A header, a list of alternatives, or an entry with words of its own."""
    reads = node.get("from", []) if isinstance(node, dict) else node
    names = reads if isinstance(reads, list) else [reads]
    return SaidPart(tuple(map(_text, names)), tuple(_words(node)))


def _text(value: Plain) -> str:
    """A text as it is, in quotes where one would not see all of it; everything else as YAML."""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, str) and value.isprintable() and value and value == value.strip():
        return value
    return flow_yaml(value)
