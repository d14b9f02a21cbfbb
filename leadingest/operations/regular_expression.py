"""Regular expressions of the mapping language: those of Rust's regex crate, in which polars runs them.

They run in linear time, whatever the pattern: there is no look-around and there are no back-references.
Syntax: documentation of the Rust crate `regex`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import polars as pl
from pydantic import AfterValidator

from leadingest.errors import FaultError


@lru_cache(maxsize=4096)
def _checked(pattern: str) -> str:
    try:
        pl.select(pl.lit("").str.contains(pattern))
    except pl.exceptions.PolarsError as error:
        raise FaultError("bad_pattern", f"must be a regular expression: {_reason(error)}") from error
    return pattern


#: A pattern that compiles.
Pattern = Annotated[str, AfterValidator(_checked)]


@lru_cache(maxsize=4096)
def groups(pattern: str) -> int:
    """How many capturing groups the pattern has."""
    captures = pl.select(pl.lit("").str.extract_groups(pattern).alias("groups")).schema["groups"]
    return len(captures.fields) if isinstance(captures, pl.Struct) else 0


def _reason(error: Exception) -> str:
    """The last line of the complaint, after the drawing of where in the pattern it is."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), lines[0])
