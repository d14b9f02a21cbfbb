"""Which parts of an SQL expression are looked at: not the branches that are not taken, and not what AND or OR pass over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from leadingest.operations.sql.node import Node
from leadingest.operations.sql_expression import computed


@dataclass(frozen=True)
class SqlCase:
    """A branch of a CASE. `condition` is None for ELSE, and `given` where there is no ELSE.

    `reached` and `taken` are conditions that are never null: whether `condition` is looked at, and `given`.
    """

    condition: Node | None
    given: Node | None
    reached: pl.Expr
    taken: pl.Expr


def cases_of(node: Node, here: pl.Expr) -> Iterator[SqlCase]:
    """The branches of a CASE that is looked at where `here` holds; ELSE is the last."""
    subject = node.parts[0] if node.parts[0] is not node.branches[0][0] else None
    for condition, given in node.branches:
        met = computed(subject) == computed(condition) if subject else computed(condition)
        yield SqlCase(condition, given, here, here & met.fill_null(False))
        here = here & ~met.fill_null(False)
    otherwise = node.parts[-1] if node.parts[-1] is not node.branches[-1][1] else None
    yield SqlCase(None, otherwise, here, here)


def looked_at(node: Node, here: pl.Expr) -> Iterator[tuple[Node, pl.Expr]]:
    """The node and all parts within it, each with the condition under which it is looked at."""
    yield node, here
    for part, when in _parts(node, here):
        yield from looked_at(part, when)


def _parts(node: Node, here: pl.Expr) -> Iterator[tuple[Node, pl.Expr]]:
    if node.branches:
        if node.parts[0] is not node.branches[0][0]:
            yield node.parts[0], here
        for case in cases_of(node, here):
            yield from ((part, when) for part, when in _of_case(case) if part)
        return
    for part in node.parts:
        yield part, here
        match node.word:
            case "AND":
                here = here & computed(part).ne_missing(pl.lit(False))
            case "OR":
                here = here & computed(part).ne_missing(pl.lit(True))
            case "COALESCE" | "IFNULL":
                here = here & computed(part).is_null()
            case "IF" if part is node.parts[0]:
                yield from _of_if(node, here)
                return


def _of_case(case: SqlCase) -> tuple[tuple[Node | None, pl.Expr], ...]:
    return (case.condition, case.reached), (case.given, case.taken)


def _of_if(node: Node, here: pl.Expr) -> Iterator[tuple[Node, pl.Expr]]:
    condition, given, otherwise = node.parts
    met = computed(condition).fill_null(False)
    yield given, here & met
    yield otherwise, here & ~met
