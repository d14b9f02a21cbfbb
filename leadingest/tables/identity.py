"""What makes two leads the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from zlib import crc32

import polars as pl

from leadingest.expressions import usually
from leadingest.tables.column import Column
from leadingest.tables.comparison_forms import fold_street


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
class KeyRule:
    """The parts that make a key where all of them are filled, and all of `blank` are blank."""

    parts: tuple[KeyPart, ...]
    blank: tuple[KeyPart, ...] = ()

    @property
    def length(self) -> int:
        """Most characters of a key by this rule."""
        return sum(part.length for part in self.parts) + len(self.parts) - 1

    def may_fit(self, given: Collection[str]) -> bool:
        """Whether it fits any lead of which no other columns than these have values."""
        return all(part.columns[0].name in given for part in self.parts)

    def key(self, lead: pl.Expr) -> pl.Expr:
        """The key for a struct of the columns; null where the rule does not fit."""
        named = (
            (pl.lit(f"{'|' if number else ''}{part.name}="), part.expr(lead))
            for number, part in enumerate(self.parts)
        )
        key = pl.concat_str(chain.from_iterable(named))
        if not self.blank:
            return key
        return pl.when(*(part.expr(lead).is_null() for part in self.blank)).then(key)


@dataclass(frozen=True)
class ToldApart:
    """By what two leads of one source are known to be two: another name, and another number in any of `numbers`.

    A number that one of the two lacks tells nothing.
    """

    names: tuple[Column, ...] = ()
    numbers: tuple[Column, ...] = ()

    def name_hashes(self, leads: pl.DataFrame) -> pl.Series:
        """The name of each lead in the form in which names are compared, as a number; null where it has none.

        CRC-32 is the same in every version of every library, so that it can be kept. Two names have one number by a
        chance of one in four thousand million, which matters for leads of one key alone.
        """
        if not self.names:
            return pl.Series([None], dtype=pl.Int64).new_from_index(0, leads.height)
        texts = leads.select(pl.concat_str(_comparable(self.names), separator="|")).to_series()
        return pl.Series([None if text is None else crc32(text.encode()) for text in texts], dtype=pl.Int64)

    def number_texts(self, key: Sequence[Column]) -> list[pl.Expr]:
        """Each number in the form in which it is compared, and the mapping's own `key` as one more, if it is another."""
        ways: list[tuple[Column, ...]] = [(column,) for column in self.numbers]
        if key and tuple(key) not in ways:
            ways.append(tuple(key))
        return [pl.concat_str(_comparable(way), separator="|") for way in ways]


@dataclass(frozen=True)
class Identity:
    """What makes two leads one: the first rule that fits makes the key, and leads of one key are one lead.

    A lead without a key is one of its own. `told_apart` has the last word: where it says of any two leads of one key
    and one source that they are two, several share that key, and under it only leads of one name are one lead.
    """

    rules: tuple[KeyRule, ...] = ()
    told_apart: ToldApart = ToldApart()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that keys are made of."""
        parts = (part for rule in self.rules for part in (*rule.parts, *rule.blank))
        return tuple(dict.fromkeys(column.name for part in parts for column in part.columns))

    @property
    def key_length(self) -> int:
        """Most characters of a key."""
        return max((rule.length for rule in self.rules), default=1)

    def with_key(
        self, leads: pl.LazyFrame, name: str, *, given: Collection[str] | None = None
    ) -> pl.LazyFrame:
        """The leads, whose columns are named as the lead fields, with their key: `phone=+17025550143|address=12 OAK ST`.

        Null where no rule fits, and where folding (some ligatures become three letters) makes the
        key longer than `key_length`: a key is never cut, for that could make two leads one. `given` are the columns that
        may have values at all, where not all may: rules for others are not tried.
        """
        rules = [rule for rule in self.rules if given is None or rule.may_fit(given)]
        if not rules:
            return leads.with_columns(pl.lit(None, pl.String).alias(name))
        key = _first_that_fits(pl.struct(self.columns), rules)
        return leads.with_columns(key.alias(name)).with_columns(
            pl.when(pl.col(name).str.len_chars() <= self.key_length).then(name)
        )


def _comparable(columns: Sequence[Column]) -> list[pl.Expr]:
    return [column.type.comparable(pl.col(column.name)) for column in columns]


def _first_that_fits(lead: pl.Expr, rules: Sequence[KeyRule]) -> pl.Expr:
    """The key by the first of the rules that fits."""
    rule, *others = rules
    if not others:
        return rule.key(lead)
    # Most leads have a key by the first rule; the others are worked out for the rest alone.
    return usually(lead, rule.key, partial(_first_that_fits, rules=others))
