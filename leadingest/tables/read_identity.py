"""Read `identity` of a load table from its YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from leadingest.documents.model_problems import model_problems
from leadingest.documents.nearest import unknown_word
from leadingest.documents.yaml_document import Step, Table, locate, plain
from leadingest.errors import Problem
from leadingest.tables.column import Column
from leadingest.tables.identity import LONGEST_KEY, Identity, KeyPart, KeyRule, ToldApart

_Names = Annotated[tuple[str, ...], Field(min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    join: _Names
    how: Literal["text", "street"] = Field(default="text", alias="as")


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filled: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _needs_filled(self) -> Self:
        if not self.filled:
            raise ValueError("must say what is filled: a list of columns or forms")
        if both := set(self.filled) & set(self.blank):
            raise ValueError(f"fits no lead: {min(both)!r} is to be filled and blank")
        return self


class _ToldApart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    names: _Names
    numbers: tuple[str, ...] = ()


def _as_rule(given: object) -> object:
    """A list alone is what must be filled."""
    return {"filled": given} if isinstance(given, list) else given


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    forms: dict[str, _Form] = {}
    rules: Annotated[tuple[Annotated[_Rule, BeforeValidator(_as_rule)], ...], Field(min_length=1)]
    distinct_within_source: _ToldApart | None = None


def read_identity(root: Table, columns: Mapping[str, Column], problems: list[Problem]) -> Identity:
    """The identity that the file describes, an empty one where it has none; faults are added to `problems`."""
    node = root.entries.get("identity")
    if node is None:
        return Identity()
    try:
        entry = _Entry.model_validate(plain(node))
    except ValidationError as error:
        known = ("join", "as", "filled", "blank", "names", "numbers")
        problems += model_problems(error, _Entry, root, ("identity",), known=known)
        return Identity()
    unknown = list(_unknown_names(root, entry, columns))
    problems += unknown
    if unknown:
        return Identity()
    identity = Identity(
        tuple(
            KeyRule(_parts(rule.filled, entry, columns), _parts(rule.blank, entry, columns))
            for rule in entry.rules
        ),
        _told_apart(entry.distinct_within_source, columns),
    )
    if identity.key_length > LONGEST_KEY:
        said = f"a key can have {identity.key_length} characters; at most {LONGEST_KEY} can be indexed"
        problems.append(locate(root, ("identity", "rules")).problem(said))
    return identity


def _parts(names: Sequence[str], entry: _Entry, columns: Mapping[str, Column]) -> tuple[KeyPart, ...]:
    return tuple(_part(name, entry, columns) for name in names)


def _part(name: str, entry: _Entry, columns: Mapping[str, Column]) -> KeyPart:
    form = entry.forms.get(name)
    if form is None:
        return KeyPart(name, (columns[name],))
    return KeyPart(name, tuple(columns[each] for each in form.join), street=form.how == "street")


def _told_apart(said: _ToldApart | None, columns: Mapping[str, Column]) -> ToldApart:
    if said is None:
        return ToldApart()
    return ToldApart(
        tuple(columns[name] for name in said.names), tuple(columns[name] for name in said.numbers)
    )


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
        for key, names in (("filled", rule.filled), ("blank", rule.blank)):
            for j, name in enumerate(names):
                yield ("rules", i, key, j), name, (*entry.forms, *columns)
    if (told := entry.distinct_within_source) is not None:
        for key, names in (("names", told.names), ("numbers", told.numbers)):
            for j, name in enumerate(names):
                yield ("distinct_within_source", key, j), name, columns
