"""`first_of`: the first part that has a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field

from leadingest.operations.base import Example
from leadingest.operations.sources.base import Part, Source


class FirstOf(Source):
    """Take the first part that gives a value: SQL's coalesce.

    Each part is a header or an entry with words of its own. A part that does not recognise its cell
    passes to the next one; only when no part gives a value is the cell an invalid value.
    """

    first_of: Annotated[tuple[Part, ...], Field(min_length=1)]

    needs_every_part: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            '{first_of: [{from: Name, extract: " DBA (.+)$"}, Name]}',
            (("REED, ANNA DBA PINE TREE CARE", "PINE TREE CARE"), ("PINE TREE CARE", "PINE TREE CARE")),
        ),
    )

    def parts(self) -> tuple[Part, ...]:
        return self.first_of

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.coalesce(list(parts))
