"""What an entry's value is made of: its parts, and the headers and `let` values that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from leadingest.engine.chain import Chain, Value
from leadingest.operations.sources.base import Source


@dataclass(frozen=True)
class Part:
    """A part of an entry, and the first stage that may read what is here."""

    value: Value
    stage: int
    #: Where the part has a value, and the entry's words turn it into something that the type cannot read.
    misfit: pl.Expr = field(default_factory=lambda: pl.lit(False))
    #: The value as the type reads it, if the type was asked.
    typed: pl.Expr | None = None


@dataclass(frozen=True)
class Inputs:
    """All of it. `deciding` are the values that `when` reads."""

    parts: Sequence[Part]
    named: Mapping[str, Value]
    deciding: Sequence[Value]

    def __iter__(self) -> Iterator[Value]:
        yield from (part.value for part in self.parts)
        yield from self.named.values()
        yield from self.deciding

    @property
    def stage(self) -> int:
        """The first stage that may read all of them."""
        return max((0, *(each.stage for each in self), *(part.stage for part in self.parts)))

    @property
    def origin(self) -> tuple[int, ...]:
        """The columns of the delivery that they come from."""
        return tuple(dict.fromkeys(position for each in self for position in each.origin))

    def untried(self, source: Source) -> pl.Expr:
        """What the source makes of them, whatever the type may say."""
        return source.value([part.value.expr for part in self.parts], self._names)

    def value(self, source: Source) -> pl.Expr:
        """What the source makes of them: parts that the type can read come before those that it cannot."""
        fitting = [
            pl.when(~part.misfit).then(part.value.expr) for part in self.parts if part.typed is not None
        ]
        return source.value([*fitting, *(part.value.expr for part in self.parts)], self._names)

    @property
    def typed(self) -> pl.Expr | None:
        """`value` as the type reads it, if it was asked about every part."""
        typed = [part.typed for part in self.parts if part.typed is not None]
        return pl.coalesce(typed) if typed and len(typed) == len(self.parts) else None

    @property
    def _names(self) -> dict[str, pl.Expr]:
        return {name: value.expr for name, value in self.named.items()}

    def pass_on_failures(self, chain: Chain, source: Source, holds: pl.Expr | None) -> None:
        """Let the chain fail as they do: not where `when` does not hold, for nothing is asked of it then."""
        asked = pl.lit(True) if holds is None else holds.fill_null(False)
        counts = asked
        if not source.needs_every_part:
            passed = asked
            for part in self.parts:
                chain.inherit(part.value, passed & part.value.failed_for_good)
                passed = passed & (part.value.expr.is_null() | part.misfit)
            counts = asked & chain.value.is_null()
        for each in (*(part.value for part in self.parts), *self.named.values()):
            chain.inherit(each, counts)
        for each in self.deciding:
            chain.inherit(each, pl.lit(False) if holds is None else holds.is_null())
        chain.final += [code for part in self.parts for code in part.value.final]
