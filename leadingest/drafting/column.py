"""A column of a sample."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from leadingest.drafting.header_match import HeaderMatch


@dataclass(frozen=True, eq=False)
class Column:
    """What is known of a column. `shapes` are shares of its different values, from 0 to 1."""

    position: int
    #: As the file has it; may be blank or stand twice.
    header: str
    #: A name that no other column has.
    label: str
    #: In how many records it has a value.
    filled: int
    #: How many different values it has.
    distinct: int
    #: The different values, those that stand most often first; white space at their ends is cut.
    values: pl.Series
    #: How often each of them stands there.
    times: pl.Series
    shapes: dict[str, float]
    #: What the header may mean.
    meanings: dict[str, HeaderMatch]

    def looks(self, *shapes: str, least: float = 0.8) -> bool:
        """Whether most of its values have one of the shapes."""
        return self.distinct > 0 and max(self.shapes[shape] for shape in shapes) >= least

    def sure(self, meaning: str) -> float:
        """How sure the header has this meaning, up to 1; 0 where it has not."""
        match = self.meanings.get(meaning)
        return match.score if match else 0.0
