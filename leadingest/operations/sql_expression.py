"""SQL expressions of the mapping language: polars' own, made safe.

Polars' SQL can read files (`read_csv('...')` inside a SELECT), compute over many records (aggregates and
windows, whose outcome would depend on how a file is cut into batches) and stop at a bad value (`CAST`).
A mapping may do none of these: its expressions see one record, and bad data is never an error.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

import polars as pl

from leadingest.errors import FaultError

#: Texts and names in quotes.
QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
#: How polars shows NOT over a condition: a cast, but one that cannot fail.
_NOT = re.compile(r'(?<!"\))\.strict_cast\(Boolean\)\.not\(\)')
_STATEMENT = re.compile(r"\bselect\b|\(\s*(from|with|table|values)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def parse_sql(text: str) -> pl.Expr:
    """The expression, checked. Raises ValueError with words for the person who wrote it."""
    bare = QUOTED.sub("''", text)
    if _STATEMENT.search(bare):
        raise FaultError("bad_sql", "must be an SQL expression over the record, without SELECT")
    try:
        expression = pl.sql_expr(text)
    except pl.exceptions.PolarsError as error:
        raise FaultError("bad_sql", f"is not an SQL expression: {_first_line(error)}") from error
    if re.search(r"\bover\b", bare, re.IGNORECASE) or _looks_at_many(_tree(expression)):
        raise FaultError(
            "bad_sql", "must look at one record only: no aggregate (MAX, COUNT, ...) and no window (OVER)"
        )
    if ".strict_cast(" in _NOT.sub("", str(expression)):
        raise FaultError(
            "bad_sql", "must not CAST, which stops at the first value that cannot be cast; write TRY_CAST"
        )
    if ".str.strptime(" in str(expression):
        raise FaultError(
            "bad_sql",
            "must not read dates, which stops at the first text that is none: a `let` value does, with `type: date`",
        )
    return expression


def names_read(text: str) -> tuple[str, ...]:
    """The headers and `let` names that the expression reads, each once."""
    return tuple(dict.fromkeys(parse_sql(text).meta.root_names()))


def kind_of(expression: pl.Expr, names: dict[str, pl.DataType]) -> pl.DataType:
    """The type of what the expression gives, its names being of the types given.

    Raises ValueError when it cannot be computed, e.g. a text compared with a number.
    """
    # An empty text beside null, for functions that look at their other arguments only when there is one.
    texts = {name: ["" if dtype == pl.String() else None, None] for name, dtype in names.items()}
    probe = pl.DataFrame({name: pl.Series(texts[name], dtype=dtype) for name, dtype in names.items()})
    try:
        return probe.select(expression.alias("value")).schema["value"]
    except pl.exceptions.PolarsError as error:
        raise FaultError("bad_sql", f"cannot be computed: {_first_line(error)}") from error


def _tree(expression: pl.Expr) -> object:
    tree: object = json.loads(expression.meta.serialize(format="json"))
    return tree


def _looks_at_many(tree: object) -> bool:
    """Whether an aggregate or the number of records is anywhere in a serialised expression.

    `Expr.meta` cannot tell: it calls `a || max(a)` row-separable.
    """
    if isinstance(tree, dict):
        return any(
            key == "Agg" or (key != "Literal" and _looks_at_many(below)) for key, below in tree.items()
        )
    if isinstance(tree, list):
        return any(_looks_at_many(below) for below in tree)
    return tree == "Len"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
