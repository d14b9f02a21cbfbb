"""What makes two leads the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import polars as pl

from leadingest.expressions.usually import usually
from leadingest.tables.column import Column
from leadingest.tables.comparison import fold_street

#: Characters of utf8mb4 that MySQL's InnoDB can index together with what the view chooses by: 4 bytes each of
#: 3072, with 312 left for the other columns of the index, a source name of 64 characters among them.
#: Source: MySQL reference manual, "InnoDB Limits".
LONGEST_KEY = 690


@dataclass(frozen=True)
class KeyPart:
    """A named part of a lead key: one column, or several joined by a blank and compared as one.

    The part is filled when its first column is: a suite without a street is no address.
    """

    name: str
    columns: tuple[Column, ...]
    street: bool = False

    @property
    def length(self) -> int:
        """Most characters of the part, `name=` included."""
        lengths = [column.type.storage.length or 40 for column in self.columns]
        return len(self.name) + 1 + sum(lengths) + len(lengths) - 1

    def expr(self, lead: pl.Expr) -> pl.Expr:
        """The value for a struct of the columns; null where the part is not filled."""
        first, *others = (column.type.comparable(lead.struct.field(column.name)) for column in self.columns)
        more = [pl.concat_str([pl.lit(" "), other]).fill_null("") for other in others]
        text = pl.concat_str([first, *more]) if more else first
        return fold_street(text) if self.street else text


@dataclass(frozen=True)
class Identity:
    """The rules that give a lead its key. The first rule whose parts are all filled makes it.

    Two leads with the same key are one lead; a lead without a key is one of its own.
    """

    rules: tuple[tuple[KeyPart, ...], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that keys are made of."""
        parts = (part for rule in self.rules for part in rule)
        return tuple(dict.fromkeys(column.name for part in parts for column in part.columns))

    @property
    def key_length(self) -> int:
        """Most characters of a key."""
        return max((sum(part.length for part in rule) + len(rule) - 1 for rule in self.rules), default=1)

    def with_key(self, leads: pl.LazyFrame, name: str) -> pl.LazyFrame:
        """The leads, whose columns are named as the lead fields, with their key: `phone=+17025550143|address=12 OAK ST`.

        Null where no rule applies, and where folding (some ligatures become three letters) makes the
        key longer than `key_length`: a key is never cut, for that could make two leads one.
        """
        if not self.rules:
            return leads.with_columns(pl.lit(None, pl.String).alias(name))
        key = _first_that_applies(pl.struct(self.columns), self.rules)
        return leads.with_columns(key.alias(name)).with_columns(
            pl.when(pl.col(name).str.len_chars() <= self.key_length).then(name)
        )


def _first_that_applies(lead: pl.Expr, rules: Sequence[tuple[KeyPart, ...]]) -> pl.Expr:
    """The key by the first of the rules whose parts are all filled."""
    rule, *others = rules
    if not others:
        return _key(rule, lead)
    # Most leads have a key by the first rule; the others are worked out for the rest alone.
    return usually(lead, partial(_key, rule), partial(_first_that_applies, rules=others))


def _key(rule: Sequence[KeyPart], lead: pl.Expr) -> pl.Expr:
    named = (
        (pl.lit(f"{'|' if number else ''}{part.name}="), part.expr(lead)) for number, part in enumerate(rule)
    )
    return pl.concat_str(chain.from_iterable(named))
