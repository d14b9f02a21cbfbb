"""Fields whose values the load table lists: wherever such a value may stand, an editor offers them.

Any text may stand there all the same: what a word does to it later, the schema cannot know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadingest.mapping.schema.yaml_schema import TEXT, Schema, ref
from leadingest.tables.column import Column


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
