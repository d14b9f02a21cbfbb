"""`extends:`: what several mappings share, written once.

The keys of the mapping that extends win over those of the file it extends. Under `delivery`, `let` and
`fields` that holds key by key; the lists under `ignore` are put together.
"""

from __future__ import annotations

from pathlib import Path

from leadingest.documents.yaml_document import Node, Scalar, Sequence, Table, read_yaml
from leadingest.errors import DefinitionError

_MERGED = ("delivery", "let", "fields")


def extended(document: Table, path: Path, *, shown_as: str, seen: tuple[Path, ...] = ()) -> Table:
    """The document with all that it extends put under it; nodes keep the place they were written at.

    Raises DefinitionError where `extends` leads nowhere, out of the folder, or back to where it came from.
    """
    if "extends" not in document.entries:
        return document
    target = _target(document, path, (*seen, path.resolve()))
    base_name = str(Path(shown_as).parent / target.relative_to(path.parent.resolve()))
    base = read_yaml(target, shown_as=base_name)
    base = extended(base, target, shown_as=base_name, seen=(*seen, path.resolve()))
    return _laid_over(document, base)


def _target(document: Table, path: Path, seen: tuple[Path, ...]) -> Path:
    node = document.entries["extends"]
    name = node.text if isinstance(node, Scalar) else None
    folder = path.parent.resolve()
    target = (folder / (name or "")).resolve()
    if not name:
        problem = "extends must be the name of a file beside this one"
    elif not target.is_relative_to(folder):
        problem = f"extends {name!r} leads out of the folder of the mapping"
    elif not target.is_file():
        problem = f"extends {name!r}: there is no such file beside this one"
    elif target in seen:
        problem = f"extends {name!r} leads back to itself"
    else:
        return target
    raise DefinitionError([node.position.problem(problem)])


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
