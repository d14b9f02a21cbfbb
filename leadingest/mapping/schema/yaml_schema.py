"""The JSON Schema of our models for what a YAML reader makes of a file.

Mappings are read without types: every scalar is a text. An editor's reader is not so strict: to it `417` is a
number, `true` a boolean and an empty value null. The schema takes all that the models take once it is a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

Schema = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)

#: Any scalar: the models read it as the text that it was written as. Not as a list of three types, for then
#: editors would offer `true` and `false` wherever a text may stand.
TEXT: Final[Schema] = {"if": {"type": "boolean"}, "else": {"type": ["string", "number"]}}
#: A switch as `documents.true_or_false` reads it.
TRUE_OR_FALSE: Final[Schema] = {
    "anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^(?:true|false)$"}]
}
#: Null, said so that no editor offers the word.
_NOTHING: Final[Schema] = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
_TRUE: Final[Schema] = {"anyOf": [{"const": True}, {"type": "string", "pattern": "^true$"}]}

#: What stays of the schema of a text or an entry that stands for one of our definitions.
_ABOUT = ("description", "default", "examples")


def nullable(schema: Schema) -> Schema:
    """What the schema says, or nothing at all."""
    return {"anyOf": [schema, _NOTHING]}


def ref(definition: str) -> Schema:
    """A reference to one of the definitions of the schema."""
    return {"$ref": f"#/$defs/{definition}"}


class _FromYaml(GenerateJsonSchema):
    """Pydantic's JSON Schema with the scalars of YAML, and without titles, which would only repeat keys."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        written = super().str_schema(schema)
        del written["type"]
        return written | TEXT

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """A number, also in quotes; there its pattern does what it can for the least that it may be."""
        digits = {0: "[0-9]+", 1: "0*[1-9][0-9]*"}.get(schema.get("ge", -1), "-?[0-9]+")
        return super().int_schema(schema) | {"type": ["integer", "string"], "pattern": f"^{digits}$"}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return dict(TRUE_OR_FALSE)

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        return dict(_TRUE) if schema["expected"] == [True] else {"enum": list(schema["expected"])}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return nullable(self.generate_inner(schema["schema"]))

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """None is how a key is left out, not a value that it can have; an empty default says nothing."""
        written = super().default_schema(schema)
        if written.get("default") in (None, [], ""):
            written.pop("default", None)
        if _NOTHING in written.get("anyOf", []):
            written |= written.pop("anyOf")[0]
        return written

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        written.pop("title", None)
        return written


def schemas_of(models: Iterable[type[Model]]) -> tuple[dict[type[Model], Schema], dict[str, Schema]]:
    """The schema of each model, and the definitions that they refer to, `model.<name>`.

    What a model says `stands_for` a definition becomes a reference to it.
    """
    wanted = list(models)
    refs, root = models_json_schema(
        [(model, "validation") for model in wanted],
        schema_generator=_FromYaml,
        ref_template="#/$defs/model.{model}",
    )
    defs: dict[str, Schema] = _referring(root["$defs"])
    own = {model: refs[model, "validation"]["$ref"].removeprefix("#/$defs/model.") for model in wanted}
    others = {f"model.{name}": schema for name, schema in defs.items() if name not in own.values()}
    return {model: defs[name] for model, name in own.items()}, others


def schema_of(model: type[BaseModel]) -> tuple[Schema, dict[str, Schema]]:
    """As `schemas_of`, for one model."""
    schemas, definitions = schemas_of([model])
    return schemas[model], definitions


def _referring(node: Any) -> Any:
    if isinstance(node, list | tuple):
        return [_referring(each) for each in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("stands_for"), str):
        return {key: node[key] for key in _ABOUT if key in node} | ref(node["stands_for"])
    return {key: _referring(each) for key, each in node.items()}
