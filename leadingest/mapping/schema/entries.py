"""The entries of a mapping: those of fields, which know their type, of `let` values, and of parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leadingest.mapping.schema.words import agreement, key_definitions, step
from leadingest.mapping.schema.yaml_schema import TEXT, Schema, ref, schemas_of
from leadingest.mapping.vocabulary import TYPE_OPTIONS
from leadingest.operations import CHECKS, WORDS
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.operations.sources import SOURCES
from leadingest.tables.types import TYPES
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.text import Text

_WORD_KEYS = tuple(dict.fromkeys(key for word in (*SOURCES, *WORDS) for key in word.keys()))
_PART_KEYS = (*_WORD_KEYS, "when", "optional", "steps")


def entry_definitions() -> dict[str, Schema]:
    """`entry.<type>` for the fields of each type, `entry.let`, `part`, and all that they are made of."""
    return {
        **key_definitions(),
        **_option_definitions(),
        "value": TEXT,
        "step": step(),
        "agreement": agreement(),
        "part": _entry(_refs(*_PART_KEYS)),
        "entry.let": _let_entry(),
        **{f"entry.{kind.name}": _entry(_field_keys(kind)) for kind in TYPES},
    }


def _entry(keys: Mapping[str, Schema], **more: Schema) -> Schema:
    """A header, a list of headers, or a table of these keys."""
    return {
        "if": {"type": "boolean"},
        "else": {"type": ["string", "number", "array", "object"]},
        "items": TEXT,
        "minItems": 1,
        "properties": dict(keys),
        "additionalProperties": False,
        "allOf": [ref("agreement")],
        **more,
    }


def _field_keys(kind: type[ColumnType]) -> dict[str, Schema]:
    checks = [check.word() for check in CHECKS if check.fits(kind().dtype)]
    options = {option: ref(f"option.{kind.name}.{option}") for option in sorted(kind.mapping_options)}
    return _refs(*_PART_KEYS, *checks, "on_invalid") | options


def _let_entry() -> Schema:
    """Its type is its own: options and checks must go with it, and without one it is a text."""
    checks = [check for check in CHECKS if check not in (Required, Unique)]
    kinds = {
        **{option: [kind for kind in TYPES if option in kind.mapping_options] for option in TYPE_OPTIONS},
        **{check.word(): [kind for kind in TYPES if check.fits(kind().dtype)] for check in checks},
    }
    options = {option: ref(f"option.{kinds[option][0].name}.{option}") for option in TYPE_OPTIONS}
    keys = _refs(*_PART_KEYS, *(check.word() for check in checks), "on_invalid", "type")
    return _entry(keys | options, dependentSchemas={key: _of_type(kinds[key]) for key in kinds})


def _of_type(kinds: Iterable[type[ColumnType]]) -> Schema:
    names = [kind.name for kind in kinds]
    said: Schema = {"properties": {"type": {"enum": names}}}
    return said if Text.name in names else said | {"required": ["type"]}


def _refs(*keys: str) -> dict[str, Schema]:
    return {key: ref(f"key.{key}") for key in keys}


def _option_definitions() -> dict[str, Schema]:
    schemas, definitions = schemas_of(TYPES)
    for kind, schema in schemas.items():
        for option in kind.mapping_options:
            said = schema["properties"][option]
            definitions[f"option.{kind.name}.{option}"] = said | {"markdownDescription": said["description"]}
    return definitions
