"""SQL expressions of the mapping language, as polars computes them.

What may stand in one is told by `leadingest.operations.sql`: it sees one record, and bad data is never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

import polars as pl

from leadingest.documents.nearest import listed
from leadingest.errors import FaultError
from leadingest.operations.sql.node import TODAY, Node, column_of
from leadingest.operations.sql.parser import read_sql

#: What polars raises for an expression that it cannot compute. A panic is no Exception.
FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException, TypeError, ValueError, OverflowError)


@lru_cache(maxsize=4096)
def parse_sql(text: str) -> pl.Expr:
    """The expression, checked. Raises FaultError with words for the person who wrote it."""
    return computed(read_sql(text))


def computed(node: Node) -> pl.Expr:
    """A part of an expression, as polars computes it."""
    try:
        return pl.sql_expr(node.sql)
    except FAILURES as error:
        raise FaultError(
            "bad_sql", "is too involved to be computed; a `let` value may hold a part of it"
        ) from error


def names_read(text: str) -> tuple[str, ...]:
    """The headers and `let` names that the expression reads, each once."""
    return tuple(dict.fromkeys(read_sql(text).names()))


def reads_today(text: str) -> bool:
    """Whether the expression reads the day of the load."""
    return _names_today(read_sql(text))


def _names_today(node: Node) -> bool:
    return any(part.word == "TODAY" for part in node.inside())


def column_kinds(node: Node, names: Mapping[str, pl.DataType]) -> dict[str, pl.DataType]:
    """The columns that the part reads, each with the type of its name."""
    today = {TODAY: pl.Date()} if _names_today(node) else {}
    return {column_of(name): names[name] for name in node.names() if name in names} | today


def kind_of(expression: pl.Expr, columns: Mapping[str, pl.DataType]) -> pl.DataType:
    """The type of what the expression gives, over columns of the types given.

    Raises FaultError when it cannot be computed, e.g. a text compared with a number.
    """
    if expression.meta.is_column() and (kind := columns.get(expression.meta.output_name())) is not None:
        return kind
    probe = pl.DataFrame({name: _sample(dtype) for name, dtype in columns.items()})
    try:
        return probe.select_seq(expression.alias("value")).schema["value"]
    except FAILURES as error:
        raise FaultError("bad_sql", "cannot be computed: its values do not go together") from error


@lru_cache(maxsize=256)
def _sample(dtype: pl.DataType) -> pl.Series:
    """A value of the type, and a blank: polars looks at some arguments only when there is a value."""
    return pl.Series([_value(dtype), None], dtype=dtype, strict=False)


def _value(dtype: pl.DataType) -> object:
    if dtype.is_temporal():
        return datetime(2026, 3, 1) if isinstance(dtype, pl.Datetime) else date(2026, 3, 1)
    return "" if dtype == pl.String() else True if dtype == pl.Boolean() else 1


def kind_of_sql(text: str, names: Mapping[str, pl.DataType]) -> pl.DataType:
    """The type of what the expression gives, its names being of the types given.

    Raises FaultError that names the part which cannot be computed, or says what cannot be a value of an entry.
    """
    try:
        kind = kind_of(parse_sql(text), column_kinds(read_sql(text), names))
    except FaultError as error:
        raise FaultError("bad_sql", _why_not(text, names) or str(error)) from error
    if isinstance(kind, pl.List):
        raise FaultError(
            "bad_sql", "gives a list; ARRAY_GET(list, n) or ARRAY_TO_STRING(list, ', ') makes a value of it"
        )
    if isinstance(kind, pl.Duration):
        raise FaultError("bad_sql", "gives a span of time; compare it, as in a - b > INTERVAL '30 days'")
    return kind


def _why_not(text: str, names: Mapping[str, pl.DataType]) -> str:
    """What is wrong with the innermost part that cannot be computed."""
    for node in read_sql(text).inside():
        try:
            kind_of(computed(node), column_kinds(node, names))
        except FaultError:
            written = " ".join(text[node.start : node.end].split())
            taken = [_called(part, names) for part in node.parts]
            return (
                f"cannot be computed: {_shortened(written)} takes {listed(dict.fromkeys(taken), last='and')}, which "
                "does not work; a header is a text: TRY_CAST(Age AS INT) makes a number of it, and a `let` value "
                "with `type: date` reads a date"
            )
    return ""


def _called(node: Node, names: Mapping[str, pl.DataType]) -> str:
    """The type of a part, as users know it."""
    kind = kind_of(computed(node), column_kinds(node, names))
    if kind.is_numeric():
        return "a number"
    called = {"String": "a text", "Boolean": "a condition", "Date": "a date", "Time": "a time"}
    called |= {"List": "a list", "Duration": "a span of time"}
    return called.get(str(kind.base_type()), "a date and time" if kind.is_temporal() else "no value")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
