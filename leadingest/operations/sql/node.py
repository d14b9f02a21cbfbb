"""A part of an SQL expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

#: Stands before every name as polars gets it, so that no name is `*` or `^...$`: polars takes those for patterns.
_MARK: Final = "="

#: The column in which polars finds the day of the load.
TODAY: Final = "\x1ftoday"

#: What a part is: a header or `let` value, a value written out, something that is true or false, or other.
Form = Literal["name", "text", "number", "null", "condition", "other"]


def column_of(name: str) -> str:
    """The column in which polars finds the values of a header or `let` value."""
    return f"{_MARK}{name}"


@dataclass(frozen=True)
class Node:
    """A part of an expression: where it is written, what polars gets of it, and the parts it is made of."""

    form: Form
    #: The part as polars gets it: words from the lists, every name in double quotes.
    sql: str
    start: int
    end: int
    parts: tuple[Node, ...] = ()
    #: The name, the text or the number.
    value: str = ""
    #: The operator or the function, in capitals; nothing for a part that is neither.
    word: str = ""
    #: Of a CASE: its conditions, each with what it gives; the last of `parts` is ELSE if it has one.
    branches: tuple[tuple[Node, Node], ...] = ()

    def names(self) -> Iterator[str]:
        """The headers and `let` values that it reads, in the order written."""
        return (node.value for node in self.inside() if node.form == "name")

    def inside(self) -> Iterator[Node]:
        """The parts within it and itself, the innermost and leftmost first."""
        for part in self.parts:
            yield from part.inside()
        yield self
