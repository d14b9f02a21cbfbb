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
        "What follows is all that there is, for `sql`, `when` and `where`, and for `export --where`. Everything in it "
        "looks at one record",
        "only, gives the same today and tomorrow, and never stops at a bad value: there is no SELECT, no aggregate, no "
        "window, no",
        "subquery, no comment, no clock and no chance.",
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
        f"An expression has at most {LONGEST:,} characters, {MOST_OPERATORS:,} operators, {MOST_CONNECTIVES} of them AND "
        f"or OR, {MOST_CALCULATIONS} that calculate, and {DEEPEST - 1} parts within each other.",
        "",
        f"A number that is calculated with, and what comes of it, is at most {LARGEST:,}, and a date is of the years",
        "1000 to 9999. What goes beyond, is divided by 0 or is no number at all, like LOG(0, 2), is an invalid value that",
        "keeps the cells. Only what is looked at counts: `IF(n <> 0, 1 / n, 0)` is 0 where n is. Decimals are not",
        "calculated with: TRY_CAST(x AS DOUBLE) makes a number of one. DATE, TIME and TIMESTAMP are made of each other",
        "only: a `let` value with `type: date` reads a text.",
        "",
    )


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
