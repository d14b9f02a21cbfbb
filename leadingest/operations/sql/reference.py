"""What the reference says about SQL expressions: every function, operator and form that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.operations.sql import operators as ops
from leadingest.operations.sql.functions import FUNCTIONS, GROUPS
from leadingest.operations.sql.parser import DEEPEST, MOST_CONNECTIVES, MOST_OPERATORS
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
        f"or OR, and {DEEPEST - 1} parts within each other.",
        "",
    )


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
