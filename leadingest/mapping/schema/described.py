"""What an editor shows about a key: the text of the reference, as plain text and as Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from leadingest.mapping.keys import Key
from leadingest.mapping.reference import key_section, word_section
from leadingest.mapping.schema.yaml_schema import Schema
from leadingest.mapping.vocabulary import KeyOwner
from leadingest.tables.column import Column
from leadingest.tables.types.base import ColumnType


def described_key(name: str, key: Key) -> Schema:
    """What a key that is no word says, with its example."""
    return _both(f"{key.about}\n\nExample:\n{key.example}", key_section(name, key))


def described_word(owner: KeyOwner) -> Schema:
    """What a word does, with what its examples make of some cells."""
    about = _unwrapped(inspect.cleandoc(owner.__doc__ or ""))
    entries = "".join(f"\n{each.entry}" for each in owner.examples)
    return _both(f"{about}\n\nExample:{entries}", word_section(owner.word(), owner, owner.examples))


def described_field(column: Column) -> Schema:
    """What a field of the load table means, its type, and the values that it may have."""
    required = " A record without it is rejected." if column.required else ""
    kind = "" if column.one_of else f"\n\nType {column.type.name}: {_kind(column.type)}"
    about = f"{column.about}{required}{kind}"
    values = [f"- `{value}`: {meaning}" for value, meaning in column.one_of.items()]
    listed = ["", "Its values:", "", *values] if values else []
    return {"description": about, "markdownDescription": "\n".join([about, *listed])}


def _kind(kind: ColumnType) -> str:
    """The first paragraph about the type; the most characters, where that is one of its options."""
    about = _unwrapped(inspect.cleandoc(kind.__doc__ or "")).split("\n")[0]
    length = kind.model_dump().get("length")
    return f"{about} At most {length} characters." if length else about


def _both(plain: str, section: Iterable[str]) -> Schema:
    """The section loses its heading: the editor shows the name of the key itself."""
    _heading, _blank, *lines = section
    return {"description": plain, "markdownDescription": "\n".join(lines).strip()}


def _unwrapped(text: str) -> str:
    """The paragraphs of a docstring, each on one line."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
