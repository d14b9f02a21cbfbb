"""Which ways through a mapping its tests take: aliases, keys of value maps, branches and formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from leadingest.documents.yaml_document import Position, Step, Table, node_at
from leadingest.engine.story import Story, Storyteller
from leadingest.engine.try_mapping import TriedTest
from leadingest.mapping.models import Entry, Mapping
from leadingest.operations.base import Operation, RecognizingOperation
from leadingest.operations.default import Default
from leadingest.operations.each import Each
from leadingest.operations.flag import Flag
from leadingest.operations.sources.base import Choice
from leadingest.operations.sources.sql import Sql
from leadingest.operations.sql_range import sql_branches
from leadingest.operations.values import Values
from leadingest.tables.types.base import ColumnType

CoverageKind = Literal["alias", "map key", "branch", "format"]


@dataclass(frozen=True)
class CoverageItem:
    """One of several ways through an entry: `owner` is its field, or `let x`."""

    kind: CoverageKind
    owner: str
    what: str
    position: Position


@dataclass(frozen=True)
class Coverage:
    """All ways through a mapping, in the order of the file, and those that its tests take."""

    items: tuple[CoverageItem, ...]
    taken: frozenset[CoverageItem]

    @property
    def untouched(self) -> tuple[CoverageItem, ...]:
        """The ways that no test takes."""
        return tuple(item for item in self.items if item not in self.taken)


#: Whether the record of a story takes a way.
Takes = Callable[[Story, Storyteller], bool]
_Found = tuple[CoverageKind, str, tuple[Step, ...], Takes]


def coverage(mapping: Mapping, tried: Sequence[TriedTest], *, today: date) -> Coverage:
    """What the tests of the mapping, tried on the day `today`, cover of it."""
    finder = _CoverageItems(mapping, today)
    entries = [(f"let {name}", entry) for name, entry in mapping.let.items()]
    entries += list(mapping.fields.items())
    items = {owner: list(finder.of(entry, owner)) for owner, entry in entries}
    taken: set[CoverageItem] = set()
    for each in tried:
        teller = Storyteller(each.transform, each.record)
        for owner, entry in entries:
            story = teller.of(owner, entry)
            taken |= {item for item, takes in items[owner] if takes(story, teller)}
    found = [item for each in items.values() for item, _ in each]
    if mapping.where:
        left_out = CoverageItem("branch", "where", "a record is left out", mapping.place("where"))
        found.append(left_out)
        taken |= {left_out for each in tried if each.became.outcome == "filtered"}
    # Records, also those of tests, have none of the columns that `repeat` reads.
    numbered = {names[0] for column in mapping.delivery.repeat for names in column.headers}
    for name, others in mapping.aliases.items():
        for other in others if name not in numbered else ():
            alias = CoverageItem("alias", name, other, mapping.place("aliases", name))
            found.append(alias)
            taken |= {alias for each in tried if other in each.test.record}
    return Coverage(tuple(dict.fromkeys(found)), frozenset(taken))


class _CoverageItems:
    """Finds the ways through the entries of a mapping."""

    def __init__(self, mapping: Mapping, today: date) -> None:
        self._mapping, self._today = mapping, today

    def of(self, entry: Entry, owner: str) -> Iterator[tuple[CoverageItem, Takes]]:
        """The ways through the entry and its parts, each with how to tell that a record takes it."""
        for kind, what, path, takes in self._found(entry):
            yield CoverageItem(kind, owner, what, self._mapping.place(*entry.path, *path)), takes
        for number, part in enumerate(entry.parts):
            for item, takes in self.of(part, owner):
                yield item, _in_part(number, takes)

    def _found(self, entry: Entry) -> Iterator[_Found]:
        yield from self._aliases(entry)
        if entry.when:
            for holds in (True, False):
                yield "branch", _when(entry, holds), ("when",), _condition(holds)
        if isinstance(entry.source, Choice):
            word = entry.source.word()
            for number, part in enumerate(entry.parts):
                place = int(part.path[-1])
                yield "branch", f"{word} {place + 1}", (word, place), _first(number)
        if isinstance(entry.source, Sql):
            for branch in sql_branches(entry.source.sql):
                yield "branch", f"sql {branch.written}", ("sql",), _sql(branch.taken)
        for number, operation in enumerate(entry.operations):
            step = ("steps", number) if self._says(entry, "steps") else ()
            with_otherwise = self._says(entry, *step, "otherwise")
            for kind, what, path, takes in _of_operation(operation, number, with_otherwise=with_otherwise):
                yield kind, what, (*step, *path), takes
        if entry.type and len(entry.type.date_formats) > 1:
            for number, form in enumerate(entry.type.date_formats if self._says(entry, "formats") else ()):
                yield "format", form, ("formats", number), self._format(entry.type, number)

    def _aliases(self, entry: Entry) -> Iterator[_Found]:
        names = entry.source.alternatives()
        below = ("from",) if isinstance(node_at(self._mapping.document, entry.path), Table) else ()
        for number, name in enumerate(names if len(names) > 1 else ()):
            yield "alias", name, (*below, number), _reads(name)

    def _says(self, entry: Entry, *path: Step) -> bool:
        """Whether the entry has the key that the path ends with."""
        written = node_at(self._mapping.document, (*entry.path, *path[:-1]))
        return isinstance(written, Table) and path[-1] in written.entries

    def _format(self, kind: ColumnType, number: int) -> Takes:
        """A format is taken by what it reads, and none before it does."""
        own, before = kind.date_formats[number], kind.date_formats[:number]

        def reads(formats: tuple[str, ...], text: object) -> bool:
            cell = pl.lit(text, pl.String)
            return (
                pl.select(kind.with_options({"formats": formats}).parse(cell, today=self._today)).item()
                is not None
            )

        def takes(story: Story, _: Storyteller) -> bool:
            *before_it, last = story.passages
            text = before_it[-1].value if before_it and last.word == kind.name else None
            return text is not None and reads((own,), text) and not (before and reads(before, text))

        return takes


def _of_operation(operation: Operation, number: int, *, with_otherwise: bool) -> Iterator[_Found]:
    """The ways through a word; what it is given stands at `number` of the passages."""
    if isinstance(operation, Values):
        for key in operation.values:
            yield "map key", key, ("values", key), _given(number, _taken_by(operation, key))
    if isinstance(operation, Each):
        for place, word in enumerate(operation.each):
            for key in word.values if isinstance(word, Values) else ():
                yield (
                    "map key",
                    key,
                    ("each", "values", key),
                    _given(number, _taken_in(operation, place, key)),
                )
    if isinstance(operation, Flag):
        yield "branch", f"flag {operation.flag}", ("flag",), _given(number, _made_of(operation))
    if isinstance(operation, RecognizingOperation) and with_otherwise:
        yield (
            "branch",
            f"{operation.word()} otherwise",
            ("otherwise",),
            _given(number, _unknown_to(operation)),
        )
    if isinstance(operation, Default):
        yield "branch", "default", ("default",), lambda story, _: story.passages[number].value is None


def _taken_by(operation: Values, key: str) -> Callable[[str], bool]:
    return lambda value: operation.keys_of([value]) == [key]


def _taken_in(operation: Each, place: int, key: str) -> Callable[[str], bool]:
    """Whether the value map at this place takes some piece by the key."""
    word = operation.each[place]

    def takes(value: str) -> bool:
        given = operation.given(place, pl.Series([value], dtype=pl.String))["given"]
        return isinstance(word, Values) and key in word.keys_of(given)

    return takes


def _made_of(operation: Flag) -> Callable[[str], bool]:
    return lambda value: operation.made_of([value]) == [operation.flag]


def _unknown_to(operation: RecognizingOperation) -> Callable[[str], bool]:
    return lambda value: operation.made_of([value]) == [None]


def _given(number: int, test: Callable[[str], bool]) -> Takes:
    """What a word is given, if it is given something."""

    def takes(story: Story, _: Storyteller) -> bool:
        value = story.passages[number].value
        return value is not None and test(value)

    return takes


def _reads(name: str) -> Takes:
    return lambda story, _: story.reads[0].name == name and story.reads[0].value not in (None, "")


def _when(entry: Entry, holds: bool) -> str:
    text = entry.when.text if entry.when else ""
    return f"when {text}" if holds else f"when not {text}"


def _condition(holds: bool) -> Takes:
    return lambda story, _: bool(story.holds) is holds


def _first(number: int) -> Takes:
    def takes(story: Story, _: Storyteller) -> bool:
        values = [part.value for part in story.parts[: number + 1]]
        return values[-1] is not None and all(value is None for value in values[:-1])

    return takes


def _sql(taken: pl.Expr) -> Takes:
    return lambda story, teller: bool(teller.value(taken))


def _in_part(number: int, takes: Takes) -> Takes:
    return lambda story, teller: takes(story.parts[number], teller)
