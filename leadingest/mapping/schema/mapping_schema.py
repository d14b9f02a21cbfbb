"""The JSON Schema of a mapping, made from the words, the types and the load tables.

`leadingest schema` prints it; `mappings/mapping.schema.json` is a copy that the tests compare. It says all
that can be told without a program: whether an SQL expression computes, a regular expression compiles or a
file is there, only the program sees.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from leadingest.mapping.keys import MAPPING_KEYS, TYPE_OPTIONS
from leadingest.mapping.read_mapping import DEFAULT_TABLE
from leadingest.mapping.read_sections import SOURCE_NAME
from leadingest.mapping.schema.words import (
    ON_INVALID,
    agreement,
    described_field,
    described_key,
    key_definitions,
    pieces,
    step,
    without,
)
from leadingest.mapping.schema.yaml_schema import TEXT, Schema, nullable, ref, schema_of, schemas_of
from leadingest.mapping.sections import SECTIONS, MappingTest
from leadingest.operations import CHECKS, OPERATIONS
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.operations.sources import SOURCES
from leadingest.operations.sql.reference import OFFERED
from leadingest.tables.column import Column
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types import TYPES
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.text import Text


def offering_definitions(column: Column, name: str, definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """`entry.<name>` and `value.<name>` of a column, and copies of all that its entry is made of and holds values."""
    listed = {"enum": list(column.one_of), "markdownEnumDescriptions": list(column.one_of.values())}
    kind = f"entry.{column.type.name}"
    holding = {each for each in _holding(definitions) if each == kind or not each.startswith("entry.")}
    own = {each: f"{each}.{name}" for each in holding} | {kind: f"entry.{name}"}
    copies = {new: _pointing(definitions[old], own) for old, new in own.items()}
    return copies | {own["value"]: {"anyOf": [listed, TEXT]}}


def _holding(definitions: Mapping[str, Schema]) -> set[str]:
    """The definitions in which a value stands, straight away or by way of others."""
    refers = {name: set(_references(schema)) for name, schema in definitions.items()}
    holding = {"value"}
    while more := {name for name, others in refers.items() if others & holding} - holding:
        holding |= more
    return holding


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"].removeprefix("#/$defs/")] if isinstance(node.get("$ref"), str) else []
        return here + [name for each in node.values() for name in _references(each)]
    return [name for each in node for name in _references(each)] if isinstance(node, list) else []


def _pointing(node: Any, new_names: Mapping[str, str]) -> Any:
    """The schema with its references to renamed definitions."""
    if isinstance(node, list):
        return [_pointing(each, new_names) for each in node]
    if not isinstance(node, dict):
        return node
    pointed = {key: _pointing(each, new_names) for key, each in node.items()}
    if isinstance(node.get("$ref"), str):
        name = node["$ref"].removeprefix("#/$defs/")
        pointed |= ref(new_names.get(name, name))
    return pointed


_OPERATION_KEYS = tuple(
    dict.fromkeys(key for words in (SOURCES, OPERATIONS) for word in words.values() for key in word.keys())
)
_PART_KEYS = (*_OPERATION_KEYS, "when", "optional", "steps")


def entry_definitions() -> dict[str, Schema]:
    """`entry.<type>` for the fields of each type, `entry.let`, `part`, and all that they are made of."""
    return {
        **key_definitions(),
        **_option_definitions(),
        "value": TEXT,
        "map": _map(),
        "step": step(),
        "pieces": pieces(),
        "agreement": agreement(),
        "part": _entry(_refs(*_PART_KEYS)),
        "entry.let": _let_entry(),
        **{f"entry.{kind.name}": _entry(_field_keys(kind)) for kind in TYPES},
    }


def _map() -> Schema:
    """A shared value map: every value means a text, or a table of fields with their values."""
    texts: Schema = {"additionalProperties": nullable(TEXT)}
    tables: Schema = {"additionalProperties": {"type": "object", **texts}}
    return {"type": "object", "minProperties": 1, "anyOf": [texts, tables]}


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
    checks = [word for word, check in CHECKS.items() if check.fits(kind().dtype)]
    options = {option: ref(f"option.{kind.name}.{option}") for option in sorted(kind.mapping_options)}
    return _refs(*_PART_KEYS, *checks, "on_invalid") | options


def _let_entry() -> Schema:
    """Its type is its own: options and checks must go with it, and without one it is a text."""
    checks = {word: check for word, check in CHECKS.items() if check not in (Required, Unique)}
    kinds = {
        **{option: [kind for kind in TYPES if option in kind.mapping_options] for option in TYPE_OPTIONS},
        **{word: [kind for kind in TYPES if check.fits(kind().dtype)] for word, check in checks.items()},
    }
    options = {option: ref(f"option.{kinds[option][0].name}.{option}") for option in TYPE_OPTIONS}
    keys = _refs(*_PART_KEYS, *checks, "on_invalid", "type")
    return _entry(keys | options, dependentSchemas={key: _of_type(kinds[key]) for key in kinds})


def _of_type(kinds: Iterable[type[ColumnType]]) -> Schema:
    names = [kind.name for kind in kinds]
    schema: Schema = {"properties": {"type": {"enum": names}}}
    return schema if Text.name in names else schema | {"required": ["type"]}


def _refs(*keys: str) -> dict[str, Schema]:
    return {key: ref(f"key.{key}") for key in keys}


def _option_definitions() -> dict[str, Schema]:
    schemas, definitions = schemas_of(TYPES)
    for kind, schema in schemas.items():
        for option in kind.mapping_options:
            option_schema = schema["properties"][option]
            definitions[f"option.{kind.name}.{option}"] = option_schema | {
                "markdownDescription": option_schema["description"]
            }
    return definitions


#: What a test says that becomes of its record: one of these.
_OUTCOMES: Final = ("lead", "rejected", "filtered")

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_text(tables: Sequence[LoadTable]) -> str:
    """The schema as a JSON document."""
    return json.dumps(mapping_schema(tables), ensure_ascii=False, indent=1) + "\n"


def mapping_schema(tables: Sequence[LoadTable]) -> Schema:
    """The schema of a mapping into one of the load tables.

    A file that says no `source` is taken for one that others extend, which may leave out anything: that its
    name must then begin with `_`, a schema cannot see.
    """
    sections, definitions = schemas_of(section.model for section in SECTIONS.values())
    test, _ = schema_of(MappingTest)
    definitions |= {name: _with_markdown(sections[section.model]) for name, section in SECTIONS.items()}
    definitions |= entry_definitions()
    for table in tables:
        definitions |= _table_definitions(table, test, definitions)
    return {
        "$schema": DIALECT,
        "description": "How the deliveries of a source are read, and what fills each field of the load table.",
        **_keys(tables),
        "if": {"required": ["source"], "not": {"required": ["extends"]}},
        "then": {
            "required": ["delivery", "fields", *_unless_default(tables)],
            "properties": {"delivery": {"required": ["match"]}},
            "allOf": [_by_table(tables, _required)],
        },
        "$defs": dict(sorted(definitions.items())),
    }


def _keys(tables: Sequence[LoadTable]) -> Schema:
    """Every key of a mapping."""
    kinds: dict[str, Schema] = {
        "source": TEXT | {"pattern": f"^{SOURCE_NAME.pattern}$"},
        "about": TEXT,
        "into": {"enum": [table.name for table in tables]},
        "extends": TEXT,
        "on_invalid": ON_INVALID,
        "aliases": {"type": "object", "additionalProperties": _one_or_more(TEXT)},
        "maps": {"type": "object", "additionalProperties": ref("map")},
        "let": {"type": "object", "additionalProperties": ref("entry.let")},
        "where": TEXT | {"minLength": 1, "examples": list(OFFERED)},
        "fields": {"type": "object", "minProperties": 1},
        "key": {},
        "ignore": _one_or_more(TEXT, least=0),
        "tests": {"type": "array"},
    }
    kinds |= {name: ref(name) for name in SECTIONS}
    by_table = _by_table(tables, _fields_and_tests)
    of_table = by_table.pop("properties", {})
    return {
        "type": "object",
        "properties": {
            key: described_key(key, about) | kinds[key] | of_table.get(key, {})
            for key, about in MAPPING_KEYS.items()
        },
        "additionalProperties": False,
        **by_table,
    }


def _one_or_more(item: Schema, *, least: int = 1) -> Schema:
    """A list, or one item that stands for a list of itself."""
    return {"anyOf": [{"type": "array", "items": item} | ({"minItems": least} if least else {}), item]}


def _by_table(tables: Sequence[LoadTable], schema_of_table: Callable[[LoadTable], Schema]) -> Schema:
    """What is said of the table that `into` names; where there is one only, without a condition."""
    if len(tables) == 1:
        return schema_of_table(tables[0])
    return {"allOf": [{"if": _into(table), "then": schema_of_table(table)} for table in tables]}


def _into(table: LoadTable) -> Schema:
    named: Schema = {"properties": {"into": {"const": table.name}}}
    return named if table.name == DEFAULT_TABLE else named | {"required": ["into"]}


def _unless_default(tables: Sequence[LoadTable]) -> list[str]:
    """Without a table of the default name, one must be named."""
    return [] if DEFAULT_TABLE in [table.name for table in tables] else ["into"]


def _required(table: LoadTable) -> Schema:
    required = [column.name for column in table.columns.values() if column.required]
    return {"properties": {"fields": {"required": required}}}


def _fields_and_tests(table: LoadTable) -> Schema:
    return {
        "properties": {
            "fields": ref(f"fields.{table.name}"),
            "key": _one_or_more({"enum": list(table.columns)}),
            "tests": {"items": ref(f"test.{table.name}")},
        }
    }


def _table_definitions(
    table: LoadTable, test: Schema, definitions: Mapping[str, Schema]
) -> dict[str, Schema]:
    made: dict[str, Schema] = {}
    fields: dict[str, Schema] = {}
    values: dict[str, Schema] = {}
    for column in table.columns.values():
        about, own = described_field(column), f"{table.name}.{column.name}"
        if column.one_of:
            made |= offering_definitions(column, own, definitions)
        fields[column.name] = about | ref(f"entry.{own if column.one_of else column.type.name}")
        values[column.name] = about | nullable(ref(f"value.{own}" if column.one_of else "value"))
    made[f"fields.{table.name}"] = {"type": "object", "properties": fields, "additionalProperties": False}
    made[f"test.{table.name}"] = _test(test, values)
    return made


def _test(test: Schema, values: Mapping[str, Schema]) -> Schema:
    """A test: a record, and the one thing that must become of it."""
    schema = _with_markdown(test)
    keys, fields = schema["properties"], {"enum": list(values)}
    own = {
        "lead": {**keys["lead"], "properties": dict(values), "additionalProperties": False},
        "invalid": {**keys["invalid"], "items": fields},
        "rejected": {"description": keys["rejected"]["description"]} | fields,
    }
    return schema | {
        "properties": keys | own,
        "anyOf": [{"required": [key]} for key in _OUTCOMES],
        "dependentSchemas": {key: without(each for each in _OUTCOMES if each != key) for key in _OUTCOMES},
        "dependentRequired": {"invalid": ["lead"]},
    }


def _with_markdown(model: Schema) -> Schema:
    """The model whose keys show their descriptions as Markdown."""
    keys = {
        key: schema | {"markdownDescription": schema["description"]}
        for key, schema in model["properties"].items()
    }
    return model | {"properties": keys}
