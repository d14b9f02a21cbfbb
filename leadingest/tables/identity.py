"""What makes two leads the same."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from leadingest.tables.column import Column
from leadingest.tables.comparison import fold_street
from leadingest.tables.usually import spread

#: Characters of utf8mb4 that MySQL's InnoDB can index: 3072 bytes of 4.
#: Source: MySQL reference manual, "InnoDB Limits".
LONGEST_KEY = 768


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

    def expr(self, wanted: pl.Expr) -> pl.Expr:
        """`name=value` for the leads that `wanted` marks, and for no others; null where the part is not filled."""
        columns = ((column, pl.col(column.name).filter(wanted)) for column in self.columns)
        first, *others = (column.type.comparable(value) for column, value in columns)
        more = (pl.concat_str([pl.lit(" "), other]).fill_null("") for other in others)
        text = pl.concat_str([first, *more])
        return pl.concat_str([pl.lit(f"{self.name}="), fold_street(text) if self.street else text])


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
        key = pl.col(name)
        leads = leads.with_columns(pl.lit(None, pl.String).alias(name))
        for rule in self.rules:
            # A rule is worked out only for the leads that no earlier one has given a key: most have one by then.
            parts = pl.concat_str([part.expr(key.is_null()) for part in rule], separator="|")
            leads = leads.with_columns(pl.coalesce(key, spread(parts, key.is_null())).alias(name))
        return leads.with_columns(pl.when(key.str.len_chars() <= self.key_length).then(key).alias(name))
