"""Where in a text the nodes of its YAML stand, so that one can be rewritten and all else stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from leadingest.documents.yaml_document import Step


@dataclass(frozen=True)
class Span:
    """The characters from `start` to before `end`, without blanks, line ends and comments behind them."""

    start: int
    end: int


@dataclass(frozen=True)
class WrittenList:
    """A list as it is written, with the spans of its items."""

    #: On one line, between brackets.
    flow: bool
    items: tuple[Span, ...]


@dataclass(frozen=True)
class WrittenText:
    """A text as it is written, with its quotes."""

    text: str
    span: Span
    #: Neither quoted nor a block.
    plain: bool


@dataclass(frozen=True)
class WrittenTable:
    """A table as it is written: its keys with their spans, and those of their values."""

    #: On one line, between braces.
    flow: bool
    keys: dict[str, Span]
    values: dict[str, Span]


def written_table(text: str, path: tuple[Step, ...]) -> WrittenTable | None:
    """The table that `path` leads to in a document that is known to be sound.

    None where it is no table, or where an alias is in it or on the way: what stands there stands elsewhere too.
    """
    written = written_node(text, path)
    return written if isinstance(written, WrittenTable) else None


def written_node(text: str, path: tuple[Step, ...]) -> WrittenTable | WrittenList | WrittenText | None:
    """What `path` leads to in a document that is known to be sound.

    None where it leads to nothing, or where an alias is in it or on the way.
    """
    node = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    shared = _shared(node)
    on_the_way = [node]
    for step in path:
        node = _below(node, step)
        on_the_way.append(node)
    if any(id(each) in shared for each in (*on_the_way, *_all(node))):
        return None
    if isinstance(node, yaml.ScalarNode):
        return WrittenText(node.value, Span(node.start_mark.index, _end(text, node)), plain=not node.style)
    if isinstance(node, yaml.SequenceNode):
        items = (Span(item.start_mark.index, _end(text, item)) for item in node.value)
        return WrittenList(flow=bool(node.flow_style), items=tuple(items))
    if not isinstance(node, yaml.MappingNode):
        return None
    return WrittenTable(
        flow=bool(node.flow_style),
        keys={key.value: Span(key.start_mark.index, key.end_mark.index) for key, _ in node.value},
        values={key.value: Span(value.start_mark.index, _end(text, value)) for key, value in node.value},
    )


def _below(node: yaml.Node | None, step: Step) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def _end(text: str, node: yaml.Node) -> int:
    """Where the last thing in the node ends. The mark of a block lies behind all that follows it."""
    if isinstance(node, yaml.ScalarNode):
        written = text[node.start_mark.index : node.end_mark.index]
        return int(node.start_mark.index) + len(written.rstrip() if node.style in ("|", ">") else written)
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    if isinstance(node, yaml.SequenceNode):
        return _end(text, node.value[-1])
    key, value = node.value[-1]
    nothing = isinstance(value, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index
    return text.index(":", key.end_mark.index) + 1 if nothing else _end(text, value)


def _all(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """The node and all below it; one that stands in several places comes several times."""
    if node is None:
        return
    yield node
    below = node.value if isinstance(node, yaml.CollectionNode) else []
    for each in below:
        for child in each if isinstance(each, tuple) else (each,):
            yield from _all(child)


def _shared(root: yaml.Node | None) -> set[int]:
    """The nodes that stand in several places."""
    times = Counter(id(node) for node in _all(root))
    return {node for node, count in times.items() if count > 1}
