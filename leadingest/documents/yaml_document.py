"""What a YAML file says: nodes that know their place, and the texts as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from leadingest.errors import Kind, Problem

Plain = None | str | list["Plain"] | dict[str, "Plain"]
Step = str | int


class Position(NamedTuple):
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def problem(self, message: str, kind: Kind = "wrong_value") -> Problem:
        """What is wrong at this place."""
        return Problem(self.file, self.line, self.column, message, kind)


@dataclass(frozen=True)
class Scalar:
    """A text; None for a bare `null`, `~` or nothing at all (quoted, they are texts)."""

    text: str | None
    position: Position


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True)
class Table:
    """Keys with their nodes, in the order written; `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Position]
    position: Position


Node = Scalar | Sequence | Table


class Written(NamedTuple):
    """A key or a scalar as it stands in the file: `start` and `end` are offsets in characters."""

    text: str
    start: int
    end: int
    position: Position
    #: Neither quoted nor a block.
    plain: bool


@dataclass(frozen=True)
class Document:
    """One YAML file: its text, its nodes, the texts in it in the order written, and keys that stand twice."""

    name: str
    text: str
    root: Table
    written: tuple[Written, ...]
    problems: tuple[Problem, ...]


def plain(node: Node) -> Plain:
    """The node as dicts, lists, texts and None, for a model to validate."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def locate(node: Node, path: tuple[Step, ...]) -> Position:
    """The place of the node that `path` leads to, or of the last one on the way that is there.

    Steps that the document does not have (models add some of their own) are passed over.
    """
    here, position = node, node.position
    for step in path:
        if isinstance(here, Table) and step in here.entries:
            position, here = here.keys[str(step)], here.entries[str(step)]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
            position = here.position
    return position


def node_at(node: Node, path: tuple[Step, ...]) -> Node:
    """The node that `path` leads to, or the last one on the way that is there."""
    for step in path:
        if isinstance(node, Table) and step in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order written."""
    yield node
    below = (
        node.entries.values() if isinstance(node, Table) else node.items if isinstance(node, Sequence) else ()
    )
    for child in below:
        yield from walk(child)
