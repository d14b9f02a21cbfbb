"""`maps:`: value maps and look-up tables that several fields, or several mappings, share under a name.

An entry that says `values: NAME` or `lookup: NAME` is read as if it said the map itself. Where a value means something to
several fields, the field takes what stands under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean
from leadingest.documents.yaml_document import Node, Position, Scalar, Sequence, Step, Table, node_at
from leadingest.errors import Problem

_MAPS = "maps"
_VALUES = "values"
_LOOKUP = "lookup"
#: The key of a look-up that says which column is taken: without it, the one that is called like the field.
_COLUMN = "value"
#: Where entries, or steps of one, stand in an entry.
_INSIDE = ("first_of", "last_of", "join", "steps", "each")


def with_shared_maps(root: Table) -> tuple[Table, tuple[Problem, ...]]:
    """What the mapping says with its shared maps put where entries name them, and what is wrong with them.

    Nodes keep the place they were written at.
    """
    maps = root.entries.get(_MAPS)
    problems = list(_misfits(maps)) if maps else []
    if problems:
        return root, tuple(problems)
    shared = maps.entries if isinstance(maps, Table) else {}
    entries = dict(root.entries)
    for section in ("let", "fields"):
        if isinstance(there := entries.get(section), Table):
            spelled = {
                name: _spelled_out(node, name, shared, problems) for name, node in there.entries.items()
            }
            entries[section] = Table(spelled, there.keys, there.position)
    return Table(entries, root.keys, root.position), tuple(problems)


def written_at(root: Table, path: tuple[Step, ...]) -> tuple[Step, ...] | None:
    """Where the value map at the path is written: there, or under `maps`; None for what is one field's part of a map."""
    node, maps = node_at(root, path), root.entries.get(_MAPS)
    for name, shared in maps.entries.items() if isinstance(maps, Table) else ():
        if shared.position == node.position:
            return (_MAPS, name) if shared is node else None
    return path


def _misfits(maps: Node) -> Iterator[Problem]:
    """What is wrong with the maps whoever names them."""
    if not isinstance(maps, Table):
        yield maps.position.problem("maps must be names with their value maps")
        return
    for name, shared in maps.entries.items():
        rows = shared.entries.values() if isinstance(shared, Table) else ()
        if not rows:
            yield maps.keys[name].problem(f"{name} must be a value map: values with what they mean")
        elif len({isinstance(row, Table) for row in rows}) > 1 or any(
            isinstance(row, Sequence) for row in rows
        ):
            message = (
                f"every value of {name} must mean a text, or every one a table of fields with their values"
            )
            yield maps.keys[name].problem(message)


def _spelled_out(node: Node, field: str, shared: dict[str, Node], problems: list[Problem]) -> Node:
    """The entry, part or step with the maps that it names."""
    if isinstance(node, Sequence):
        return Sequence(
            tuple(_spelled_out(item, field, shared, problems) for item in node.items), node.position
        )
    if not isinstance(node, Table):
        return node
    entries = {
        key: _spelled_out(below, field, shared, problems) if key in _INSIDE else below
        for key, below in node.entries.items()
    }
    for word in (_VALUES, _LOOKUP):
        named = entries.get(word)
        if isinstance(named, Scalar) and named.text:
            found = shared.get(named.text)
            if not isinstance(found, Table):
                guess = did_you_mean(named.text, shared)
                message = f"there is no map {named.text!r} under maps{guess}"
                problems.append(named.position.problem(message, "unknown_word"))
                # A map that stands in: nothing else is to be told of the entry.
                entries[_VALUES] = Table({named.text: named}, {named.text: named.position}, named.position)
                entries.pop(_LOOKUP, None)
            elif word == _VALUES:
                entries[_VALUES] = _part_of(found, field, named, problems)
            else:
                entries[_LOOKUP] = found
    if isinstance(table := entries.get(_LOOKUP), Table) and _COLUMN not in table.entries:
        column = {**table.entries, _COLUMN: Scalar(field, table.position)}
        entries[_LOOKUP] = Table(column, {**table.keys, _COLUMN: table.position}, table.position)
    return Table(entries, node.keys, node.position)


def _part_of(shared: Table, field: str, named: Scalar, problems: list[Problem]) -> Table:
    """The map, or what it means for the field."""
    rows = {key: row for key, row in shared.entries.items() if isinstance(row, Table)}
    if not rows:
        return shared
    fields = dict.fromkeys(name for row in rows.values() for name in row.entries)
    if field not in fields:
        guess = did_you_mean(field, fields)
        message = f"the map {named.text!r} says nothing of {field!r}{guess}"
        problems.append(named.position.problem(message, "unknown_field"))
    part = {key: row.entries.get(field, Scalar(None, row.position)) for key, row in rows.items()}
    places: dict[str, Position] = {key: row.keys.get(field, shared.keys[key]) for key, row in rows.items()}
    return Table(part, places, shared.position)
