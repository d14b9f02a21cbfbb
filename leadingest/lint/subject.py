"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, field
from functools import cached_property

from leadingest.documents.yaml_document import Document, Node, Position, Sequence, Step, Table, Written
from leadingest.lint.comments import Comment, Ignore, comments_of, ignores_in
from leadingest.lint.sample import CountedDelivery
from leadingest.mapping.headers import ShownHeaders, is_ignored
from leadingest.mapping.models import Entry, ParsedMapping
from leadingest.mapping.sibling import Sibling
from leadingest.operations.base import Operation
from leadingest.tables.column import Column

Path_ = tuple[Step, ...]


@dataclass(frozen=True)
class SharedFile:
    """The file that a run would load, where other mappings of the folder take it, too."""

    message: str
    others: tuple[Sibling, ...]


@dataclass(frozen=True)
class Subject:
    """A mapping as far as it could be read, with what is around it."""

    reading: ParsedMapping
    #: What the mappings of its folder must know of each other: of this one, and of the others.
    own: Sibling | None = None
    others: tuple[Sibling, ...] = ()
    shared: SharedFile | None = None
    sample: CountedDelivery | None = None
    #: Comments that ask for findings to be ignored and have nothing to do, with the codes.
    idle: tuple[tuple[Ignore, tuple[str, ...]], ...] = ()
    #: Every code there is, and whether what it stands for may be ignored.
    codes: Mapping[str, bool] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The file of the mapping and those that it extends."""
        return self.reading.documents

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry: `let` values, fields, and the parts that they are made of."""
        top = (*self.reading.let.values(), *self.reading.fields.values())
        return tuple(each for entry in top for each in _with_parts(entry))

    @cached_property
    def names_read(self) -> frozenset[str]:
        """Every header and `let` name that something reads."""
        top = (*self.reading.let.values(), *self.reading.fields.values())
        where = self.reading.where.names if self.reading.where else ()
        return frozenset([*(name for entry in top for name in entry.names()), *where])

    @cached_property
    def shown_headers(self) -> ShownHeaders:
        """Which headers of the sample may be named."""
        reading = self.reading
        top = (*reading.let.values(), *reading.fields.values())
        headers = self.sample.headers if self.sample else ()
        return ShownHeaders.of(
            headers, top, let=reading.let.keys(), seen=self.names_read, ignore=reading.ignore
        )

    @cached_property
    def let_is_circular(self) -> bool:
        """Whether `let` values read each other, so that none of them comes to an end."""
        return any(problem.kind == "circular_let" for problem in self.reading.problems)

    def fields(self) -> Iterator[tuple[Column, Entry]]:
        """The fields that could be read, each with its column of the load table."""
        for name, entry in self.reading.fields.items():
            if self.reading.table:
                yield self.reading.table.columns[name], entry

    def operations(self, entry: Entry) -> tuple[tuple[Path_, Operation], ...]:
        """The words of an entry in the order in which they apply, each with the path of what it says."""
        return self._operations.get(entry.path, ())

    @cached_property
    def comments(self) -> Mapping[str, tuple[Comment, ...]]:
        """The comments of each document, by its name."""
        return {document.name: tuple(comments_of(document)) for document in self.documents}

    def node(self, path: Path_, *more: Step) -> Node | None:
        """The node at the path, or None."""
        here: Node | None = self.reading.root
        for step in (*path, *more):
            if isinstance(here, Table):
                here = here.entries.get(str(step))
            elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
                here = here.items[step]
            else:
                return None
        return here

    def place(self, path: Path_, *more: Step) -> Position:
        """Where the key, or the item of a list, at the path stands."""
        return self.reading.place(*path, *more)

    def value_place(self, path: Path_, *more: Step) -> Position:
        """Where the value at the path stands; its key where there is none."""
        node = self.node(path, *more)
        return node.position if node else self.place(path, *more)

    @cached_property
    def written(self) -> Mapping[Position, Written]:
        """The texts of all documents as they are written, by where they begin."""
        return {each.position: each for document in self.documents for each in document.written}

    @cached_property
    def ignores(self) -> tuple[Ignore, ...]:
        """Comments that ask for findings to be ignored."""
        return tuple(
            each for document in self.documents for each in ignores_in(document, self.comments[document.name])
        )

    @cached_property
    def _operations(self) -> Mapping[Path_, tuple[tuple[Path_, Operation], ...]]:
        return {
            entry.path: tuple(
                _placed(
                    entry.operations,
                    entry.path,
                    stepwise=isinstance(self.node(entry.path, "steps"), Sequence),
                )
            )
            for entry in self.entries
            if entry.operations
        }

    def is_ignored(self, header: str) -> bool:
        """Whether the mapping leaves the header out on purpose."""
        return is_ignored(header, self.reading.ignore)


def _placed(
    operations: Sequence_[Operation], path: Path_, *, stepwise: bool
) -> Iterator[tuple[Path_, Operation]]:
    for number, operation in enumerate(operations):
        yield (*path, *(("steps", number) if stepwise else ()), operation.word()), operation


def _with_parts(entry: Entry) -> Iterator[Entry]:
    yield entry
    for part in entry.parts:
        yield from _with_parts(part)
