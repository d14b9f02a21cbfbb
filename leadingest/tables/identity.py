"""What makes two leads the same."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from leadingest.tables.column import Column
from leadingest.tables.comparison import fold_street
from leadingest.tables.let import let

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

    def expr(self) -> pl.Expr:
        """`name=value`; null where the part is not filled."""
        first, *others = (column.type.comparable(pl.col(column.name)) for column in self.columns)
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

    def expr(self) -> pl.Expr:
        """The key, over columns named as the lead fields: `phone=+17025550143|address=12 OAK ST`.

        Null where no rule applies, and where folding (some ligatures become three letters) makes the
        key longer than `key_length`: a key is never cut, for that could make two leads one.
        """
        if not self.rules:
            return pl.lit(None, pl.String)
        parts = {part.name: part for rule in self.rules for part in rule}
        bound = pl.struct(part.expr().alias(name) for name, part in parts.items())
        keys = (pl.concat_str([pl.field(part.name) for part in rule], separator="|") for rule in self.rules)
        key = bound.struct.with_fields(pl.coalesce(*keys).alias("key")).struct.field("key")
        return let(key, lambda it: pl.when(it.str.len_chars() <= self.key_length).then(it))
