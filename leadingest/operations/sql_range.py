"""What the calculations of an SQL expression can hold: numbers of up to 15 digits, dates of the years 1000 to 9999.

polars itself goes on with what is left of the bits, with an infinite number or with a date that no table takes. Here
it is told of every record, so that such a value is an invalid one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final

import polars as pl

from leadingest.errors import FaultError
from leadingest.operations.sql.functions.numbers import NUMBERS
from leadingest.operations.sql.literals import LARGEST
from leadingest.operations.sql.node import Node
from leadingest.operations.sql.operators import CALCULATIONS
from leadingest.operations.sql.parser import read_sql
from leadingest.operations.sql_expression import column_kinds, computed, kind_of


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


_FIRST_DAY, _LAST_DAY = date(1000, 1, 1), date(9999, 12, 31)
#: Whole numbers are divided by these; by 0 they give no value.
_DIVIDING: Final = ("%", "MOD", "DIV", "/")
#: Functions that calculate.
_OF_NUMBERS = frozenset(function.name for function in NUMBERS.functions)
_CASTS: Final = ("TRY_CAST", "SAFE_CAST")
_TEMPORAL: Final = ("DATE", "TIME", "TIMESTAMP")

#: Ends a sentence that a header begins.
OUT_OF_RANGE: Final = "leads to a number or a date that is out of range"

#: Names with their types: a `let` value is of its own, a header is a text.
Kinds = Mapping[str, pl.DataType]


def out_of_range(text: str, names: Kinds) -> pl.Expr | None:
    """Where something that the expression calculates is out of range; None where nothing is calculated.

    The condition is over the columns of the names, and never null.
    """
    read = read_sql(text)
    if not any(_is_checked(node) for node in read.inside()):
        return None
    found = [
        when & stray.fill_null(False)
        for node, when in looked_at(read, pl.lit(True))
        if _is_checked(node)
        for stray in _strays(node, names)
    ]
    return reduce(or_, found) if found else None


def refuse_uncertain(text: str, names: Kinds) -> None:
    """Raise FaultError for a calculation that polars stops at for some values, and for one that nobody means."""
    for node in read_sql(text).inside():
        if _is_checked(node):
            kinds = [_kind(part, names) for part in node.parts]
            if message := _objection(node, kinds):
                raise FaultError("bad_sql", message)


def _is_checked(node: Node) -> bool:
    return node.word in CALCULATIONS or node.word in _OF_NUMBERS or node.word in _CASTS


def _objection(node: Node, kinds: Sequence[pl.DataType]) -> str:
    if node.word in _CASTS:
        text_or_number = any(kind == pl.String() or kind.is_numeric() for kind in kinds)
        return (
            f"must not make a {node.value.lower()} of a text or number: a `let` value with `type: date` or "
            "`type: datetime` reads it"
            if node.value in _TEMPORAL and text_or_number
            else ""
        )
    if node.word in (*CALCULATIONS, "MOD", "DIV", "POW", "POWER") and any(
        kind.is_decimal() for kind in kinds
    ):
        return "must not calculate with a decimal: TRY_CAST(x AS DOUBLE) makes a number of it"
    if any(kind == pl.Time() for kind in kinds):
        return "must not calculate with a time of the day"
    spans = sum(isinstance(kind, pl.Duration) for kind in kinds)
    if spans and (spans == len(kinds) or node.word not in "+-"):
        return "must not calculate with spans of time, but for a date and a span: Issued + INTERVAL '30 days'"
    return ""


def _strays(node: Node, names: Kinds) -> Iterator[pl.Expr]:
    """Conditions under which what the node gives, or is given, is out of range."""
    kind = _kind(node, names)
    if kind.is_temporal():
        if isinstance(kind, pl.Date | pl.Datetime):
            yield _no_date(computed(node), kind)
    elif node.word in _CASTS:
        if kind.is_float():
            yield _too_large(computed(node))
    elif kind.is_numeric() and not node.word.startswith("BIT_"):
        parts = [(computed(part), _kind(part, names)) for part in node.parts]
        yield from (_too_large(part) for part, its_kind in parts if its_kind.is_numeric())
        if node.word in _DIVIDING:
            yield parts[1][0] == 0
        yield _too_large(_as_floats(node, [part for part, _ in parts]), kind)


def _as_floats(node: Node, parts: Sequence[pl.Expr]) -> pl.Expr:
    """What the node gives, of whole numbers as floats: where polars would wrap around, these go on."""
    floats = [part.cast(pl.Float64) for part in parts]
    match node.word, floats:
        case "-", [a]:
            return -a
        case "ABS", [a]:
            return a.abs()
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "*", [a, b]:
            return a * b
    return computed(node)


def _too_large(value: pl.Expr, kind: pl.DataType | None = None) -> pl.Expr:
    """Whether the number is not what can be calculated with, or cannot be held by the type."""
    number = value.cast(pl.Float64)
    # A NaN is in no range.
    stray = ~number.is_between(-LARGEST, LARGEST)
    if isinstance(kind, pl.datatypes.IntegerType):
        stray = stray | (number < kind.min()) | (number > kind.max())
    return stray


def _no_date(value: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.Date):
        return ~value.is_between(pl.lit(_FIRST_DAY), pl.lit(_LAST_DAY))
    first = datetime(_FIRST_DAY.year, 1, 1)
    last = datetime(_LAST_DAY.year, 12, 31, 23, 59, 59, 999_999)
    return ~value.is_between(pl.lit(first), pl.lit(last))


def _kind(node: Node, names: Kinds) -> pl.DataType:
    if node.word == "INTERVAL":
        return pl.Duration("us")  # one of months is nothing by itself
    return kind_of(computed(node), column_kinds(node, names))
