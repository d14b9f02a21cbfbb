"""Read one column of a load table from its YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from leadingest.documents.model_problems import model_problems
from leadingest.documents.nearest import unknown_word
from leadingest.documents.true_or_false import TrueOrFalse
from leadingest.documents.yaml_document import Table, locate, plain
from leadingest.errors import Problem
from leadingest.tables.column import Column
from leadingest.tables.types import TYPES, type_named
from leadingest.tables.types.base import ColumnType

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
    "name_hash",
    "updated_at",
)
#: What MySQL takes without quotes, in lower case.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class _Entry(BaseModel):
    """The keys of a column that do not depend on its type."""

    model_config = ConfigDict(extra="forbid")

    type: str
    about: str
    required: TrueOrFalse = False
    one_of: dict[str, str] = {}


_OWN = tuple(_Entry.model_fields)


def read_column(root: Table, name: str, problems: list[Problem]) -> Column | None:
    """The column `name`, or None with its faults added to `problems`."""
    found = len(problems)
    path = ("columns", name)
    if not _NAME.fullmatch(name):
        problems.append(locate(root, path).problem(f"{name!r} must be lower-case letters, digits and _"))
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


def _own_keys(root: Table, name: str, entry: Mapping[str, object], problems: list[Problem]) -> _Entry | None:
    try:
        return _Entry.model_validate({key: value for key, value in entry.items() if key in _OWN})
    except ValidationError as error:
        problems += model_problems(error, _Entry, root, ("columns", name))
        return None


def _type(root: Table, name: str, entry: Mapping[str, object], problems: list[Problem]) -> ColumnType | None:
    path = ("columns", name)
    word = entry.get("type")
    if not isinstance(word, str):
        return None
    cls = type_named(word)
    if cls is None:
        known = [each.name for each in TYPES]
        problems.append(locate(root, (*path, "type")).problem(unknown_word(word, "a type", known)))
        return None
    try:
        return cls.model_validate({key: value for key, value in entry.items() if key not in _OWN})
    except ValidationError as error:
        problems += model_problems(error, cls, root, path, known=_OWN)
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
