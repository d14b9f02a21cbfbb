"""A mapping file → Mapping, or all the problems with it at once, each with its line and column."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from pathlib import Path

from leadingest.documents.copies import name_of
from leadingest.documents.nearest import did_you_mean
from leadingest.documents.read_yaml import ReadDocument, read_document
from leadingest.documents.yaml_document import Document, Scalar, Table, plain
from leadingest.errors import ConfigurationError, DefinitionError, Kind, Problem
from leadingest.mapping.extend import extended
from leadingest.mapping.models import Entry, Mapping, MappingSections, ParsedMapping
from leadingest.mapping.read_sections import SectionReader
from leadingest.mapping.shared_maps import with_shared_maps
from leadingest.operations.each import Each
from leadingest.operations.lookup import Lookup
from leadingest.tables.load_table import LoadTable, read_load_table

#: The load table of a mapping that does not say `into`.
DEFAULT_TABLE = "lead_sources"

_NOT_PART_OF_THE_MEANING = ("about", "tests", "extends", "guards", "on_drift", "expect", "key", "maps")


def read_mapping(path: Path, *, ddl: Path, shown_as: str | None = None) -> Mapping:
    """The mapping in `path`, checked against its load table in the folder `ddl`.

    Raises DefinitionError with every problem found, ConfigurationError when a file cannot be read.
    """
    return mapping_of(_examined(read_document(path, shown_as=shown_as), path, ddl, read_document))


def mapping_of(reading: ParsedMapping) -> Mapping:
    """What was read, as a mapping. Raises DefinitionError with its problems where it has some."""
    root, table, delivery = reading.root, reading.table, reading.delivery
    if reading.problems or root is None or table is None or delivery is None:
        raise DefinitionError(reading.problems)
    return Mapping(
        **{each.name: getattr(reading, each.name) for each in fields(MappingSections)},
        table=table,
        delivery=delivery,
        digest=_digest(root, table, [*reading.let.values(), *reading.fields.values()]),
        document=root,
    )


def examine_mapping(
    path: Path, *, ddl: Path, shown_as: str | None = None, read: ReadDocument = read_document
) -> ParsedMapping:
    """As much of the mapping as can be read, with the problems that `read_mapping` would raise.

    `read` reads its file and those that it extends.
    """
    name = shown_as or str(path)
    try:
        document = read(path, shown_as=name)
    except ConfigurationError as error:
        return ParsedMapping(path=path, name=name, problems=_problems(error, name, "unreadable_file"))
    return _examined(document, path, ddl, read)


def _examined(document: Document, path: Path, ddl: Path, read: ReadDocument) -> ParsedMapping:
    name = document.name
    try:
        root, documents = extended(document, path, read=read)
    except ConfigurationError as error:
        problems = (*document.problems, *_problems(error, name, "unreadable_file"))
        return ParsedMapping(path=path, name=name, problems=problems, documents=(document,))
    found = tuple(problem for each in documents for problem in each.problems)
    root, misnamed = with_shared_maps(root)
    found += misnamed
    try:
        table = _load_table(root, ddl)
    except ConfigurationError as error:
        problems = (*found, *_problems(error, name, "broken_load_table"))
        return ParsedMapping(path=path, name=name, problems=problems, documents=documents, root=root)
    reading = SectionReader(root, path, table).reading(name, documents)
    in_order = sorted({*found, *reading.problems}, key=lambda each: (each.file, each.line, each.column))
    return replace(reading, problems=tuple(in_order))


def _problems(error: ConfigurationError, name: str, kind: Kind) -> tuple[Problem, ...]:
    """What the error says, as problems; one that has no place of its own stands at the top of the file."""
    if isinstance(error, DefinitionError):
        return error.problems
    file, colon, message = error.message.partition(": ")
    return (Problem(file if colon else name, 1, 1, message or error.message, kind),)


def _load_table(document: Table, ddl: Path) -> LoadTable:
    node = document.entries.get("into")
    name = DEFAULT_TABLE if node is None else node.text if isinstance(node, Scalar) else None
    table_names = sorted(file.stem for file in ddl.glob("*.yaml"))
    if node is not None and name not in table_names:
        message = f"into: no load table {name!r} in {name_of(ddl)}{did_you_mean(str(name), table_names)}"
        raise DefinitionError([node.position.problem(message, "unknown_table")])
    try:
        return read_load_table(ddl / f"{name}.yaml")
    except DefinitionError as error:
        raise DefinitionError(
            [replace(problem, kind="broken_load_table") for problem in error.problems]
        ) from error


def _digest(document: Table, table: LoadTable, entries: list[Entry]) -> str:
    content = {
        key: plain(node) for key, node in document.entries.items() if key not in _NOT_PART_OF_THE_MEANING
    }
    parts = [json.dumps(content, ensure_ascii=False), table.digest, *_lookups(entries)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _lookups(entries: list[Entry]) -> list[str]:
    """Digests of the files that the entries look values up in."""
    found = []
    for entry in entries:
        words = [*entry.operations]
        words += [word for each in entry.operations if isinstance(each, Each) for word in each.each]
        found += [word.digest() for word in words if isinstance(word, Lookup)]
        found += _lookups(list(entry.parts))
    return found
