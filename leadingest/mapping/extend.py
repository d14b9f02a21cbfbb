"""`extends:`: what several mappings share, written once.

The keys of the mapping that extends win over those of the file it extends. Under `delivery`, `guards`,
`on_drift`, `aliases`, `maps`, `let` and `fields` that holds key by key; the lists under `ignore` are put together. An entry is never
put together of two: whoever says a field again says all of its words, and their order.
"""

from __future__ import annotations

from pathlib import Path

from leadingest.documents.copies import name_beside, path_of
from leadingest.documents.read_yaml import ReadDocument, read_document
from leadingest.documents.yaml_document import Document, Node, Scalar, Sequence, Table
from leadingest.errors import ConfigurationError, DefinitionError

_MERGED = ("delivery", "guards", "on_drift", "aliases", "maps", "let", "fields")


def extended(
    document: Document, path: Path, *, read: ReadDocument = read_document
) -> tuple[Table, tuple[Document, ...]]:
    """The document with all that it extends put under it, and the documents this took, its own first.

    Nodes keep the place they were written at; `read` reads what is extended. Raises DefinitionError where `extends`
    leads nowhere, out of the folder, or back to where it came from, and as `read_document` does for what is extended.
    """
    return _extended(document, path, read, ())


def extends(path: Path, base: Path) -> bool:
    """Whether the mapping in `path` takes over, by way of others perhaps, what `base` says."""
    try:
        _, documents = extended(read_document(path), path)
    except ConfigurationError:
        return False
    return any(path_of(document.name).resolve() == base.resolve() for document in documents)


def _extended(
    document: Document, path: Path, read: ReadDocument, seen: tuple[Path, ...]
) -> tuple[Table, tuple[Document, ...]]:
    if "extends" not in document.root.entries:
        return document.root, (document,)
    seen = (*seen, path.resolve())
    target = _target(document.root, path, seen)
    base_name = name_beside(document.name, target.relative_to(path.parent.resolve()))
    base, documents = _extended(read(target, shown_as=base_name), target, read, seen)
    return _laid_over(document.root, base), (document, *documents)


def _target(document: Table, path: Path, seen: tuple[Path, ...]) -> Path:
    node = document.entries["extends"]
    name = node.text if isinstance(node, Scalar) else None
    folder = path.parent.resolve()
    target = (folder / (name or "")).resolve()
    if not name:
        problem = "extends must be the name of a file in the same folder"
    elif not target.is_relative_to(folder):
        problem = f"extends {name!r} leads out of the folder of the mapping"
    elif not target.is_file():
        problem = f"extends {name!r}: no such file in the same folder"
    elif target in seen:
        problem = f"extends {name!r} leads back to itself"
    else:
        return target
    raise DefinitionError([node.position.problem(problem, "broken_extends")])


def _laid_over(upper: Table, lower: Table) -> Table:
    entries: dict[str, Node] = dict(lower.entries)
    for key, node in upper.entries.items():
        below = lower.entries.get(key)
        if key in _MERGED and isinstance(node, Table) and isinstance(below, Table):
            merged = below.entries | node.entries
            entries[key] = Table(merged, below.keys | node.keys, node.position)
        elif key == "ignore" and isinstance(node, Sequence) and isinstance(below, Sequence):
            entries[key] = Sequence(below.items + node.items, node.position)
        else:
            entries[key] = node
    return Table(entries, lower.keys | upper.keys, upper.position)
