"""The JSON Schema of a mapping, made from the words, the types and the load tables.

`leadingest schema` prints it; `mappings/mapping.schema.json` is a copy that the tests compare. It says all
that can be told without a program: whether an SQL expression computes, a regular expression compiles or a
file is there, only the program sees.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from leadingest.mapping.expectation import Expectation
from leadingest.mapping.keys import MAPPING_KEYS
from leadingest.mapping.read_mapping import DEFAULT_TABLE
from leadingest.mapping.read_sections import SOURCE_NAME
from leadingest.mapping.schema.described import described_field, described_key
from leadingest.mapping.schema.entries import entry_definitions
from leadingest.mapping.schema.offers import offering_definitions
from leadingest.mapping.schema.words import ON_INVALID, without
from leadingest.mapping.schema.yaml_schema import TEXT, Schema, nullable, ref, schema_of, schemas_of
from leadingest.mapping.sections import SECTIONS
from leadingest.operations.sql.reference import OFFERED
from leadingest.tables.load_table import LoadTable

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
    expectation, _ = schema_of(Expectation)
    definitions |= {name: _with_markdown(sections[section.model]) for name, section in SECTIONS.items()}
    definitions |= entry_definitions()
    for table in tables:
        definitions |= _table_definitions(table, expectation, definitions)
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


def _by_table(tables: Sequence[LoadTable], said: Callable[[LoadTable], Schema]) -> Schema:
    """What is said of the table that `into` names; where there is one only, without a condition."""
    if len(tables) == 1:
        return said(tables[0])
    return {"allOf": [{"if": _into(table), "then": said(table)} for table in tables]}


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
    table: LoadTable, expectation: Schema, definitions: Mapping[str, Schema]
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
    made[f"test.{table.name}"] = _test(expectation, values)
    return made


def _test(expectation: Schema, values: Mapping[str, Schema]) -> Schema:
    """A test: a record, and the one thing that must become of it."""
    said = _with_markdown(expectation)
    keys, fields = said["properties"], {"enum": list(values)}
    own = {
        "lead": {**keys["lead"], "properties": dict(values), "additionalProperties": False},
        "invalid": {**keys["invalid"], "items": fields},
        "rejected": {"description": keys["rejected"]["description"]} | fields,
    }
    return said | {
        "properties": keys | own,
        "anyOf": [{"required": [key]} for key in _OUTCOMES],
        "dependentSchemas": {key: without(each for each in _OUTCOMES if each != key) for key in _OUTCOMES},
        "dependentRequired": {"invalid": ["lead"]},
    }


def _with_markdown(model: Schema) -> Schema:
    """The model whose keys show their descriptions as Markdown."""
    keys = {
        key: said | {"markdownDescription": said["description"]} for key, said in model["properties"].items()
    }
    return model | {"properties": keys}
