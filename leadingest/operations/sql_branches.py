"""The branches of an SQL expression: what each `WHEN` and `ELSE` gives, and when it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from leadingest.operations.sql.node import Node
from leadingest.operations.sql.parser import read_sql
from leadingest.operations.sql_looked_at import cases_of


@dataclass(frozen=True)
class SqlBranch:
    """A branch, and the condition under which it is taken: over the columns that the expression reads, never null."""

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
    for case in cases_of(node, here):
        condition = case.condition
        written = " ".join(text[condition.start : condition.end].split()) if condition else ""
        yield SqlBranch(f"WHEN {written}" if condition else "ELSE", case.taken)
        if case.given:
            yield from _branches(case.given, text, case.taken)
