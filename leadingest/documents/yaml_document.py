"""Read YAML without its traps.

PyYAML's loaders turn `NO` into False, `01234` into 668 and keep the last of two equal keys without a
word. Composing the node graph instead leaves every scalar the text that was written, shows every key,
and knows the place of every node. Types are given later, by the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from leadingest.errors import ConfigurationError, DefinitionError, Problem

#: Nodes one document may have once its aliases are spelt out. The largest real mapping has about 500.
MOST_NODES = 200_000

_NO_VALUE = {"", "~", "null", "Null", "NULL"}

Plain = None | str | list["Plain"] | dict[str, "Plain"]
Step = str | int


@dataclass(frozen=True)
class Position:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def problem(self, message: str) -> Problem:
        """What is wrong at this place."""
        return Problem(self.file, self.line, self.column, message)


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


def read_yaml(path: Path, *, shown_as: str | None = None) -> Table:
    """The document in `path`, whose top must be a table of keys.

    Messages name the file as `shown_as`, by default the path as given. Raises ConfigurationError when
    the file cannot be read and DefinitionError when it is not YAML, or a key stands twice.
    """
    name = shown_as or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigurationError(f"{name}: no such file") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{name}: byte {error.start} is not UTF-8", hint="save the file as UTF-8 text"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{name}: {error.strerror}") from error
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Table:
    """As `read_yaml`, for a text; `name` stands for the file in messages."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise DefinitionError([_syntax_problem(error, name)]) from error
    start = Position(name, 1, 1)
    if root is None:
        raise DefinitionError([start.problem("the file is empty")])
    reader = _Reader(name)
    node = reader.node(root)
    if not isinstance(node, Table):
        reader.problems.append(node.position.problem("expected keys and values at the top of the file"))
    if reader.problems or not isinstance(node, Table):
        raise DefinitionError(reader.problems)
    return node


def _syntax_problem(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    if mark is None:
        return Problem(name, 1, 1, f"not YAML: {said}")
    return Problem(name, mark.line + 1, mark.column + 1, f"not YAML: {said}")


class _Reader:
    """Turns PyYAML's nodes into ours, counting them and collecting problems on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.left = MOST_NODES
        self.open: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        position = self.position(node)
        self.left -= 1
        if self.left < 0 or id(node) in self.open:
            raise DefinitionError(
                [position.problem("the anchors and aliases of this file expand without end")]
            )
        if isinstance(node, yaml.ScalarNode):
            bare = not node.style and node.value in _NO_VALUE
            return Scalar(None if bare else node.value, position)
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return Sequence(tuple(self.node(item) for item in node.value), position)
            return self.table(node, position)
        finally:
            self.open.discard(id(node))

    def table(self, node: yaml.Node, position: Position) -> Table:
        entries: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for key, value in node.value:
            where = self.position(key)
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(where.problem("a key must be a single word or text"))
                continue
            if key.value in keys:
                first = keys[key.value]
                self.problems.append(where.problem(f"{key.value!r} is already given at line {first.line}"))
                continue
            keys[key.value] = where
            entries[key.value] = self.node(value)
        return Table(entries, keys, position)

    def position(self, node: yaml.Node) -> Position:
        return Position(self.name, node.start_mark.line + 1, node.start_mark.column + 1)


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


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order written."""
    yield node
    below = (
        node.entries.values() if isinstance(node, Table) else node.items if isinstance(node, Sequence) else ()
    )
    for child in below:
        yield from walk(child)
