"""`flags`: a list out of columns that each say yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field

from leadingest.documents.yaml_document import Node, Scalar, Step, Table
from leadingest.documents.yaml_document import Sequence as List
from leadingest.operations.base import INVALID, Example
from leadingest.operations.flag import Flag
from leadingest.operations.sources.base import Headers, Source, entry_node


class Flags(Source):
    """List what the columns say yes to, with a comma between.

    `{Infant: Infants, School: [School, School Age]}` has what stands in the list, with the header, or every header, of
    its column; `[Infant, [School, School Age]]` are headers, each, or the first of several, in the list itself. Cells are read as by `flag`; one that
    says neither yes nor no makes the whole value invalid. `ages` takes the youngest and the oldest age out of a list of
    age groups.
    """

    flags: (
        Annotated[dict[str, Headers], Field(min_length=1)]
        | Annotated[tuple[Headers, ...], Field(min_length=1)]
    )

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{flags: [Infant, Toddler]}",
            (
                ({"Infant": "Y", "Toddler": "1"}, "Infant, Toddler"),
                ({"Infant": "No", "Toddler": "X"}, "Toddler"),
                ({"Infant": "", "Toddler": "N"}, None),
                ({"Infant": "Y", "Toddler": "see note"}, INVALID),
            ),
        ),
        Example(
            "{flags: {Infant: Infants, School: [School, School Age]}, ages: max}",
            (({"Infants": "Y", "School Age": "Y"}, "12"), ({"Infants": "Y", "School Age": "N"}, "0")),
            type="integer",
        ),
    )

    @classmethod
    def part_nodes(cls, node: Node) -> Iterator[tuple[Step, Node]]:
        """Every flag as an entry: `{from: Infants, flag: Infant}`."""
        if isinstance(node, Table):
            for name, headers in node.entries.items():
                yield name, entry_node(headers, {Flag.word(): Scalar(name, node.keys[name])})
        elif isinstance(node, List):
            for number, header in enumerate(node.items):
                first = header.items[0] if isinstance(header, List) and header.items else header
                if isinstance(first, Scalar):
                    yield number, entry_node(header, {Flag.word(): first})

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.concat_str(list(parts), separator=", ", ignore_nulls=True)
