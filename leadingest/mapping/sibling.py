"""The other mappings of the folder: what two mappings together can get wrong is told of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadingest.documents.read_yaml import ReadDocument, read_document
from leadingest.documents.yaml_document import Node, Position, Scalar, Sequence, Table
from leadingest.errors import ConfigurationError
from leadingest.mapping.extend import extended


def both_map(one: str, other: str, source: str) -> str:
    """What is wrong: the files, sorted, and the source that both have."""
    first, second = sorted((one, other))
    return f"{first} and {second} both map the source {source!r}"


@dataclass(frozen=True)
class Sibling:
    """Which source a mapping is of, and which files it takes, each with its place."""

    path: Path
    source: tuple[str, Position] | None
    match: tuple[tuple[str, Position], ...]


def sibling(path: Path, shown_as: str, *, read: ReadDocument = read_document) -> Sibling | None:
    """What other mappings need to know of the one in `path`; None where it cannot be read."""
    try:
        root, _ = extended(read(path, shown_as=shown_as), path, read=read)
    except ConfigurationError:
        return None
    return sibling_of(path, root)


def sibling_of(path: Path, root: Table) -> Sibling:
    """What other mappings need to know of one that has been read."""
    source = root.entries.get("source")
    delivery = root.entries.get("delivery")
    match = delivery.entries.get("match") if isinstance(delivery, Table) else None
    named = (source.text, source.position) if isinstance(source, Scalar) and source.text else None
    return Sibling(path, named, tuple(_texts(match)))


def _texts(node: Node | None) -> Iterator[tuple[str, Position]]:
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar) and item.text:
            yield item.text, item.position
