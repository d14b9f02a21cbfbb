"""The branches of an SQL expression: what each `WHEN` and `ELSE` gives, and when it is taken."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from leadingest.operations.sql_expression import QUOTED, parse_sql

_WHEN = re.compile(r"\bWHEN\b\s+(.+?)\s+\bTHEN\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class SqlBranch:
    """A branch, and the condition under which it is taken: over the names that the expression reads, never null."""

    written: str
    taken: pl.Expr


def sql_branches(text: str) -> list[SqlBranch]:
    """The branches of every CASE in the expression, in the order written; none where it has none."""
    bare = QUOTED.sub(lambda found: "'" * len(found[0]), text)
    written = [f"WHEN {' '.join(text[slice(*found.span(1))].split())}" for found in _WHEN.finditer(bare)]
    tree: object = json.loads(parse_sql(text).meta.serialize(format="json")) if written else None
    found = list(_branches(tree, pl.lit(True)))
    if len(written) != sum(when for when, _ in found):
        written = [f"branch {number}" for number, _ in enumerate(found, start=1)]
    texts = iter(written)
    return [SqlBranch(next(texts) if when else "ELSE", taken) for when, taken in found]


def _branches(node: object, here: pl.Expr) -> Iterator[tuple[bool, pl.Expr]]:
    """Whether it is a WHEN, and when it is taken; `here`: when the node is looked at."""
    if isinstance(node, list):
        for each in node:
            yield from _branches(each, here)
    if not isinstance(node, dict):
        return
    for kind, below in node.items():
        if kind == "Ternary":
            yield from _ternary(below, here)
        else:
            yield from _branches(below, here)


def _ternary(node: dict[str, Any], here: pl.Expr) -> Iterator[tuple[bool, pl.Expr]]:
    condition = pl.Expr.deserialize(io.StringIO(json.dumps(node["predicate"])), format="json")
    holds = condition.fill_null(False)
    yield True, here & holds
    yield from _branches(node["truthy"], here & holds)
    if not (isinstance(node["falsy"], dict) and "Ternary" in node["falsy"]):
        yield False, here & ~holds
    yield from _branches(node["falsy"], here & ~holds)
