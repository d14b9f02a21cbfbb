"""Read `identity` of a load table from its YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from leadingest.documents.model_problems import model_problems
from leadingest.documents.nearest import unknown_word
from leadingest.documents.yaml_document import Step, Table, locate, plain
from leadingest.errors import Problem
from leadingest.tables.column import Column
from leadingest.tables.identity import LONGEST_KEY, Identity, KeyPart

_Names = Annotated[tuple[str, ...], Field(min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    join: _Names
    how: Literal["text", "street"] = Field(default="text", alias="as")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    forms: dict[str, _Form] = {}
    rules: Annotated[tuple[_Names, ...], Field(min_length=1)]


def read_identity(root: Table, columns: Mapping[str, Column], problems: list[Problem]) -> Identity:
    """The identity that the file describes, an empty one where it has none; faults are added to `problems`."""
    node = root.entries.get("identity")
    if node is None:
        return Identity()
    try:
        entry = _Entry.model_validate(plain(node))
    except ValidationError as error:
        problems += model_problems(error, _Entry, root, ("identity",), known=("join", "as"))
        return Identity()
    unknown = list(_unknown_names(root, entry, columns))
    problems += unknown
    if unknown:
        return Identity()
    identity = Identity(tuple(tuple(_part(name, entry, columns) for name in rule) for rule in entry.rules))
    if identity.key_length > LONGEST_KEY:
        said = f"a key can have {identity.key_length} characters; at most {LONGEST_KEY} can be indexed"
        problems.append(locate(root, ("identity", "rules")).problem(said))
    return identity


def _part(name: str, entry: _Entry, columns: Mapping[str, Column]) -> KeyPart:
    form = entry.forms.get(name)
    if form is None:
        return KeyPart(name, (columns[name],))
    return KeyPart(name, tuple(columns[each] for each in form.join), street=form.how == "street")


def _unknown_names(root: Table, entry: _Entry, columns: Mapping[str, Column]) -> Iterator[Problem]:
    for path, name, known in _names(entry, tuple(columns)):
        if name not in known:
            place = locate(root, ("identity", *path))
            yield place.problem(unknown_word(name, "a column or form", known))


def _names(
    entry: _Entry, columns: tuple[str, ...]
) -> Iterator[tuple[tuple[Step, ...], str, tuple[str, ...]]]:
    """Every name the identity uses: its path, itself, and what it may be."""
    for form_name, form in entry.forms.items():
        for i, name in enumerate(form.join):
            yield ("forms", form_name, "join", i), name, columns
    for i, rule in enumerate(entry.rules):
        for j, name in enumerate(rule):
            yield ("rules", i, j), name, (*entry.forms, *columns)
