"""The branches of an SQL expression: what each `WHEN` and `ELSE` gives, and when it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from leadingest.operations.sql.node import Node
from leadingest.operations.sql.parser import read_sql
from leadingest.operations.sql_expression import computed


@dataclass(frozen=True)
class SqlBranch:
    """A branch, and the condition under which it is taken: over the names that the expression reads, never null."""

    written: str
    taken: pl.Expr


def sql_branches(text: str) -> list[SqlBranch]:
    """The branches of every CASE in the expression, in the order written; none where it has none."""
    return list(_branches(read_sql(text), text, pl.lit(True)))


def _branches(node: Node, text: str, here: pl.Expr) -> Iterator[SqlBranch]:
    """The branches inside the node; `here`: when the node is looked at."""
    if not node.branches:
        for part in node.parts:
            yield from _branches(part, text, here)
        return
    subject = node.parts[0] if node.parts[0] is not node.branches[0][0] else None
    for condition, then in node.branches:
        met = computed(condition).fill_null(False)
        if subject:
            met = (computed(subject) == computed(condition)).fill_null(False)
        written = " ".join(text[condition.start : condition.end].split())
        yield SqlBranch(f"WHEN {written}", here & met)
        yield from _branches(then, text, here & met)
        here = here & ~met
    yield SqlBranch("ELSE", here)
    if node.parts[-1] is not node.branches[-1][1]:
        yield from _branches(node.parts[-1], text, here)
