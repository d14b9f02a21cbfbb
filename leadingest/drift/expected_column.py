"""The columns that a mapping reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Step
from leadingest.mapping.models import Entry, Mapping

Path_ = tuple[Step, ...]


@dataclass(frozen=True)
class ExpectedColumn:
    """A column by the headers that it may have; a delivery has one of them."""

    names: tuple[str, ...]
    #: The fields that it gives a value to, or decides about.
    fields: tuple[str, ...]
    #: Those of them that take the cell as it is.
    whole_fields: tuple[str, ...]
    #: What reads it, as messages say it: `phone, let ages`.
    readers: tuple[str, ...]
    #: Whether a delivery without it is fine.
    optional: bool
    #: Where `from` names it.
    paths: tuple[Path_, ...]
    #: Whether something beside `from` names it, which cannot say another header: SQL, or `repeat`.
    in_sql: bool

    @property
    def shown(self) -> str:
        """Its headers, for people."""
        return listed(repr(name) for name in self.names)


@dataclass(frozen=True)
class _Use:
    names: tuple[str, ...]
    reader: str
    optional: bool
    #: Of the entry that names it by `from`.
    path: Path_ | None
    whole: bool = False


def expected_columns(mapping: Mapping) -> tuple[ExpectedColumn, ...]:
    """Each column that the mapping reads, once, in the order in which it names them."""
    uses: dict[tuple[str, ...], list[_Use]] = {}
    for use in _uses(mapping):
        if not any(name in mapping.let for name in use.names):
            uses.setdefault(use.names, []).append(use)
    by_let = _fields_by_let(mapping)
    return tuple(_column(names, each, by_let) for names, each in uses.items())


def repeated_columns(mapping: Mapping, names: Collection[str]) -> Iterator[ExpectedColumn]:
    """Those with these names that `repeat` reads. No record has them: they are not among those that the mapping reads."""
    read = {name: column for column in expected_columns(mapping) for name in column.names}
    for column in mapping.delivery.repeat:
        for headers in column.headers:
            if headers[0] in names:
                reader = read.get(column.name)
                yield ExpectedColumn(
                    names=headers,
                    fields=reader.fields if reader else (),
                    whole_fields=reader.whole_fields if reader else (),
                    readers=("`repeat`",),
                    optional=False,
                    paths=(),
                    in_sql=True,
                )


def _column(names: tuple[str, ...], uses: list[_Use], by_let: dict[str, list[str]]) -> ExpectedColumn:
    readers = tuple(dict.fromkeys(use.reader for use in uses))
    fields = [field for reader in readers for field in by_let.get(reader, [reader])]
    return ExpectedColumn(
        names=names,
        fields=tuple(dict.fromkeys(field for field in fields if field != "where")),
        whole_fields=tuple(use.reader for use in uses if use.whole),
        readers=readers,
        optional=all(use.optional for use in uses),
        paths=tuple(use.path for use in uses if use.path is not None),
        in_sql=any(use.path is None for use in uses),
    )


def _uses(mapping: Mapping) -> Iterator[_Use]:
    for name, entry in mapping.let.items():
        yield from _of_entry(entry, f"let {name}", optional=False)
    for name, entry in mapping.fields.items():
        yield from _of_entry(entry, name, optional=False)
    for name in mapping.where.names if mapping.where else ():
        yield _Use((name,), "where", optional=False, path=None)


def _of_entry(entry: Entry, reader: str, *, optional: bool) -> Iterator[_Use]:
    optional = optional or entry.optional
    if names := entry.source.alternatives():
        whole = entry.path == ("fields", reader) and not entry.operations
        yield _Use(names, reader, optional, entry.path, whole)
    for name in (*entry.source.reads(), *(entry.when.names if entry.when else ())):
        yield _Use((name,), reader, optional, None)
    for part in entry.parts:
        yield from _of_entry(part, reader, optional=optional)


def _fields_by_let(mapping: Mapping) -> dict[str, list[str]]:
    """For each `let` value the fields that read it, by way of others or not."""
    reading: dict[str, list[str]] = {f"let {name}": [] for name in mapping.let}
    for field, entry in mapping.fields.items():
        seen: set[str] = set()
        todo = [name for name in entry.names() if name in mapping.let]
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                reading[f"let {name}"].append(field)
                todo += [each for each in mapping.let[name].names() if each in mapping.let]
    return reading
