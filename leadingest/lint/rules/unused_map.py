"""The rule LI117."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.yaml_document import Node, Position, Sequence, Table
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI117", "warning", whole=True)
def unused_map(subject: Subject) -> Iterator[Remark]:
    """A map under `maps` that nothing uses.

    A map in a file that several mappings extend is not reported: another of them may use it.

    Bad:
        maps:
          states: {Open: active, Shut: closed}
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active}, otherwise: invalid}

    Good:
        maps:
          states: {Open: active, Shut: closed}
        fields:
          company: Name
          license_status: {from: Status, values: states, otherwise: invalid}
    """
    maps = subject.node(("maps",))
    used = {place for section in ("let", "fields") for place in _tables(subject.node((section,)))}
    for name, shared in maps.entries.items() if isinstance(maps, Table) else ():
        place = subject.place(("maps", name))
        if shared.position not in used and place.file == subject.reading.name:
            yield Remark(place, f"nothing uses the map {name!r}")


def _tables(node: Node | None) -> Iterator[Position]:
    """Where all tables within the node are written: an entry that names a map has the map itself, from its own place."""
    if isinstance(node, Table):
        yield node.position
    below = (
        node.entries.values() if isinstance(node, Table) else node.items if isinstance(node, Sequence) else ()
    )
    for each in below:
        yield from _tables(each)
