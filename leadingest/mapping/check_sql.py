"""Whether the SQL expressions of a mapping can be computed: headers are texts, `let` values are of their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import polars as pl

from leadingest.documents.yaml_document import Step, Table, locate
from leadingest.errors import Problem
from leadingest.mapping.models import Condition, Entry
from leadingest.operations.sources.sql import Sql
from leadingest.operations.sql_expression import kind_of_sql, names_read
from leadingest.operations.sql_range import refuse_uncertain


def sql_problems(
    document: Table, let: Mapping[str, Entry], fields: Mapping[str, Entry], where: Condition | None
) -> Iterator[Problem]:
    """What is wrong with each `sql`, `when` and `where`: types that do not go together, a condition that is none."""
    kinds = {name: entry.type.dtype if entry.type else pl.String() for name, entry in let.items()}
    for entry in (*let.values(), *fields.values()):
        for path, text, condition in _expressions(entry):
            if said := _complaint(text, kinds, condition=condition):
                yield locate(document, path).problem(f"{path[-1]} {said}", "bad_sql")
    if where and (said := _complaint(where.text, kinds, condition=True)):
        yield locate(document, ("where",)).problem(f"where {said}", "bad_sql")


def _expressions(entry: Entry) -> Iterator[tuple[tuple[Step, ...], str, bool]]:
    """The path and text of each expression of the entry, and whether it must be a condition."""
    if isinstance(entry.source, Sql):
        yield (*entry.path, "sql"), entry.source.sql, False
    if entry.when:
        yield (*entry.path, "when"), entry.when.text, True
    for part in entry.parts:
        yield from _expressions(part)


def _complaint(text: str, kinds: Mapping[str, pl.DataType], *, condition: bool) -> str:
    try:
        kind = _kind(text, tuple((name, kinds.get(name, pl.String())) for name in names_read(text)))
    except ValueError as error:
        return str(error)
    if condition and kind not in (pl.Boolean(), pl.Null()):
        return f"must be a condition, such as x = 'Y'; this gives a value ({text})"
    return ""


@lru_cache(maxsize=4096)
def _kind(text: str, names: tuple[tuple[str, pl.DataType], ...]) -> pl.DataType:
    """The type of what the expression gives; sources of one trade ask the same of the same headers."""
    kind = kind_of_sql(text, dict(names))
    refuse_uncertain(text, dict(names))
    return kind
