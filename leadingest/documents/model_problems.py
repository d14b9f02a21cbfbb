"""What pydantic found wrong, in words for the person who wrote the file, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from leadingest.documents.nearest import did_you_mean
from leadingest.documents.yaml_document import Node, Step, locate
from leadingest.errors import FaultError, Kind, Problem

_WORDS = {"true": True, "false": False}


def _read(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    raise ValueError("must be true or false")


#: The value of a key that is switched on or off.
TrueOrFalse = Annotated[bool, BeforeValidator(_read)]


_WORDING = {
    "missing": "must be given",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be a text",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
}


def model_problems(
    error: ValidationError,
    model: type[BaseModel],
    node: Node,
    path: tuple[Step, ...],
    *,
    other_keys: Iterable[str] = (),
) -> Iterator[Problem]:
    """One problem per key at fault. `path` leads from `node` to the one that the model refused.

    A union reports each of its members; the one that got deepest is what was meant. A key that is missing
    has no place: the first key of the model stands for it. `other_keys` are keys that may stand there beside
    those of the model, for "did you mean".
    """
    own = [name for name in model.__annotations__ if name in model.model_fields]  # in the order of the model
    first = model.model_fields[own[0]].alias or own[0] if own else next(iter(_fields(model)))
    deepest: dict[Step, ErrorDetails] = {}
    for fault in error.errors(include_url=False):
        key = fault["loc"][0] if fault["loc"] else first
        if key not in deepest or _says_more(fault, deepest[key]):
            deepest[key] = fault
    for fault in deepest.values():
        where = fault["loc"]
        place = (first,) if fault["type"] == "missing" and len(where) == 1 else where
        # A key that is missing or not known is named itself, for any other fault the one that the model refused.
        itself = fault["type"] in ("missing", "extra_forbidden")
        steps = reversed(where) if itself else where
        name = next((str(step) for step in steps if isinstance(step, str)), str(path[-1]))
        fields = _fields_at(model, where[:-1]) if itself else _fields(model)
        more = other_keys if len(where) == 1 or not _fields_at(model, where[:-1]) else ()
        yield locate(node, (*path, *place)).problem(
            f"{name} {_words(fault)}{_hint(fault, name, fields, more)}", _kind(fault)
        )


def _says_more(fault: ErrorDetails, than: ErrorDetails) -> bool:
    """Whether a fault is the one to tell: it lies deeper, or tells of a key why another one is missing."""
    deeper = len(fault["loc"]) - len(than["loc"])
    return deeper > 0 or (not deeper and fault["type"] == "extra_forbidden" and than["type"] == "missing")


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _fields_at(model: type[BaseModel], where: tuple[Step, ...]) -> dict[str, FieldInfo]:
    """The fields of the model within the model that the steps lead to; none where they lead to something else."""
    fields = _fields(model)
    for step in where:
        field = fields.get(str(step))
        inner = field.annotation if field else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return {}
        fields = _fields(inner)
    return fields


def _kind(fault: ErrorDetails) -> Kind:
    raised = fault.get("ctx", {}).get("error")
    if isinstance(raised, FaultError):
        return raised.kind
    kinds: dict[str, Kind] = {"missing": "missing_key", "extra_forbidden": "unknown_word"}
    return kinds.get(fault["type"], "wrong_value")


def _hint(fault: ErrorDetails, name: str, fields: Mapping[str, FieldInfo], other_keys: Iterable[str]) -> str:
    if fault["type"] == "extra_forbidden":
        return did_you_mean(name, [*fields, *other_keys])
    description = fields[name].description if fault["type"] == "missing" and name in fields else None
    return f": {description[0].lower()}{description[1:].rstrip('.')}" if description else ""


def _words(fault: ErrorDetails) -> str:
    kind, given = fault["type"], fault.get("input")
    if kind == "literal_error":
        choices = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        guess = did_you_mean(given, choices) if isinstance(given, str) else ""
        return f"must be one of {', '.join(choices)}, not {given!r}{guess}"
    if kind == "greater_than_equal":
        return f"must be at least {fault['ctx']['ge']}"
    if kind == "less_than_equal":
        return f"must be at most {fault['ctx']['le']}"
    if kind == "extra_forbidden":
        return "is not a known key"
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    if kind == "assertion_error":
        return str(fault["msg"]).removeprefix("Assertion failed, ")
    return _WORDING.get(kind) or str(fault["msg"])[:1].lower() + str(fault["msg"])[1:]
