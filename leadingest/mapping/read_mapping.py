"""A mapping file → Mapping, or all the problems with it at once, each with its line and column."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from pydantic import ValidationError

from leadingest.documents.model_problems import model_problems
from leadingest.documents.nearest import did_you_mean, listed
from leadingest.documents.yaml_document import Node, Scalar, Sequence, Table, plain, read_yaml
from leadingest.errors import DefinitionError
from leadingest.mapping.check_sql import sql_problems
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.expectation import Expectation
from leadingest.mapping.extend import extended
from leadingest.mapping.keys import MAPPING_KEYS
from leadingest.mapping.let_order import in_order
from leadingest.mapping.models import Condition, Entry, Mapping
from leadingest.mapping.read_entry import EntryReader
from leadingest.operations.lookup import Lookup
from leadingest.tables.load_table import LoadTable, read_load_table

#: What the tables hold in 64 characters, and what is plain in a command, a file name and a log.
_SOURCE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")

_NOT_PART_OF_THE_MEANING = ("about", "tests", "extends")


def read_mapping(path: Path, *, ddl: Path, shown_as: str | None = None) -> Mapping:
    """The mapping in `path`, checked against its load table in the folder `ddl`.

    Raises DefinitionError with every problem found, ConfigurationError when a file cannot be read.
    """
    name = shown_as or str(path)
    document = extended(read_yaml(path, shown_as=name), path, shown_as=name)
    return _Reader(document, path, ddl).mapping()


class _Reader:
    """Reads one document from top to bottom, gathering problems."""

    def __init__(self, document: Table, path: Path, ddl: Path) -> None:
        self.document, self.path = document, path
        self.table = self._load_table(ddl)
        self.entries = EntryReader(document, path.parent)
        self.problems = self.entries.problems

    def mapping(self) -> Mapping:
        self._refuse_unknown_keys()
        self.entries.read_default_on_invalid()
        source = self._source()
        delivery = self._delivery()
        let = self._let()
        fields = self._fields()
        where = self._where()
        ignore = self._ignore()
        tests = self._tests()
        self.problems.extend(sql_problems(self.document, let, fields, where))
        if self.problems or delivery is None:
            raise DefinitionError(
                sorted(set(self.problems), key=lambda each: (each.file, each.line, each.column))
            )
        return Mapping(
            path=self.path,
            source=source,
            about=self._text("about"),
            table=self.table,
            delivery=delivery,
            let=let,
            where=where,
            fields=fields,
            ignore=ignore,
            tests=tests,
            digest=self._digest([*let.values(), *fields.values()]),
            document=self.document,
        )

    def _load_table(self, ddl: Path) -> LoadTable:
        node = self.document.entries.get("into")
        name = "lead_sources" if node is None else node.text if isinstance(node, Scalar) else None
        known = sorted(file.stem for file in ddl.glob("*.yaml"))
        if node is not None and name not in known:
            said = f"into: there is no load table {name!r} in {ddl}{did_you_mean(str(name), known)}"
            raise DefinitionError([node.position.problem(said)])
        return read_load_table(ddl / f"{name}.yaml")

    def _refuse_unknown_keys(self) -> None:
        for key, position in self.document.keys.items():
            if key not in MAPPING_KEYS:
                self.problems.append(
                    position.problem(f"{key!r} is no key of a mapping{did_you_mean(key, MAPPING_KEYS)}")
                )

    def _text(self, key: str, *, required: bool = False) -> str:
        node = self.document.entries.get(key)
        text = node.text if isinstance(node, Scalar) else None
        if text is None and (required or node is not None):
            self._report(node or self.document, f"{key} must be given as a text")
        return text or ""

    def _source(self) -> str:
        name = self._text("source", required=True)
        if name and not _SOURCE_NAME.fullmatch(name):
            said = f"source must be 1 to 64 letters, digits or any of _ . - and begin with a letter or digit, not {name!r}"
            self._report(self.document.entries["source"], said)
        return name

    def _delivery(self) -> DeliveryFormat | None:
        node = self.document.entries.get("delivery")
        if not isinstance(node, Table) or "match" not in node.entries:
            self._report(
                node or self.document, 'delivery must say at least which files: {match: "name*.csv"}'
            )
            return None
        try:
            return DeliveryFormat.model_validate(plain(node))
        except ValidationError as error:
            self.problems.extend(model_problems(error, DeliveryFormat, self.document, ("delivery",)))
            return None

    def _let(self) -> dict[str, Entry]:
        node = self._table("let")
        read = (
            {name: self.entries.let(each, ("let", name)) for name, each in node.entries.items()}
            if node
            else {}
        )
        let, circle = in_order({name: entry for name, entry in read.items() if entry})
        if circle and node:
            self.problems.append(
                node.keys[circle[0]].problem(f"let values read each other in a circle: {' → '.join(circle)}")
            )
        return let

    def _fields(self) -> dict[str, Entry]:
        node = self._table("fields")
        if node is None or not node.entries:
            self._report(node or self.document, "fields must say what fills the fields of the load table")
            return {}
        fields: dict[str, Entry] = {}
        for name, each in node.entries.items():
            column = self.table.columns.get(name)
            if column is None:
                guess = did_you_mean(name, self.table.columns)
                said = f"the load table {self.table.name} has no field {name!r}{guess}"
                self.problems.append(node.keys[name].problem(said))
            elif entry := self.entries.field(each, ("fields", name), column.type):
                fields[name] = entry
        self._refuse_missing(node)
        return fields

    def _refuse_missing(self, node: Table) -> None:
        missing = [c.name for c in self.table.columns.values() if c.required and c.name not in node.entries]
        if missing:
            self._report(node, f"the load table {self.table.name} requires {listed(missing, last='and')}")

    def _where(self) -> Condition | None:
        node = self.document.entries.get("where")
        return self.entries.condition(node, ("where",), "where") if node else None

    def _ignore(self) -> tuple[str, ...]:
        node = self.document.entries.get("ignore")
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        texts = tuple(item.text for item in items if isinstance(item, Scalar) and item.text is not None)
        if len(texts) != len(items):
            self._report(node, "ignore must be a list of headers")
        return tuple(" ".join(text.split()) for text in texts)

    def _tests(self) -> tuple[Expectation, ...]:
        node = self.document.entries.get("tests")
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._report(node, "tests must be a list of records with what must become of them")
            return ()
        read = (self._test(item, number) for number, item in enumerate(node.items))
        return tuple(test for test in read if test)

    def _test(self, node: Node, number: int) -> Expectation | None:
        path = ("tests", number)
        try:
            test = Expectation.model_validate(plain(node))
        except ValidationError as error:
            self.problems.extend(model_problems(error, Expectation, self.document, path))
            return None
        for name in (*(test.lead or {}), *test.invalid, *([test.rejected] if test.rejected else [])):
            if name not in self.table.columns:
                guess = did_you_mean(name, self.table.columns)
                self._report(node, f"the load table {self.table.name} has no field {name!r}{guess}")
        return test

    def _table(self, key: str) -> Table | None:
        node = self.document.entries.get(key)
        if node is None or isinstance(node, Table):
            return node
        self._report(node, f"{key} must be names with what they mean")
        return None

    def _digest(self, entries: list[Entry]) -> str:
        nodes = self.document.entries.items()
        said = {key: plain(node) for key, node in nodes if key not in _NOT_PART_OF_THE_MEANING}
        parts = [json.dumps(said, ensure_ascii=False), self.table.digest, *_lookups(entries)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _report(self, node: Node, message: str) -> None:
        self.problems.append(node.position.problem(message))


def _lookups(entries: list[Entry]) -> list[str]:
    """Digests of the files that the entries look values up in."""
    found = []
    for entry in entries:
        found += [word.digest() for word in entry.words if isinstance(word, Lookup)]
        found += _lookups(list(entry.parts))
    return found
