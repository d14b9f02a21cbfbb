"""The sections of one mapping, read from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

import polars as pl
from pydantic import BaseModel, ValidationError

from leadingest.documents.model_problems import model_problems
from leadingest.documents.nearest import did_you_mean, listed
from leadingest.documents.yaml_document import Document, Node, Scalar, Sequence, Step, Table, locate, plain
from leadingest.errors import Kind, Problem
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.keys import MAPPING_KEYS
from leadingest.mapping.models import Condition, Entry, ParsedMapping
from leadingest.mapping.read_entry import EntryReader
from leadingest.mapping.sections import DeliverySchedule, Guards, Keep, MappingTest, OnDrift
from leadingest.operations.sources.sql import Sql
from leadingest.operations.sql_expression import kind_of_sql, names_read
from leadingest.operations.sql_range import refuse_uncertain
from leadingest.tables.load_table import LoadTable


def sql_problems(
    document: Table, let: Mapping[str, Entry], fields: Mapping[str, Entry], where: Condition | None
) -> Iterator[Problem]:
    """What is wrong with each `sql`, `when` and `where`: types that do not go together, a condition that is none."""
    kinds = {name: entry.type.dtype if entry.type else pl.String() for name, entry in let.items()}
    for entry in (*let.values(), *fields.values()):
        for path, text, condition in _expressions(entry):
            if message := _complaint(text, kinds, condition=condition):
                yield locate(document, path).problem(f"{path[-1]} {message}", "bad_sql")
    if where and (message := _complaint(where.text, kinds, condition=True)):
        yield locate(document, ("where",)).problem(f"where {message}", "bad_sql")


def _expressions(entry: Entry) -> Iterator[tuple[tuple[Step, ...], str, bool]]:
    """The path and text of each expression of the entry, and whether it must be a condition."""
    if isinstance(entry.source, Sql):
        yield (*entry.path, "sql"), entry.source.sql, False
    if entry.when:
        yield (*entry.path, "when"), entry.when.text, True
    for part in entry.parts:
        yield from _expressions(part)


def _complaint(text: str, kinds: Mapping[str, pl.DataType], *, condition: bool) -> str:
    try:
        kind = _kind(text, tuple((name, kinds.get(name, pl.String())) for name in names_read(text)))
    except ValueError as error:
        return str(error)
    if condition and kind not in (pl.Boolean(), pl.Null()):
        return f"must be a condition, such as x = 'Y', not a value ({text})"
    return ""


@lru_cache(maxsize=4096)
def _kind(text: str, names: tuple[tuple[str, pl.DataType], ...]) -> pl.DataType:
    """The type of what the expression gives; sources of one trade ask the same of the same headers."""
    kind = kind_of_sql(text, dict(names))
    refuse_uncertain(text, dict(names))
    return kind


def in_order(let: Mapping[str, Entry]) -> tuple[dict[str, Entry], list[str]]:
    """The values, each after those it reads; and, where they go in a circle, the names on it in order."""
    needs = {name: [other for other in entry.names() if other in let] for name, entry in let.items()}
    try:
        return {name: let[name] for name in TopologicalSorter(needs).static_order()}, []
    except CycleError as error:
        return dict(let), list(reversed(error.args[1]))


#: What the tables hold in 64 characters, and what is plain in a command, a file name and a log.
SOURCE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


_Model = TypeVar("_Model", bound=BaseModel)


def _as_compared(header: str) -> str:
    return " ".join(header.split())


class SectionReader:
    """Reads what a mapping and all that it extends say together, gathering problems."""

    def __init__(self, document: Table, path: Path, table: LoadTable) -> None:
        self.document, self.path, self.table = document, path, table
        self.entries = EntryReader(document, path.parent)
        self.problems = self.entries.problems

    def reading(self, name: str, documents: tuple[Document, ...]) -> ParsedMapping:
        """The mapping as far as it can be read; `name` is how messages call its file."""
        self._refuse_unknown_keys()
        self.entries.read_default_on_invalid()
        source, about = self._source(), self._text("about")
        delivery, guards = self._delivery(), self._section("guards", Guards) or Guards.model_construct()
        on_drift = self._section("on_drift", OnDrift) or OnDrift.model_construct()
        expect = self._section("expect", DeliverySchedule)
        let = self._let()
        fields = self._fields()
        where = self._where()
        keep = self._keep(let)
        read = {name for entry in (*let.values(), *fields.values()) for name in entry.names()}
        repeated = self._repeated(delivery, let, fields, where)
        aliases = self._aliases(read | repeated | set(where.names if where else ()), let.keys())
        key = self._key()
        ignore = self._ignore()
        tests = self._tests()
        self.problems.extend(sql_problems(self.document, let, fields, where))
        return ParsedMapping(
            path=self.path,
            name=name,
            problems=tuple(self.problems),
            documents=documents,
            root=self.document,
            table=self.table,
            source=source,
            about=about,
            delivery=delivery.with_aliases(aliases) if delivery else None,
            guards=guards,
            on_drift=on_drift,
            expect=expect,
            aliases=aliases,
            let=let,
            where=where,
            keep=keep,
            fields=fields,
            key=key,
            ignore=ignore,
            tests=tests,
        )

    def _refuse_unknown_keys(self) -> None:
        for key, position in self.document.keys.items():
            if key not in MAPPING_KEYS:
                message = f"unknown key {key!r}{did_you_mean(key, MAPPING_KEYS)}"
                self.problems.append(position.problem(message, "unknown_word"))

    def _text(self, key: str, *, required: bool = False) -> str:
        node = self.document.entries.get(key)
        text = node.text if isinstance(node, Scalar) else None
        if text is None and (required or node is not None):
            self._report(
                node or self.document,
                f"{key} must be given as a text",
                "wrong_value" if node else "missing_key",
            )
        return text or ""

    def _source(self) -> str:
        name = self._text("source", required=True)
        if name and not SOURCE_NAME.fullmatch(name):
            message = f"source must be 1 to 64 letters, digits or any of _ . - and start with a letter or digit, not {name!r}"
            self._report(self.document.entries["source"], message)
        return name

    def _delivery(self) -> DeliveryFormat | None:
        node = self.document.entries.get("delivery")
        if not isinstance(node, Table) or "match" not in node.entries:
            message = 'delivery must at least name the files: {match: "name*.csv"}'
            self._report(node or self.document, message, "missing_key")
            return None
        return self._section("delivery", DeliveryFormat)

    def _repeated(
        self,
        delivery: DeliveryFormat | None,
        let: Mapping[str, Entry],
        fields: Mapping[str, Entry],
        where: Condition | None,
    ) -> set[str]:
        """The headers under `repeat`. Entries that read one are refused: no record has it any more."""
        columns = delivery.repeat if delivery else ()
        column_of = {names[0]: column.name for column in columns for names in column.headers}
        read = [
            (name, entry.position) for entry in (*let.values(), *fields.values()) for name in entry.names()
        ]
        read += [(name, locate(self.document, ("where",))) for name in (where.names if where else ())]
        for name, position in read:
            if name in column_of and name not in column_of.values():
                message = f"`repeat` makes {column_of[name]!r} of {name!r}: read that instead"
                self.problems.append(position.problem(message))
        return column_of.keys() - column_of.values()

    def _section(self, key: str, model: type[_Model]) -> _Model | None:
        """The settings under `key`; None where there are none, or they have problems."""
        node = self._table(key)
        if node is None:
            return None
        try:
            return model.model_validate(plain(node))
        except ValidationError as error:
            self.problems.extend(model_problems(error, model, self.document, (key,)))
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
            message = f"let values depend on each other in a circle: {' → '.join(circle)}"
            self.problems.append(node.keys[circle[0]].problem(message, "circular_let"))
        return let

    def _fields(self) -> dict[str, Entry]:
        node = self._table("fields")
        if node is None or not node.entries:
            message = "fields must define the fields of the load table"
            self._report(node or self.document, message, "missing_key")
            return {}
        fields: dict[str, Entry] = {}
        for name, each in node.entries.items():
            column = self.table.columns.get(name)
            if column is None:
                guess = did_you_mean(name, self.table.columns)
                message = f"the load table {self.table.name} has no field {name!r}{guess}"
                self.problems.append(node.keys[name].problem(message, "unknown_field"))
            elif entry := self.entries.field(each, ("fields", name), column.type):
                fields[name] = entry
        self._refuse_missing(node)
        return fields

    def _refuse_missing(self, node: Table) -> None:
        missing = [c.name for c in self.table.columns.values() if c.required and c.name not in node.entries]
        if missing:
            message = f"the load table {self.table.name} requires {listed(missing, last='and')}"
            self._report(node, message, "required_field")

    def _where(self) -> Condition | None:
        node = self.document.entries.get("where")
        return self.entries.condition(node, ("where",), "where") if node else None

    def _keep(self, let: Mapping[str, Entry]) -> Keep | None:
        keep, filled = self._section("keep", Keep), self.document.entries.get("fields")
        fields = filled.entries if isinstance(filled, Table) else {}
        known = {*let, *(name for name in fields if name in self.table.columns)}
        for key, names in (("latest", keep.latest), ("per", keep.per)) if keep else ():
            place = locate(self.document, ("keep", key))
            for name in names:
                if name not in known:
                    what = "is neither a field that the mapping fills nor a let value"
                    message = f"{key} uses {name!r}, which {what}{did_you_mean(name, sorted(known))}"
                    self.problems.append(place.problem(message, "unknown_field"))
                elif key == "latest" and keep and name in keep.per:
                    message = (
                        f"latest and per cannot both have {name!r}: it is the same in all records of a key"
                    )
                    self.problems.append(place.problem(message))
        return keep

    def _aliases(self, read: AbstractSet[str], let: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
        """The aliases of each header; `read` are all names that the mapping reads."""
        node = self._table("aliases")
        column_of: dict[str, str] = {}
        for key, others in node.entries.items() if node else ():
            header = _as_compared(key)
            if header in let:
                message = f"{header!r} is a let value, not a header: give the headers in its entry, as a list"
                self.problems.append(locate(self.document, ("aliases", key)).problem(message))
            for item in self._texts(others, f"the aliases of {header!r} must be headers", least=1):
                name = _as_compared(item.text or "")
                if name == header or name in read:
                    message = f"the mapping reads {name!r} itself: name the column {header!r} everywhere"
                    self._report(item, message)
                elif column_of.setdefault(name, header) != header:
                    message = (
                        f"{name!r} is also an alias of {column_of[name]!r}: a header belongs to one column"
                    )
                    self._report(item, message)
        columns = dict.fromkeys(column_of.values())
        return {column: tuple(name for name, of in column_of.items() if of == column) for column in columns}

    def _key(self) -> tuple[str, ...]:
        node = self.document.entries.get("key")
        named = self._texts(node, "key must be the fields that identify a lead", least=1)
        filled = self.document.entries.get("fields")
        for item in named:
            name = item.text or ""
            if name not in self.table.columns:
                guess = did_you_mean(name, self.table.columns)
                message = f"the load table {self.table.name} has no field {name!r}{guess}"
                self._report(item, message, "unknown_field")
            elif isinstance(filled, Table) and name not in filled.entries:
                self._report(item, f"key uses {name!r}, which the mapping does not fill", "unknown_field")
        return tuple(dict.fromkeys(item.text or "" for item in named))

    def _ignore(self) -> tuple[str, ...]:
        named = self._texts(self.document.entries.get("ignore"), "ignore must be a list of headers")
        return tuple(_as_compared(item.text or "") for item in named)

    def _texts(self, node: Node | None, problem: str, *, least: int = 0) -> tuple[Scalar, ...]:
        """The texts of a list, or the one that stands in its place; none where there is no node."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        texts = tuple(item for item in items if isinstance(item, Scalar) and item.text is not None)
        if len(texts) != len(items) or len(texts) < least:
            self._report(node, problem)
        return texts

    def _tests(self) -> tuple[MappingTest, ...]:
        node = self.document.entries.get("tests")
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._report(node, "tests must be a list of records with their expected result")
            return ()
        read = (self._test(item, number) for number, item in enumerate(node.items))
        return tuple(test for test in read if test)

    def _test(self, node: Node, number: int) -> MappingTest | None:
        path = ("tests", number)
        try:
            test = MappingTest.model_validate(plain(node))
        except ValidationError as error:
            self.problems.extend(model_problems(error, MappingTest, self.document, path))
            return None
        named: list[tuple[tuple[Step, ...], str]] = [(("lead", name), name) for name in test.lead or {}]
        named += [(("invalid", i), name) for i, name in enumerate(test.invalid)]
        named += [(("rejected",), test.rejected)] if test.rejected else []
        for place, name in named:
            if name not in self.table.columns:
                guess = did_you_mean(name, self.table.columns)
                message = f"the load table {self.table.name} has no field {name!r}{guess}"
                self.problems.append(locate(self.document, (*path, *place)).problem(message, "unknown_field"))
        return test

    def _table(self, key: str) -> Table | None:
        node = self.document.entries.get(key)
        if node is None or isinstance(node, Table):
            return node
        self._report(node, f"{key} must be names with their values")
        return None

    def _report(self, node: Node, message: str, kind: Kind = "wrong_value") -> None:
        self.problems.append(node.position.problem(message, kind))
