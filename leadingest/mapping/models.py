"""What a mapping says: once it is found sound, and all that could be read of one that is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import polars as pl

from leadingest.documents.yaml_document import Document, Position, Step, Table, locate
from leadingest.errors import Problem
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.sections import DeliverySchedule, Guards, Keep, MappingTest, OnDrift
from leadingest.operations.base import Operation
from leadingest.operations.checks.base import Check
from leadingest.operations.sources.base import Source
from leadingest.operations.sources.sql import Sql
from leadingest.operations.sql_expression import names_read, parse_sql, reads_today
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.regional import Regional

#: What to do with a cell that cannot be read: the field blank, the record rejected, or the load held.
OnInvalid = Literal["blank", "reject", "hold"]


@dataclass(frozen=True)
class Condition:
    """An SQL condition over the names of a record."""

    text: str

    @property
    def expression(self) -> pl.Expr:
        """The condition; null where it cannot be told."""
        return parse_sql(self.text)

    @property
    def names(self) -> tuple[str, ...]:
        """The headers and `let` names that it reads."""
        return names_read(self.text)


@dataclass(frozen=True)
class Entry:
    """One field or `let` value, or a part of one: where its value comes from and what happens to it."""

    path: tuple[Step, ...]
    position: Position
    source: Source
    parts: tuple[Entry, ...] = ()
    when: Condition | None = None
    operations: tuple[Operation, ...] = ()
    type: ColumnType | None = None
    checks: tuple[Check, ...] = ()
    optional: bool = False
    on_invalid: OnInvalid = "blank"

    def names(self) -> Iterator[str]:
        """Every header or `let` name that the entry may read, those of its parts included."""
        yield from self.source.alternatives()
        yield from self.source.reads()
        yield from self.when.names if self.when else ()
        yield from self.regions
        for part in self.parts:
            yield from part.names()

    def expressions(self) -> Iterator[str]:
        """The SQL of its value and its condition, and those of its parts."""
        if isinstance(self.source, Sql):
            yield self.source.sql
        if self.when:
            yield self.when.text
        for part in self.parts:
            yield from part.expressions()

    def expressed(self) -> Iterator[str]:
        """The headers and `let` names that its expressions read, those of its parts included."""
        for text in self.expressions():
            yield from names_read(text)

    @property
    def regions(self) -> tuple[str, ...]:
        """The headers or `let` names of which the first that is there tells by the rules of which country it is read."""
        where = self.type.region_of if isinstance(self.type, Regional) else None
        return where.headers if where else ()


@dataclass(frozen=True, kw_only=True)
class MappingSections:
    """What the sections of a mapping say that may be left out."""

    path: Path
    source: str = ""
    about: str = ""
    # Nothing is validated of what is not written, nor need the validators be built.
    guards: Guards = field(default_factory=Guards.model_construct)
    on_drift: OnDrift = field(default_factory=OnDrift.model_construct)
    #: How often a delivery is to arrive; None where the mapping does not say.
    expect: DeliverySchedule | None = None
    #: Headers that the mapping names, each with the others that its column has had.
    aliases: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    let: Dict[str, Entry] = field(default_factory=dict)
    where: Condition | None = None
    keep: Keep | None = None
    fields: Dict[str, Entry] = field(default_factory=dict)
    #: The fields by which a lead of one delivery is known again in the next; none: by the lead_key.
    key: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    tests: tuple[MappingTest, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mapping(MappingSections):
    """One source: how its deliveries are read and what fills each field of the load table."""

    table: LoadTable
    delivery: DeliveryFormat
    #: SHA-256 of all that decides what a delivery becomes: the mapping, its look-ups and the load table.
    digest: str
    document: Table

    def with_fallback_encoding(self, encoding: str) -> Mapping:
        """The mapping with another encoding for deliveries that are not UTF-8, unless it names theirs."""
        delivery = self.delivery.with_fallback_encoding(encoding)
        if delivery == self.delivery:
            return self
        digest = hashlib.sha256(f"{self.digest}\n{encoding}".encode()).hexdigest()
        return replace(self, delivery=delivery, digest=digest)

    @property
    def reads_today(self) -> bool:
        """Whether what a record becomes depends on the day of the load."""
        entries = (*self.let.values(), *self.fields.values())
        texts = [text for entry in entries for text in entry.expressions()]
        return any(map(reads_today, [*texts, *([self.where.text] if self.where else [])]))

    def with_project_guards(self, guards: Guards) -> Mapping:
        """The mapping with the guards of the project where it has none of its own."""
        return replace(self, guards=self.guards.over(guards))

    def place(self, *path: Step) -> Position:
        """Where in the file the node at `path` stands."""
        return locate(self.document, path)


@dataclass(frozen=True, kw_only=True)
class ParsedMapping(MappingSections):
    """A mapping as far as it can be read. Without problems it is whole."""

    #: How messages call its file.
    name: str
    problems: tuple[Problem, ...]
    #: The file itself and those that it extends; none where it is no YAML.
    documents: tuple[Document, ...] = ()
    #: What they say together; None where it extends what cannot be read.
    root: Table | None = None
    table: LoadTable | None = None
    delivery: DeliveryFormat | None = None

    def place(self, *path: Step) -> Position:
        """Where the node at `path` stands."""
        return locate(self.root, path) if self.root else Position(self.name, 1, 1)
