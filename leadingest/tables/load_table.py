"""The table that leads are loaded into, as `ddl/<table>.yaml` describes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leadingest.documents.nearest import unknown_word
from leadingest.documents.read_yaml import parse_yaml, read_text
from leadingest.documents.yaml_document import Scalar, Table
from leadingest.errors import DefinitionError, Problem
from leadingest.tables.column import Column
from leadingest.tables.identity import Identity, KeyPart
from leadingest.tables.read_column import read_column
from leadingest.tables.read_identity import read_identity

KEYS = ("table", "about", "columns", "identity")

#: Bytes that the text columns may take together, of the 65,535 MySQL allows in a row.
#: Source: MySQL reference manual, "Limits on Table Column Count and Row Size".
MOST_TEXT_BYTES = 60_000


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


def read_load_table(path: Path) -> LoadTable:
    """The load table that the YAML file describes.

    Raises ConfigurationError when the file cannot be read, and DefinitionError with every fault of it.
    """
    return _described(path, read_text(path, str(path)))


@lru_cache(maxsize=16)
def _described(path: Path, text: str) -> LoadTable:
    """The load table; a run of a hundred mappings reads it once."""
    root = parse_yaml(text, str(path))
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
    return LoadTable(name, about, columns, identity, _digest(name, columns, identity))


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
    if (size := _text_bytes(columns)) > MOST_TEXT_BYTES:
        problems.append(
            root.keys["columns"].problem(
                f"the texts take {size:,} bytes in MySQL; at most {MOST_TEXT_BYTES:,} fit"
            )
        )
    return columns


def _text_bytes(columns: Mapping[str, Column]) -> int:
    return 4 * sum(column.type.storage.length or 0 for column in columns.values())


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
