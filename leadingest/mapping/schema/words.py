"""The keys that words take in an entry, and which of them go together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from leadingest.mapping.keys import ENTRY_KEYS
from leadingest.mapping.models import OnInvalid
from leadingest.mapping.schema.described import described_key, described_word
from leadingest.mapping.schema.yaml_schema import TEXT, TRUE_OR_FALSE, Schema, ref, schemas_of
from leadingest.mapping.vocabulary import OWNERS, KeyOwner, owners_of
from leadingest.operations import WORDS
from leadingest.operations.sources import SOURCES
from leadingest.operations.sql.reference import OFFERED
from leadingest.tables.types import TYPES

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
    schemas, definitions = schemas_of(OWNERS)
    for key, about in ENTRY_KEYS.items():
        definitions[f"key.{key}"] = described_key(key, about) | _ENTRY_KEYS[key]
    for owner in OWNERS:
        for key in owner.keys():
            said = schemas[owner]["properties"][key]
            definitions.setdefault(f"key.{key}", said | _about(owner, key, said))
    return definitions


def _about(owner: KeyOwner, key: str, said: Schema) -> Schema:
    if key == owner.word():
        return described_word(owner)
    return {"markdownDescription": said["description"]} if "description" in said else {}


def agreement() -> Schema:
    """Which keys of an entry need others, and which cannot stand beside others."""
    sources = _names(SOURCES)
    companions = {key: _names(owners_of(key)) for owner in OWNERS for key in owner.keys()[1:]}
    return {
        "anyOf": [{"required": [source]} for source in sources],
        "dependentRequired": {
            **{key: owners for key, owners in companions.items() if len(owners) == 1},
            **{owner.word(): needed for owner in OWNERS if (needed := _needed(owner))},
        },
        "dependentSchemas": {
            **{source: without(each for each in sources if each != source) for source in sources},
            "steps": without(_names(WORDS)),
            **{key: _one_of(owners) for key, owners in companions.items() if len(owners) > 1},
        },
    }


def step() -> Schema:
    """One of the `steps`: a word with its own companions."""
    return {
        "type": "object",
        "properties": {key: ref(f"key.{key}") for word in WORDS for key in word.keys()},
        "additionalProperties": False,
        **_one_of(_names(WORDS)),
        "dependentRequired": {word.word(): needed for word in WORDS if (needed := _needed(word))},
        "dependentSchemas": {
            word.word(): {"properties": dict.fromkeys(word.keys(), True), "additionalProperties": False}
            for word in WORDS
        },
    }


def _needed(owner: KeyOwner) -> list[str]:
    """The companions without which the word cannot stand."""
    fields = owner.model_fields.items()
    required = {field.alias or name for name, field in fields if field.is_required()}
    return [key for key in owner.keys()[1:] if key in required]


def _names(owners: Iterable[KeyOwner]) -> list[str]:
    return [owner.word() for owner in owners]


def _one_of(keys: Iterable[str]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def without(keys: Iterable[str]) -> Schema:
    """None of these keys."""
    return {"properties": dict.fromkeys(keys, False)}
