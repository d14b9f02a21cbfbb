"""Read YAML without its traps.

PyYAML's loaders turn `NO` into False, `01234` into 668 and keep the last of two equal keys without a
word. Composing the node graph instead leaves every scalar the text that was written, shows every key,
and knows the place of every node. Types are given later, by the models.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Protocol

import yaml

from leadingest.documents.copies import name_of
from leadingest.documents.plain_file import read_plain_file
from leadingest.documents.yaml_document import Document, Node, Position, Scalar, Sequence, Table, Written
from leadingest.errors import ConfigurationError, DefinitionError, Problem

#: Bytes that a file may have. The largest real mapping has about 10,000.
MOST_BYTES: Final = 1_000_000
#: Nodes one document may have once its aliases are spelled out. The largest real mapping has about 500.
MOST_NODES: Final = 200_000
#: Characters that its keys and values may have then: no more than a file without aliases can have.
MOST_CHARACTERS: Final = MOST_BYTES
#: How deep nodes may lie in each other. The deepest real mapping has 6 levels.
MOST_LEVELS: Final = 100

#: What means "nothing at all" where it stands without quotes.
NO_VALUE = {"", "~", "null", "Null", "NULL"}
#: Characters that no YAML may hold. Source: YAML 1.2.2, section 5.1.
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A comment sign in a list or table on one line, where a closing bracket was meant to follow.
_CUT_OFF = re.compile(r"[\[{][^\[\]{}\"'#]*[ ](#[^\n]*[\]}])")


class ReadDocument(Protocol):
    """Reads a YAML file: `read_document`, or what remembers what that has read."""

    def __call__(self, path: Path, *, shown_as: str | None = None) -> Document:
        """As `read_document`."""


def read_yaml(path: Path, *, shown_as: str | None = None) -> Table:
    """The document in `path`, whose top must be a table of keys.

    Messages name the file as `shown_as`, by default the path as given. Raises ConfigurationError when
    the file cannot be read and DefinitionError when it is not YAML, or a key stands twice.
    """
    return _sound(read_document(path, shown_as=shown_as))


def parse_yaml(text: str, name: str) -> Table:
    """As `read_yaml`, for a text; `name` stands for the file in messages."""
    return _sound(parse_document(text, name))


def read_document(path: Path, *, shown_as: str | None = None) -> Document:
    """As `read_yaml`, with all that is known of the file; keys that stand twice are among its problems."""
    name = shown_as or name_of(path)
    return parse_document(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """The text of the file. Raises ConfigurationError where it is not there, too big, or no UTF-8."""
    try:
        content = read_plain_file(path, most=MOST_BYTES)
    except FileNotFoundError:
        raise ConfigurationError(f"{name}: no such file") from None
    except OSError as error:
        raise ConfigurationError(f"{name}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise ConfigurationError(
            f"{name}: the file has more than {MOST_BYTES:,} bytes, the limit",
            hint="put thousands of values in a CSV file next to the mapping and use `lookup`",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{name}: byte {error.start} is not UTF-8", hint="save the file as UTF-8 text"
        ) from error


def parse_document(text: str, name: str) -> Document:
    """As `read_document`, for a text."""
    start = Position(name, 1, 1)
    if strange := _NOT_TEXT.search(text):
        place = _position(name, text, strange.start())
        raise DefinitionError(
            [place.problem(f"not YAML: the character U+{ord(strange[0]):04X} is not allowed", "not_yaml")]
        )
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise DefinitionError([_syntax_problem(error, text, name)]) from error
    if root is None:
        raise DefinitionError([start.problem("the file is empty", "not_yaml")])
    reader = _Reader(name)
    node = reader.node(root)
    if not isinstance(node, Table):
        raise DefinitionError(
            [node.position.problem("expected keys and values at the top of the file", "not_yaml")]
        )
    return Document(name, text, node, tuple(reader.written), tuple(reader.problems))


def _sound(document: Document) -> Table:
    if document.problems:
        raise DefinitionError(document.problems)
    return document.root


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    begin = getattr(getattr(error, "context_mark", None), "index", 0)
    if mark is None:
        return Problem(name, 1, 1, f"not YAML: {message}", "not_yaml")
    place = Position(name, mark.line + 1, mark.column + 1)
    if "flow" in str(getattr(error, "context", "")) and (cut := _CUT_OFF.match(text, begin)):
        place = _position(name, text, cut.start(1))
        message = "everything after # is a comment, including the closing bracket; put a header that contains # in quotes"
    return place.problem(f"not YAML: {message}", "not_yaml")


def _position(name: str, text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(name, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


class _Reader:
    """Turns PyYAML's nodes into ours, counting them and collecting problems on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.written: list[Written] = []
        self.left = MOST_NODES
        self.characters_left = MOST_CHARACTERS
        self.seen: set[int] = set()
        self.open: list[int] = []

    def node(self, node: yaml.Node) -> Node:
        position = self.position(node)
        self.left -= 1
        if isinstance(node, yaml.ScalarNode):
            self.characters_left -= len(node.value)
        if min(self.left, self.characters_left) < 0 or id(node) in self.open:
            message = "the anchors and aliases of this file expand without end"
            raise DefinitionError([position.problem(message, "endless_aliases")])
        if isinstance(node, yaml.ScalarNode):
            self.write(node, position)
            bare = not node.style and node.value in NO_VALUE
            return Scalar(None if bare else node.value, position)
        if len(self.open) == MOST_LEVELS:
            message = f"YAML nested too deeply: more than {MOST_LEVELS} levels"
            raise DefinitionError([position.problem(message, "not_yaml")])
        self.open.append(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return Sequence(tuple(self.node(item) for item in node.value), position)
            return self.table(node, position)
        finally:
            self.open.pop()

    def table(self, node: yaml.Node, position: Position) -> Table:
        entries: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for key, value in node.value:
            where = self.position(key)
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(where.problem("a key must be a single word or text", "not_yaml"))
                continue
            self.write(key, where)
            self.characters_left -= len(key.value)
            child = self.node(value)
            if key.value in keys:
                first = keys[key.value]
                message = f"{key.value!r} is already given at line {first.line}"
                self.problems.append(where.problem(message, "duplicate_key"))
                continue
            keys[key.value] = where
            entries[key.value] = child
        return Table(entries, keys, position)

    def write(self, node: yaml.ScalarNode, position: Position) -> None:
        """Note how the scalar is written, once, however many aliases lead to it."""
        if id(node) not in self.seen:
            self.seen.add(id(node))
            start, end = node.start_mark.index, node.end_mark.index
            self.written.append(Written(node.value, start, end, position, plain=not node.style))

    def position(self, node: yaml.Node) -> Position:
        return Position(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
