"""A function of SQL expressions, and functions that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

#: What an argument must be. `value` is any expression, `count` a whole number that is written out (it decides how
#: long a text becomes), `text` a text in quotes, `pattern` such a text that is a regular expression, `flags` letters
#: that change what it matches, `part` the name of a part of a date, `format` a text with % directives.
Argument = Literal["value", "count", "text", "pattern", "flags", "part", "format"]

#: The largest `count`: no text of a lead is longer.
MOST_CHARACTERS: Final = 1000
#: Of any whole number of arguments, the most.
MOST_ARGUMENTS: Final = 100


@dataclass(frozen=True)
class Function:
    """A function: how it is called, what it takes and gives, and an example that is a test, too."""

    name: str
    #: How the call is shown: `LEFT(text, n)`.
    call: str
    about: str
    #: An expression without names, and what it gives as a text; None for no value.
    example: str
    gives: str | None
    #: What the arguments must be, in order.
    arguments: tuple[Argument, ...] = ("value",)
    #: How many of them may be left out, at the end.
    optional: int = 0
    #: Whether the last one may come again and again.
    variadic: bool = False
    #: How polars is asked, where its own function of this name gives something else: `{0}` is the first argument.
    rendered: str = ""
    #: Whether it gives true or false.
    condition: bool = False
    #: Whether it gives one of its arguments.
    chooses: bool = False
    #: Whether polars gives a number of few bits, which is made wide before anything is calculated with it.
    narrow: bool = False
    #: Whether it is not called like others: `CAST(x AS type)`. The parser knows these by name.
    special: bool = False


@dataclass(frozen=True)
class Group:
    """Functions that belong together in the reference."""

    title: str
    functions: tuple[Function, ...]


#: The arguments of a function of two values.
TWO: Final[tuple[Argument, ...]] = ("value", "value")
