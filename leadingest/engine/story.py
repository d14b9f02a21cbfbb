"""How one record came to its values: of each entry of the mapping what it read, and the value after each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leadingest.documents.flow_yaml import flow_yaml
from leadingest.documents.yaml_document import Plain, Position, Step, Table, node_at, plain
from leadingest.engine.plan import Trail
from leadingest.engine.transform import Transform
from leadingest.mapping.keys import TYPE_OPTIONS
from leadingest.mapping.models import Condition, Entry, OnInvalid
from leadingest.operations.base import Operation
from leadingest.operations.sql.node import column_of

#: What is said of a type, that which goes without its key first.
_TYPE_OPTIONS: Final = ("formats", *(option for option in TYPE_OPTIONS if option != "formats"))


@dataclass(frozen=True)
class EntryInput:
    """A name that the entry reads: the cell under a header as it came, or a `let` value.

    `there`: the file has such a header. `named` are the other headers that would have done as well.
    """

    name: str
    value: Any
    there: bool = True
    let: bool = False
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A word as the mapping writes it, and the value once it has done its part."""

    word: str
    text: str
    value: Any


@dataclass(frozen=True)
class ValueFailure:
    """Why a value cannot be read, and what becomes of that."""

    rule: str
    message: str
    fate: OnInvalid


@dataclass(frozen=True)
class Story:
    """An entry and the record: from what it reads to its value, or the outcome that it failed with."""

    name: str
    position: Position
    reads: tuple[EntryInput, ...]
    condition: str
    #: Whether the condition holds; None where it cannot be told.
    holds: bool | None
    parts: tuple[Story, ...]
    passages: tuple[Passage, ...]
    checks: tuple[tuple[str, str], ...]
    value: Any
    failure: ValueFailure | None


class Storyteller:
    """Tells the stories of one record, a frame of one row as the transform takes it."""

    def __init__(self, transform: Transform, record: pl.DataFrame) -> None:
        self._mapping, self._plan = transform.mapping, transform.plan
        self._binding, self._record = transform.binding, record
        self._columns = transform.plan.every_column(record.lazy()).collect()

    def field(self, name: str) -> Story:
        """The story of a field of the load table."""
        return self.of(name, self._mapping.fields[name])

    def let(self, name: str) -> Story:
        """The story of a `let` value."""
        return self.of(name, self._mapping.let[name])

    def lets(self, names: Iterable[str]) -> list[str]:
        """The `let` values that these fields read, and those that they read, in the order of the mapping."""
        wanted: set[str] = set()
        entries = [self._mapping.fields[name] for name in names]
        while entries:
            new = {name for entry in entries for name in entry.names()} & set(self._mapping.let) - wanted
            wanted |= new
            entries = [self._mapping.let[name] for name in new]
        return [name for name in self._mapping.let if name in wanted]

    def of(self, name: str, entry: Entry) -> Story:
        """The story of an entry of the mapping, told under a name."""
        trail = self._plan.trails[entry.path]
        return Story(
            name=name,
            position=entry.position,
            reads=tuple(self._reads(entry)),
            condition=entry.when.text if entry.when else "",
            holds=self._holds(entry.when),
            parts=tuple(self.of(str(number), part) for number, part in enumerate(entry.parts, start=1)),
            passages=tuple(self._passages(entry, trail)),
            checks=tuple((check.word(), self._text_of(entry, (check.word(),))) for check in entry.checks),
            value=self.value(pl.col(trail.value)),
            failure=self._failure(trail, name),
        )

    def _reads(self, entry: Entry) -> Iterator[EntryInput]:
        if alternatives := entry.source.alternatives():
            chosen = self._binding.choose(alternatives)
            others = tuple(name for name in alternatives if name != (chosen or alternatives[0]))
            yield self._reading(chosen or alternatives[0], others)
        names = (*entry.source.reads(), *(entry.when.names if entry.when else ()))
        for name in dict.fromkeys(names):
            yield self._reading(name)

    def _reading(self, name: str, others: tuple[str, ...] = ()) -> EntryInput:
        if name in self._binding.let:
            return EntryInput(name, self.value(pl.col(column_of(name))), let=True, named=others)
        position = self._binding.positions.get(name)
        cell = None if position is None else self._record[str(position)].item()
        return EntryInput(name, cell, there=position is not None, named=others)

    def _passages(self, entry: Entry, trail: Trail) -> Iterator[Passage]:
        """The points of the trail are those of the source, of the words in their order, and of the type."""
        source, *others = trail.points
        yield Passage(source.word, self._source_text(entry), self.value(source.value))
        for number, point in enumerate(others):
            operation = entry.operations[number] if number < len(entry.operations) else None
            text = (
                self._operation_text(entry, number, operation)
                if operation
                else self._written(entry.path, _TYPE_OPTIONS, first=_TYPE_OPTIONS[0])
            )
            yield Passage(point.word, text, self.value(point.value))

    def _source_text(self, entry: Entry) -> str:
        """Headers and parts are told by themselves."""
        if entry.source.alternatives() or entry.parts:
            return ""
        return self._text_of(entry, (entry.source.word(),))

    def _operation_text(self, entry: Entry, number: int, operation: Operation) -> str:
        node = node_at(self._mapping.document, entry.path)
        in_steps = isinstance(node, Table) and "steps" in node.entries
        path = (*entry.path, "steps", number) if in_steps else entry.path
        return self._written(path, operation.keys(), first=operation.word())

    def _text_of(self, entry: Entry, keys: Iterable[str]) -> str:
        return self._written(entry.path, keys, first=next(iter(keys)))

    def _written(self, path: tuple[Step, ...], keys: Iterable[str], *, first: str) -> str:
        """What the mapping says at these keys: `" - ", part: 2`."""
        node = node_at(self._mapping.document, path)
        there = node.entries if isinstance(node, Table) else {}
        settings = [(key, _shown(plain(there[key]))) for key in keys if key in there]
        return ", ".join(value if key == first else f"{key}: {value}" for key, value in settings)

    def _holds(self, condition: Condition | None) -> bool | None:
        if condition is None or any(column_of(name) not in self._columns.columns for name in condition.names):
            return None
        return bool(held) if (held := self.value(condition.expression)) is not None else None

    def _failure(self, trail: Trail, name: str) -> ValueFailure | None:
        code = self.value(pl.col(trail.failure)) if trail.failure else 0
        if not code:
            return None
        outcome = self._plan.outcomes[code - 1]
        headers = ", ".join(self._binding.labels[position] for position in outcome.columns)
        return ValueFailure(outcome.rule, f"{headers or name} {outcome.problem}", outcome.fate)

    def value(self, expression: pl.Expr) -> Any:
        """The expression over the headers and `let` values of the record."""
        return self._columns.select(expression.alias("value"))["value"].item()


def _shown(value: Plain) -> str:
    """A text as it is, in quotes where one would not see all of it."""
    if isinstance(value, str) and value and value.isprintable() and value == value.strip():
        return value
    return flow_yaml(value)
