"""The keys that words take in an entry, and which of them go together."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Final, get_args

from leadingest.mapping.keys import ENTRY_KEYS, Key, KeyOwner, owners, owners_of
from leadingest.mapping.models import OnInvalid
from leadingest.mapping.reference import key_section, word_section
from leadingest.mapping.schema.yaml_schema import TEXT, TRUE_OR_FALSE, Schema, ref, schemas_of
from leadingest.operations import OPERATIONS
from leadingest.operations.each import PIECE_WORDS
from leadingest.operations.sources import SOURCES
from leadingest.operations.sql.reference import OFFERED
from leadingest.tables.column import Column
from leadingest.tables.types import TYPES
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


ON_INVALID: Final[Schema] = {"enum": list(get_args(OnInvalid)), "default": "blank"}

_ENTRY_KEYS: Final[dict[str, Schema]] = {
    "when": TEXT | {"minLength": 1, "examples": list(OFFERED)},
    "type": {"enum": [kind.name for kind in TYPES]},
    "optional": TRUE_OR_FALSE,
    "on_invalid": ON_INVALID,
    "steps": {"type": "array", "items": ref("step")},
}


def key_definitions() -> dict[str, Schema]:
    """`key.<key>` for every key that may stand in an entry, and what these refer to."""
    schemas, definitions = schemas_of(owners())
    for key, about in ENTRY_KEYS.items():
        definitions[f"key.{key}"] = described_key(key, about) | _ENTRY_KEYS[key]
    for owner in owners():
        for key in owner.keys():
            schema = schemas[owner]["properties"][key]
            definitions.setdefault(f"key.{key}", schema | _about(owner, key, schema))
    return definitions


def _about(owner: KeyOwner, key: str, schema: Schema) -> Schema:
    if key == owner.word():
        return described_word(owner)
    return {"markdownDescription": schema["description"]} if "description" in schema else {}


def agreement() -> Schema:
    """Which keys of an entry need others, and which cannot stand beside others."""
    sources = list(SOURCES)
    companions = {
        key: [taker.word() for taker in owners_of(key)] for owner in owners() for key in owner.keys()[1:]
    }
    return {
        "anyOf": [{"required": [source]} for source in sources],
        "dependentRequired": {
            **{key: words for key, words in companions.items() if len(words) == 1},
            **{owner.word(): needed for owner in owners() if (needed := _needed(owner))},
        },
        "dependentSchemas": {
            **{source: without(each for each in sources if each != source) for source in sources},
            "steps": without(OPERATIONS),
            **{key: _one_of(words) for key, words in companions.items() if len(words) > 1},
        },
    }


def step() -> Schema:
    """One of the `steps`: a word with its own companions."""
    return {
        "type": "object",
        "properties": {key: ref(f"key.{key}") for word in OPERATIONS.values() for key in word.keys()},
        "additionalProperties": False,
        **_one_of(OPERATIONS),
        "dependentRequired": {name: needed for name, word in OPERATIONS.items() if (needed := _needed(word))},
        "dependentSchemas": {
            name: {"properties": dict.fromkeys(word.keys(), True), "additionalProperties": False}
            for name, word in OPERATIONS.items()
        },
    }


def pieces() -> Schema:
    """The words of the pieces of a list, with their companions."""
    words = {name: OPERATIONS[name] for name in PIECE_WORDS}
    companions: dict[str, list[str]] = {}
    for name, word in words.items():
        for key in word.keys()[1:]:
            companions.setdefault(key, []).append(name)
    return {
        "type": "object",
        "properties": {key: ref(f"key.{key}") for word in words.values() for key in word.keys()},
        "additionalProperties": False,
        "dependentRequired": {name: needed for name, word in words.items() if (needed := _needed(word))},
        "dependentSchemas": {key: _one_of(names) for key, names in companions.items()},
    }


def _needed(owner: KeyOwner) -> list[str]:
    """The companions without which the word cannot stand."""
    fields = owner.model_fields.items()
    required = {field.alias or name for name, field in fields if field.is_required()}
    return [key for key in owner.keys()[1:] if key in required]


def _one_of(keys: Iterable[str]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def without(keys: Iterable[str]) -> Schema:
    """None of these keys."""
    return {"properties": dict.fromkeys(keys, False)}
