"""What a rule looks at: a mapping, its siblings, and what a delivery shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, field
from functools import cached_property

from leadingest.documents.yaml_document import (
    Document,
    Node,
    Position,
    Scalar,
    Sequence,
    Step,
    Table,
    Written,
)
from leadingest.lint.comments import Comment, Ignore, comments_of, ignores_in, line_starts
from leadingest.lint.finding import Edit
from leadingest.mapping.delivery_values import RepeatedColumn
from leadingest.mapping.headers import ShownHeaders, is_ignored
from leadingest.mapping.models import Entry, ParsedMapping
from leadingest.mapping.sibling import Sibling
from leadingest.operations.base import Operation
from leadingest.operations.each import Each
from leadingest.operations.values import Values
from leadingest.tables.column import Column

#: Where an entry stands in its mapping.
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
        keep = self.reading.keep
        kept = {*keep.per, *keep.latest} & self.reading.let.keys() if keep else ()
        return frozenset([*(name for entry in top for name in entry.names()), *where, *kept])

    @property
    def repeat(self) -> tuple[RepeatedColumn, ...]:
        """The columns that `repeat` makes of several of the file."""
        return self.reading.delivery.repeat if self.reading.delivery else ()

    @cached_property
    def headers_read(self) -> frozenset[str]:
        """Every name that something reads, `repeat` too: records then have no column of those."""
        return self.names_read | {names[0] for column in self.repeat for names in column.headers}

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

    def value_maps(self, entry: Entry) -> Iterator[tuple[Path_, Values]]:
        """The value maps of an entry, those for pieces too, each with the path of what it says."""
        for path, operation in self.operations(entry):
            if isinstance(operation, Values):
                yield path, operation
            for word in operation.each if isinstance(operation, Each) else ():
                if isinstance(word, Values):
                    yield (*path, word.word()), word

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


@dataclass(frozen=True)
class Unreadable:
    """How many cells of a field could not be read, by which rule, and how they are written (`99/99/9999`)."""

    field: str
    rule: str
    count: int
    #: Cells of the field that are not blank.
    filled: int
    shapes: tuple[str, ...]
    #: The text of all these cells, where it is the same several times and nothing that could be somebody's.
    token: str = ""


@dataclass(frozen=True)
class LeftOver:
    """How many cells of a column have something that none of the fields takes which `extract` parts of it."""

    fields: tuple[str, ...]
    count: int
    #: Cells of which a field takes a part.
    filled: int
    #: How one of them is written: `aaa… (A99) aaa…`.
    shape: str


@dataclass(frozen=True)
class CountedDelivery:
    """A delivery, counted. `error` says why it could not be read; all else is then empty."""

    file: str
    headers: tuple[str, ...] = ()
    records: int = 0
    #: How often each value came to the value map at the path.
    values: Mapping[Path_, Mapping[str, int]] = field(default_factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    #: Whether the key that the mapping declares is the number of the record.
    key_counts_records: bool = False
    left_over: tuple[LeftOver, ...] = ()
    #: How many records are broken, by what is wrong with them: too few cells, too many, quotes.
    broken: Mapping[str, int] = field(default_factory=dict)
    error: str = ""


def without_item(subject: Subject, node: Sequence, number: int) -> tuple[Edit, ...]:
    """The edit that takes the item out, with its comma or its line; none where that is not certain to be right.

    The item must be a text written on one line, and not the only one.
    """
    item = _written(subject, node, number)
    document = next(
        (each for each in subject.documents if each.name == node.items[number].position.file), None
    )
    if item is None or document is None or len(node.items) == 1:
        return ()
    if "\n" in document.text[item.start : item.end]:
        return ()
    if _before(document.text, item) == "-":
        return _whole_line(document, item)
    if follows := _written(subject, node, number + 1):
        start, end = item.start, follows.start
    elif leads := _written(subject, node, number - 1):
        start, end = leads.end, item.end
    else:
        return ()
    plain = document.text[start:end].replace(document.text[item.start : item.end], "", 1)
    return (Edit(document.name, start, end, ""),) if plain.strip() == "," else ()


def _written(subject: Subject, node: Sequence, number: int) -> Written | None:
    """How the item is written, where there is one and it is a text."""
    if not 0 <= number < len(node.items) or not isinstance(node.items[number], Scalar):
        return None
    return subject.written.get(node.items[number].position)


def _before(text: str, item: Written) -> str:
    """The sign before the item."""
    return text[: item.start].rstrip(" ")[-1:]


def _whole_line(document: Document, item: Written) -> tuple[Edit, ...]:
    text, starts = document.text, line_starts(document.text)
    line = item.position.line
    start, end = starts[line - 1], starts[line] if line < len(starts) else len(text)
    rest = text[start : item.start] + text[item.end : end]
    alone = rest.partition("#")[0].strip() == "-"
    return (Edit(document.name, start, end, ""),) if alone else ()
