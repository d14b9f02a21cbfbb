"""What the reference says about SQL expressions: every function, operator and form that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.operations.sql import operators as ops
from leadingest.operations.sql.functions import FUNCTIONS, GROUPS
from leadingest.operations.sql.literals import LARGEST
from leadingest.operations.sql.parser import DEEPEST, MOST_CALCULATIONS, MOST_CONNECTIVES, MOST_OPERATORS
from leadingest.operations.sql.tokens import LONGEST

#: Expressions that an editor offers: the calls of all functions.
OFFERED: Final = tuple(function.call for function in FUNCTIONS.values())


def sql_reference() -> Iterator[str]:
    """The lines of the reference, as Markdown."""
    yield from (
        "This is the complete syntax of `sql`, `when`, `where` and `export --where`. Every "
        "expression sees one record",
        "only, is deterministic, and never fails at a bad value: there are no SELECTs, no aggregates, no "
        "window functions, no",
        "subqueries, no comments, no current time but the day of the load, and no random numbers.",
        "",
        "| written | meaning |",
        "|---|---|",
    )
    for form, about in ops.FORMS.items():
        yield f"| {_code(form)} | {_cell(about)} |"
    for operator in ops.OPERATORS.values():
        yield f"| {_code(f'a {operator.sign} b')} | {_cell(operator.about)} |"
    for group in GROUPS:
        yield from ("", f"{group.title}:", "", "| function | what it gives | example |", "|---|---|---|")
        for function in group.functions:
            gives = "*no value*" if function.gives is None else _code(function.gives)
            yield f"| {_code(function.call)} | {_cell(function.about)} | {_code(function.example)} → {gives} |"
    yield from (
        "",
        f"Types for TRY_CAST: {', '.join(ops.TYPES)}. Patterns are regular expressions of Rust's `regex`.",
        f"An expression has at most {LONGEST:,} characters, {MOST_OPERATORS:,} operators, {MOST_CONNECTIVES} of them "
        "AND "
        f"or OR, {MOST_CALCULATIONS} calculations, and {DEEPEST - 1} levels of nesting.",
        "",
        f"A number in a calculation, and its result, is at most {LARGEST:,}, and a date is in the years",
        "1000 to 9999. A result out of range, a division by 0 or an undefined result such as LOG(0, 2) is an invalid value that",
        "keeps the cells. Only evaluated parts count: `IF(n <> 0, 1 / n, 0)` is 0 if n is 0. Decimals cannot be",
        "calculated with: convert them with TRY_CAST(x AS DOUBLE). DATE, TIME and TIMESTAMP can only be converted to each",
        "other: use a `let` value with `type: date` to read a text.",
        "",
    )


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
