"""The table that leads are loaded into, as `ddl/<table>.yaml` describes it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

import polars as pl
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from leadingest.documents.copies import name_of
from leadingest.documents.model_problems import TrueOrFalse, model_problems
from leadingest.documents.nearest import unknown_word
from leadingest.documents.read_yaml import parse_yaml, read_text
from leadingest.documents.yaml_document import Position, Scalar, Step, Table, locate, plain
from leadingest.errors import DefinitionError, Problem
from leadingest.tables.column import Column
from leadingest.tables.identity import Identity, KeyPart, KeyRule, ToldApart
from leadingest.tables.types import TYPES, type_named
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.country import CountryCode
from leadingest.tables.types.regional import Regional

#: Columns that every load table has beside the lead fields.
LINEAGE = (
    "id",
    "load",
    "load_id",
    "record_number",
    "source_name",
    "source_filename",
    "source_record_number",
    "source_extract_time",
    "filled_fields",
    "lead_key",
    "lead_key_digest",
    "name_hash",
    "key_is_shared",
    "updated_at",
    "published_from",
    "published_until",
)
#: What databases take without quotes, in lower case.
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class _ColumnEntry(BaseModel):
    """The keys of a column that do not depend on its type."""

    model_config = ConfigDict(defer_build=True, extra="forbid")

    type: str
    about: str
    required: TrueOrFalse = False
    one_of: dict[str, str] = {}


_OWN = tuple(_ColumnEntry.model_fields)


def read_column(root: Table, name: str, problems: list[Problem]) -> Column | None:
    """The column `name`, or None with its faults added to `problems`."""
    found = len(problems)
    path = ("columns", name)
    if not TABLE_NAME.fullmatch(name):
        problems.append(
            locate(root, path).problem(f"{name!r} must consist of lowercase letters, digits and _")
        )
    if name in LINEAGE:
        problems.append(locate(root, path).problem(f"{name!r} is the name of a column that leadingest adds"))
    columns = root.entries["columns"]
    entry = plain(columns.entries[name]) if isinstance(columns, Table) else None
    if not isinstance(entry, dict):
        problems.append(locate(root, path).problem(f"{name!r} needs a table of keys: type, about"))
        return None
    own = _own_keys(root, name, entry, problems)
    column_type = _type(root, name, entry, problems)
    if own is None or column_type is None:
        return None
    _check_one_of(root, name, column_type, own.one_of, problems)
    if len(problems) > found:
        return None
    return Column(name, column_type, own.about, own.required, own.one_of)


def _own_keys(
    root: Table, name: str, entry: Mapping[str, object], problems: list[Problem]
) -> _ColumnEntry | None:
    try:
        return _ColumnEntry.model_validate({key: value for key, value in entry.items() if key in _OWN})
    except ValidationError as error:
        problems += model_problems(error, _ColumnEntry, root, ("columns", name))
        return None


def _type(root: Table, name: str, entry: Mapping[str, object], problems: list[Problem]) -> ColumnType | None:
    path = ("columns", name)
    word = entry.get("type")
    if not isinstance(word, str):
        return None
    cls = type_named(word)
    if cls is None:
        type_names = [each.name for each in TYPES]
        problems.append(locate(root, (*path, "type")).problem(unknown_word(word, "a type", type_names)))
        return None
    try:
        return cls.model_validate({key: value for key, value in entry.items() if key not in _OWN})
    except ValidationError as error:
        problems += model_problems(error, cls, root, path, other_keys=_OWN)
        return None


def _check_one_of(
    root: Table, name: str, column_type: ColumnType, one_of: Mapping[str, str], problems: list[Problem]
) -> None:
    """Every allowed value must be what the type stores, or no lead could ever have it."""
    if not one_of:
        return
    path = ("columns", name, "one_of")
    if column_type.storage.kind != "text":
        problems.append(locate(root, path).problem(f"'one_of' is for texts; {name!r} is {column_type.name}"))
        return
    stored = pl.select(column_type.parse(pl.lit(pl.Series(list(one_of))), today=date.min)).to_series()
    for value, kept in zip(one_of, stored, strict=True):
        if value != kept:
            place = locate(root, (*path, value))
            problems.append(place.problem(f"{value!r} is {column_type.problem}"))


_Names = Annotated[tuple[str, ...], Field(min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid")

    join: _Names
    how: Literal["text", "street"] = Field(default="text", alias="as")


class _Rule(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid")

    filled: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _needs_filled(self) -> Self:
        if not self.filled:
            raise ValueError("must list columns or forms")
        if both := set(self.filled) & set(self.blank):
            raise ValueError(f"cannot match any lead: {min(both)!r} must be both filled and blank")
        return self


class _ToldApart(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid")

    names: _Names
    numbers: tuple[str, ...] = ()


def _as_rule(given: object) -> object:
    """A list alone is what must be filled."""
    return {"filled": given} if isinstance(given, list) else given


class _IdentityEntry(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid")

    forms: dict[str, _Form] = {}
    rules: Annotated[tuple[Annotated[_Rule, BeforeValidator(_as_rule)], ...], Field(min_length=1)]
    distinct_within_source: _ToldApart | None = None


def read_identity(root: Table, columns: Mapping[str, Column], problems: list[Problem]) -> Identity:
    """The identity that the file describes, an empty one where it has none; faults are added to `problems`."""
    node = root.entries.get("identity")
    if node is None:
        return Identity()
    try:
        entry = _IdentityEntry.model_validate(plain(node))
    except ValidationError as error:
        keys = ("join", "as", "filled", "blank", "names", "numbers")
        problems += model_problems(error, _IdentityEntry, root, ("identity",), other_keys=keys)
        return Identity()
    unknown = list(_unknown_names(root, entry, columns))
    problems += unknown
    if unknown:
        return Identity()
    return Identity(
        tuple(
            KeyRule(_key_parts(rule.filled, entry, columns), _key_parts(rule.blank, entry, columns))
            for rule in entry.rules
        ),
        _told_apart(entry.distinct_within_source, columns),
    )


def _key_parts(
    names: Sequence[str], entry: _IdentityEntry, columns: Mapping[str, Column]
) -> tuple[KeyPart, ...]:
    return tuple(_part(name, entry, columns) for name in names)


def _part(name: str, entry: _IdentityEntry, columns: Mapping[str, Column]) -> KeyPart:
    form = entry.forms.get(name)
    if form is None:
        return KeyPart(name, (columns[name],))
    return KeyPart(name, tuple(columns[each] for each in form.join), street=form.how == "street")


def _told_apart(entry: _ToldApart | None, columns: Mapping[str, Column]) -> ToldApart:
    if entry is None:
        return ToldApart()
    return ToldApart(
        tuple(columns[name] for name in entry.names), tuple(columns[name] for name in entry.numbers)
    )


def _unknown_names(root: Table, entry: _IdentityEntry, columns: Mapping[str, Column]) -> Iterator[Problem]:
    for path, name, candidates in _names(entry, tuple(columns)):
        if name not in candidates:
            place = locate(root, ("identity", *path))
            yield place.problem(unknown_word(name, "a column or form", candidates))


def _names(
    entry: _IdentityEntry, columns: tuple[str, ...]
) -> Iterator[tuple[tuple[Step, ...], str, tuple[str, ...]]]:
    """Every name the identity uses: its path, itself, and what it may be."""
    for form_name, form in entry.forms.items():
        for i, name in enumerate(form.join):
            yield ("forms", form_name, "join", i), name, columns
    for i, rule in enumerate(entry.rules):
        for key, names in (("filled", rule.filled), ("blank", rule.blank)):
            for j, name in enumerate(names):
                yield ("rules", i, key, j), name, (*entry.forms, *columns)
    if (distinct := entry.distinct_within_source) is not None:
        for key, names in (("names", distinct.names), ("numbers", distinct.numbers)):
            for j, name in enumerate(names):
                yield ("distinct_within_source", key, j), name, columns


KEYS = ("table", "about", "columns", "identity")

#: A part of the description that a destination may be unable to keep.
Part = Literal["columns", "identity"]


@dataclass(frozen=True)
class LoadTable:
    """A load table: its columns in the order of the file, and what makes two leads the same.

    `digest` is the SHA-256 of what the file means for a load. Comments, descriptions and the order of
    the columns are not part of it: to reword one is no reason to load every delivery again.
    """

    name: str
    about: str
    columns: Mapping[str, Column]
    identity: Identity
    digest: str
    #: Where each part of the description stands.
    places: Mapping[Part, Position] = field(default_factory=dict, compare=False)

    def __eq__(self, other: object) -> bool:
        """Whether the two say the same, in words and in the order of columns as well."""
        return isinstance(other, LoadTable) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def _said(self) -> tuple[object, ...]:
        return self.name, self.about, list(self.columns.items()), self.identity, self.digest

    @property
    def text_bytes(self) -> int:
        """Bytes that the texts of a row may take together, of at most four a character."""
        return 4 * sum(column.type.storage.length or 0 for column in self.columns.values())

    def problem(self, part: Part, message: str) -> Problem:
        """What is wrong with a part of the description, at its place."""
        return self.places.get(part, Position(f"{self.name}.yaml", 1, 1)).problem(message)


def read_load_table(path: Path) -> LoadTable:
    """The load table that the YAML file describes.

    Raises ConfigurationError when the file cannot be read, and DefinitionError with every fault of it.
    """
    return _described(path, read_text(path, name_of(path)))


@lru_cache(maxsize=16)
def _described(path: Path, text: str) -> LoadTable:
    """The load table; a run of a hundred mappings reads it once."""
    root = parse_yaml(text, name_of(path))
    problems = [
        place.problem(unknown_word(key, "a key of a load table", KEYS))
        for key, place in root.keys.items()
        if key not in KEYS
    ]
    name, about = _text(root, "table", problems), _text(root, "about", problems)
    if name and name != path.stem:
        problems.append(root.keys["table"].problem(f"table {name!r} must be described in {name}.yaml"))
    columns = _columns(root, problems)
    identity = read_identity(root, columns, problems)
    if problems:
        raise DefinitionError(problems)
    places: dict[Part, Position] = {
        "columns": root.keys["columns"],
        "identity": locate(root, ("identity", "rules")),
    }
    return LoadTable(name, about, columns, identity, _digest(name, columns, identity), places)


def _text(root: Table, key: str, problems: list[Problem]) -> str:
    node = root.entries.get(key)
    if isinstance(node, Scalar) and node.text:
        return node.text
    problems.append((root.keys.get(key) or root.position).problem(f"{key!r} needs a text"))
    return ""


def _columns(root: Table, problems: list[Problem]) -> dict[str, Column]:
    node = root.entries.get("columns")
    if not isinstance(node, Table) or not node.entries:
        problems.append(
            (root.keys.get("columns") or root.position).problem("'columns' needs a table of columns")
        )
        return {}
    read = [read_column(root, name, problems) for name in node.entries]
    columns = {column.name: column for column in read if column}
    problems += _misplaced_regions(root, columns, node.entries)
    return columns


def _misplaced_regions(
    root: Table, columns: Mapping[str, Column], all_names: Collection[str]
) -> Iterator[Problem]:
    """Columns whose `region` names what is no column of countries: then no value could be read."""
    for name, column in columns.items():
        where = column.type.region_of if isinstance(column.type, Regional) else None
        if where is None or (where.column in all_names and where.column not in columns):
            continue  # a column with faults of its own has been reported
        place = locate(root, ("columns", name, "region"))
        if where.headers:
            yield place.problem("a load table knows no headers: name a field with `column`")
        elif not (found := columns.get(where.column)):
            yield place.problem(unknown_word(where.column, "a column", columns))
        elif not isinstance(found.type, CountryCode):
            yield place.problem(f"{where.column!r} is {found.type.name}; a region must be country")


def _digest(name: str, columns: Mapping[str, Column], identity: Identity) -> str:
    meaning = {
        "table": name,
        "columns": {column.name: _column_meaning(column) for column in columns.values()},
        "identity": [[_parts_meaning(rule.parts), _parts_meaning(rule.blank)] for rule in identity.rules],
        "told_apart": [
            [column.name for column in columns]
            for columns in (identity.told_apart.names, identity.told_apart.numbers)
        ],
    }
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()


def _parts_meaning(parts: Sequence[KeyPart]) -> list[list[object]]:
    return [[part.name, part.street, [column.name for column in part.columns]] for part in parts]


def _column_meaning(column: Column) -> dict[str, object]:
    return {
        "type": column.type.name,
        "options": column.type.model_dump(mode="json"),
        "required": column.required,
        "one_of": sorted(column.one_of),
    }
