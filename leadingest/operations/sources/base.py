"""What every word that gives a value promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field

from leadingest.documents.yaml_document import Node, Scalar, Step, Table
from leadingest.documents.yaml_document import Sequence as List
from leadingest.operations.base import Operation

#: An entry inside an entry, as it stands in the YAML: a header, alternatives, or an entry of its own.
Part = Annotated[str | list[str] | dict[str, object], Field(json_schema_extra={"stands_for": "part"})]

#: A header, or every header that a column has had.
Headers = str | Annotated[list[str], Field(min_length=1)]


class Source(Operation):
    """A word that gives an entry its value. Parts are entries of their own; names are headers or `let` values."""

    #: Whether one part that cannot be read makes the whole value unreadable.
    needs_every_part: ClassVar[bool] = True

    def alternatives(self) -> tuple[str, ...]:
        """Headers or `let` names of which the first that is there gives the value."""
        return ()

    def reads(self) -> tuple[str, ...]:
        """Headers or `let` names which must all be there."""
        return ()

    @classmethod
    def part_nodes(cls, node: Node) -> Iterator[tuple[Step, Node]]:
        """The entries that the value is made of, in what stands under the word, each with its step of the path."""
        yield from ()

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        """The value, elementwise: `parts` holds the values of the parts, `names` those of the names read."""
        raise TypeError(f"{type(self).__name__} does not say what it gives")


class Choice(Source):
    """One of several parts that has a valid value; parts are tried in the order in which `part_nodes` gives them."""

    needs_every_part: ClassVar[bool] = False
    leaves_blanks: ClassVar[bool] = False

    @classmethod
    def part_nodes(cls, node: Node) -> Iterator[tuple[Step, Node]]:
        yield from items(node)

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.coalesce(list(parts))


def entry_node(headers: Node, words: Mapping[str, Scalar]) -> Table:
    """An entry that takes a column and has these words, as if it were written."""
    entries: dict[str, Node] = {"from": headers, **words}
    return Table(entries, {key: node.position for key, node in entries.items()}, headers.position)


def items(node: Node) -> Iterator[tuple[int, Node]]:
    """The entries of a list, each with its place."""
    yield from enumerate(node.items if isinstance(node, List) else ())
