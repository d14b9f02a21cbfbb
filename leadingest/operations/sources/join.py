"""`join`: several parts in one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field

from leadingest.documents.yaml_document import Node, Step
from leadingest.operations.base import Example
from leadingest.operations.sources.base import Part, Source, items


class Join(Source):
    """Join the parts that have a value, with `separator` (a blank by default) between them.

    Each part is a header or an entry with its own words, often `{const: ..., when: ...}`.
    """

    join: Annotated[tuple[Part, ...], Field(min_length=1)]
    separator: str = Field(default=" ", description="The text between the parts.")

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{join: [Street Number, Street Name, Floor]}",
            (({"Street Number": "12", "Street Name": "Elm St", "Floor": ""}, "12 Elm St"),),
        ),
        Example(
            """{join: [{const: Infant, when: "Infant = 'Y'"}, {const: Toddler, when: "Toddler = 'Y'"}], separator: ", "}""",
            (({"Infant": "Y", "Toddler": "Y"}, "Infant, Toddler"), ({"Infant": "N", "Toddler": "N"}, None)),
        ),
    )

    @classmethod
    def part_nodes(cls, node: Node) -> Iterator[tuple[Step, Node]]:
        yield from items(node)

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.concat_str(list(parts), separator=self.separator, ignore_nulls=True)
