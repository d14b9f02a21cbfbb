"""Regular expressions of the mapping language: those of Rust's regex crate, in which polars runs them.

They run in linear time, whatever the pattern: there is no look-around and there are no back-references.
Syntax: documentation of the Rust crate `regex`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Final

import polars as pl
from pydantic import AfterValidator

from leadingest.errors import FaultError

#: A reference in a new text. Source: documentation of the Rust crate `regex`, "Replacement string syntax".
_REFERENCE: Final = re.compile(r"\$(?:\$|\{(?P<braced>[^}]*+)\}|(?P<bare>[0-9A-Za-z_]++))")
_NAME: Final = re.compile(r"\(\?P?<([A-Za-z_][A-Za-z0-9_.\[\]]*+)>")


@lru_cache(maxsize=4096)
def checked_pattern(pattern: str) -> str:
    """The pattern, if it compiles. Raises FaultError."""
    try:
        pl.select(pl.lit("").str.contains(pattern))
    except pl.exceptions.PolarsError as error:
        raise FaultError("bad_pattern", f"must be a regular expression: {_reason(error)}") from error
    return pattern


#: A pattern that compiles.
Pattern = Annotated[str, AfterValidator(checked_pattern)]


@lru_cache(maxsize=4096)
def groups(pattern: str) -> int:
    """How many capturing groups the pattern has."""
    captures = pl.select(pl.lit("").str.extract_groups(pattern).alias("groups")).schema["groups"]
    return len(captures.fields) if isinstance(captures, pl.Struct) else 0


def refuse_missing_groups(pattern: str, new: str) -> None:
    """Raise FaultError if the new text names a group that the pattern does not have: nothing would be put there."""
    for name in _missing(pattern, new):
        digits = re.match(r"[0-9]+(?=.)", name)
        hint = f"; the group {digits[0]} is written ${{{digits[0]}}}" if digits else ""
        said = (
            f"names a group {name!r} that the pattern does not have: nothing would be put in its place{hint}"
        )
        raise FaultError("missing_group", said)


def _missing(pattern: str, new: str) -> Iterator[str]:
    number, names = groups(pattern), set(_NAME.findall(pattern))
    for found in _REFERENCE.finditer(new):
        name = found["braced"] or found["bare"]
        if name and not (name in names or (name.isascii() and name.isdigit() and int(name) <= number)):
            yield name


def _reason(error: Exception) -> str:
    """The last line of the complaint, after the drawing of where in the pattern it is."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), lines[0])
