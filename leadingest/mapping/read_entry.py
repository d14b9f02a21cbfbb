"""One entry of a mapping: YAML node → Entry, or the problems with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, get_args

import polars as pl
from pydantic import BaseModel, ValidationError

from leadingest.documents.model_problems import model_problems
from leadingest.documents.nearest import did_you_mean, listed
from leadingest.documents.yaml_document import Node, Scalar, Sequence, Step, Table, locate, node_at, plain
from leadingest.errors import FaultError, Kind, Problem
from leadingest.mapping.keys import ENTRY_KEYS, TYPE_OPTIONS, KeyOwner, all_keys, keys_of_words, owners_of
from leadingest.mapping.models import Condition, Entry, OnInvalid
from leadingest.operations import CHECKS, OPERATIONS
from leadingest.operations.base import Operation
from leadingest.operations.checks.base import Check
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.operations.sources import SOURCES
from leadingest.operations.sources.base import Source
from leadingest.operations.sql_expression import parse_sql
from leadingest.tables.types import TYPES, type_named
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.regional import Regional

Path_ = tuple[Step, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass
class EntryReader:
    """Reads the entries of one document and gathers what is wrong with them in `problems`."""

    document: Table
    folder: Path
    on_invalid: OnInvalid = "blank"
    problems: list[Problem] = field(default_factory=list)
    #: What words have read of files beside the document: each file is read once for all fields.
    _files: dict[str, object] = field(default_factory=dict)

    def field(self, node: Node, path: Path_, column_type: ColumnType) -> Entry | None:
        """The entry of a field, of the type that the load table gives it."""
        return self._entry(node, path, column_type, part=False)

    def let(self, node: Node, path: Path_) -> Entry | None:
        """The entry of a `let` value: a text unless it says `type`."""
        for check in (Required, Unique):
            if isinstance(node, Table) and check.word() in node.entries:
                message = f"{check.word()} is only for fields: a let value is not part of the lead"
                self._report((*path, check.word()), message, "misplaced_word")
        return self._entry(node, path, None, part=False)

    def read_default_on_invalid(self) -> None:
        """Take `on_invalid` at the top of the document as what entries mean that do not say it themselves."""
        self.on_invalid = self._on_invalid(self.document, ())

    def condition(self, node: Node, path: Path_, word: str) -> Condition | None:
        """An SQL condition, checked."""
        text = node.text if isinstance(node, Scalar) else None
        if not text:
            self._report(path, f"{word} must be an SQL condition")
            return None
        try:
            parse_sql(text)
        except FaultError as error:
            self._report(path, f"{word} {error}", error.kind)
            return None
        return Condition(text)

    def _entry(self, node: Node, path: Path_, column_type: ColumnType | None, *, part: bool) -> Entry | None:
        before = len(self.problems)
        table = _spelled_out(node)
        strangers = self._refuse_strangers(table, path)
        source = self._source(table, path, strangers=strangers)
        parts = self._parts(source, path) if source else ()
        operations = self._operations(table, path)
        checks = self._checks(table, path)
        kind = self._type(table, path, column_type)
        self._refuse_misfits(table, path, kind, checks, part=part)
        when = (
            self.condition(table.entries["when"], (*path, "when"), "when")
            if "when" in table.entries
            else None
        )
        optional, on_invalid = self._optional(table, path), self._on_invalid(table, path)
        if len(self.problems) > before or source is None:
            return None
        position = locate(self.document, path)
        return Entry(path, position, source, parts, when, operations, kind, checks, optional, on_invalid)

    def _source(self, table: Table, path: Path_, *, strangers: bool) -> Source | None:
        found = [source for source in SOURCES if source in table.entries]
        if len(found) == 1:
            return self._model(SOURCES[found[0]], table, path)
        if not found and not strangers:  # one of those may be the word meant
            message = f"the entry has no value: give it one of {listed(SOURCES)}"
            self._report(path, message, "one_source")
        elif found:
            message = f"{listed(found, last='and')} cannot be combined: use one of them"
            self._report((*path, found[1]), message, "one_source")
        return None

    def _parts(self, source: Source, path: Path_) -> tuple[Entry, ...]:
        here = (*path, source.word())
        nodes = source.part_nodes(node_at(self.document, here))
        read = (self._entry(node, (*here, step), None, part=True) for step, node in nodes)
        return tuple(entry for entry in read if entry)

    def _operations(self, table: Table, path: Path_) -> tuple[Operation, ...]:
        """The words in the order in which they are written."""
        named = [key for key in table.entries if key in OPERATIONS]
        if "steps" not in table.entries:
            read = (self._model(OPERATIONS[word], table, path) for word in named)
            return tuple(operation for operation in read if operation)
        if named:
            message = f"{named[0]} must be one of the steps, or used without steps"
            self._report((*path, named[0]), message, "misplaced_word")
        return tuple(self._steps(table.entries["steps"], (*path, "steps")))

    def _steps(self, node: Node, path: Path_) -> Iterable[Operation]:
        if not isinstance(node, Sequence):
            self._report(path, "steps must be a list of words, e.g. [{strip: '\"'}, {case: title}]")
            return
        for i, item in enumerate(node.items):
            here = (*path, i)
            keys = item.entries if isinstance(item, Table) else {}
            words = [key for key in keys if key in OPERATIONS]
            if len(words) != 1 or not isinstance(item, Table):
                guess = did_you_mean(next(iter(keys)), OPERATIONS) if keys else ""
                message = f"a step is one word with the keys that belong to it{guess}"
                self._report(here, message, "unknown_word" if guess else "wrong_value")
                continue
            operation = OPERATIONS[words[0]]
            strangers = [key for key in keys if key not in operation.keys()]
            for key in strangers:
                message = f"{key} does not belong to {words[0]}: use one word per step"
                self._report((*here, key), message, "misplaced_word")
            step = self._model(operation, item, here)
            if step and not strangers:
                yield step

    def _checks(self, table: Table, path: Path_) -> tuple[Check, ...]:
        read = (self._model(CHECKS[word], table, path) for word in CHECKS if word in table.entries)
        return tuple(check for check in read if check)

    def _type(self, table: Table, path: Path_, column_type: ColumnType | None) -> ColumnType | None:
        kind: type[ColumnType] | None = type(column_type) if column_type else None
        given = column_type.model_dump() if column_type else {}
        if "type" in table.entries:
            name = str(plain(table.entries["type"]))
            if column_type:
                message = f"the load table defines the type: {column_type.name}"
                self._report((*path, "type"), message, "misplaced_word")
                return None
            if name not in (type_names := [each.name for each in TYPES]):
                self._report((*path, "type"), f"unknown type {name!r}{did_you_mean(name, type_names)}")
                return None
            kind = type_named(name)
        options = {key: plain(table.entries[key]) for key in table.entries if key in TYPE_OPTIONS}
        for key in [key for key in options if kind is None or key not in kind.mapping_options]:
            takers = listed(each.name for each in TYPES if key in each.mapping_options)
            message = f"{key} is for {takers}; this is {kind.name if kind else 'a plain text'}"
            self._report((*path, key), message, "type_misfit")
            del options[key]
        if kind is None:
            return None
        if column_type and not options:
            return column_type
        read = self._validated(kind, {**given, **options}, path)
        if "region" in options and isinstance(read, Regional) and read.region_of and read.region_of.column:
            message = "region names a header or a let value in a mapping: {from: HEADER}"
            self._report((*path, "region"), message, "misplaced_word")
        return read

    def _refuse_strangers(self, table: Table, path: Path_) -> bool:
        """Report keys that no word has, and companions whose word is not there; whether there were any of the first."""
        unknown = False
        known = {*ENTRY_KEYS, *TYPE_OPTIONS, *keys_of_words(table.entries)}
        for key in table.entries:
            if key in known:
                continue
            if owners := owners_of(key):
                goes_with = listed(owner.word() for owner in owners)
                self._report((*path, key), f"{key} requires {goes_with}, which is missing", "misplaced_word")
            else:
                unknown = True
                message = f"unknown key {key!r}{did_you_mean(key, all_keys())}"
                self._report((*path, key), message, "unknown_word")
        return unknown

    def _refuse_misfits(
        self, table: Table, path: Path_, kind: ColumnType | None, checks: tuple[Check, ...], *, part: bool
    ) -> None:
        if part:
            refused = [check.word() for check in checks] + [
                k for k in ("type", "on_invalid") if k in table.entries
            ]
            for key in refused:
                message = f"{key} belongs to the whole entry, not to a part of it"
                self._report((*path, key), message, "misplaced_word")
        for check in checks:
            if complaint := check.misfit(kind.dtype if kind else pl.String()):
                self._report((*path, check.word()), f"{check.word()} {complaint}", "type_misfit")

    def _optional(self, table: Table, path: Path_) -> bool:
        given = plain(table.entries["optional"]) if "optional" in table.entries else "false"
        if given not in ("true", "false"):
            self._report((*path, "optional"), "optional must be true or false")
        return given == "true"

    def _on_invalid(self, table: Table, path: Path_) -> OnInvalid:
        given = plain(table.entries["on_invalid"]) if "on_invalid" in table.entries else self.on_invalid
        for choice in get_args(OnInvalid):
            if given == choice:
                return choice  # type: ignore[no-any-return]  # get_args is untyped
        self._report(
            (*path, "on_invalid"), f"on_invalid must be {listed(get_args(OnInvalid))}, not {given!r}"
        )
        return self.on_invalid

    def _model(self, model: type[Model], table: Table, path: Path_) -> Model | None:
        owner: KeyOwner = model  # type: ignore[assignment]  # every word and check has keys()
        return self._validated(
            model, {key: plain(table.entries[key]) for key in owner.keys() if key in table.entries}, path
        )

    def _validated(self, model: type[Model], data: dict[str, object], path: Path_) -> Model | None:
        try:
            return model.model_validate(data, context={"folder": self.folder, "files": self._files})
        except ValidationError as error:
            problems = model_problems(error, model, self.document, path)
            self.problems.extend(_undeclared(problem) for problem in problems)
            return None

    def _report(self, path: Path_, message: str, kind: Kind = "wrong_value") -> None:
        self.problems.append(locate(self.document, path).problem(message, kind))


def _undeclared(problem: Problem) -> Problem:
    """The problem; what a value map does with other values is a matter of its own."""
    undeclared = problem.kind == "missing_key" and problem.message.startswith("otherwise ")
    return replace(problem, kind="undeclared_fate") if undeclared else problem


def _spelled_out(node: Node) -> Table:
    """`Phone` and `[Phone, Telephone]` are short for `{from: ...}`."""
    if isinstance(node, Table):
        return node
    return Table({"from": node}, {"from": node.position}, node.position)
