"""Tell at once the names that need no parser: a first name and a last name that many bear, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from leadingest.expressions import let
from leadingest.operations.names import vocabulary
from leadingest.operations.names.capitals import has_capitals_of_its_own
from leadingest.operations.names.census import shares
from leadingest.operations.names.people import PARTS, words_with_a_meaning

#: Two words in capitals, or with one each, and a comma between them perhaps.
_TWO_WORDS: Final = "^(?:[A-Z]{2,},? [A-Z]{2,}|[A-Z][a-z]+,? [A-Z][a-z]+)$"


def plain_person(text: pl.Expr) -> pl.Expr:
    """What `read_person` makes of most names, as a struct of the parts; null for the others."""
    two_words = pl.when(text.str.contains(_TWO_WORDS)).then(text)
    return let(two_words.str.splitn(" ", 2), lambda halves: let(_in_order(halves), _parts))


def _in_order(halves: pl.Expr) -> pl.Expr:
    left, right = halves.struct.field("field_0"), halves.struct.field("field_1")
    turned, left = left.str.ends_with(","), left.str.strip_suffix(",")
    first, last = pl.when(turned).then(right).otherwise(left), pl.when(turned).then(left).otherwise(right)
    return pl.struct(first.alias("first"), last.alias("last"))


def _parts(name: pl.Expr) -> pl.Expr:
    words = {part: name.struct.field(part) for part in ("first", "last")}
    upper = {part: word.str.to_uppercase() for part, word in words.items()}
    known = upper["first"].is_in(_first_names().implode()) & upper["last"].is_in(_last_names().implode())
    readable = {part: word.str.to_titlecase() for part, word in words.items()}
    parts = {**readable, "full": pl.concat_str(readable.values(), separator=" ")}
    return pl.when(known).then(pl.struct([parts.get(part, pl.lit("")).alias(part) for part in PARTS]))


@cache
def _first_names() -> pl.Series:
    """Names that are mostly first names."""
    known = shares()
    return pl.Series([name for name in _plain_names() if known[name] > 0.5], dtype=pl.String)


@cache
def _last_names() -> pl.Series:
    """Any name of the table."""
    return pl.Series(_plain_names(), dtype=pl.String)


@cache
def _plain_names() -> list[str]:
    """The names of the table that are nothing but names, with one capital."""
    names = shares().keys() - vocabulary.ALL - words_with_a_meaning()
    return [name for name in names if not has_capitals_of_its_own(name)]
