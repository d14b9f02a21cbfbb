"""`days`: the hours of opening out of a column for each day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import polars as pl
from pydantic import Field

from leadingest.documents.yaml_document import Node, Scalar, Step, Table
from leadingest.expressions import on_distinct
from leadingest.operations.base import INVALID, Example
from leadingest.operations.hours import DAYS, Hours, days_together
from leadingest.operations.prefix import Prefix
from leadingest.operations.sources.base import Headers, Source, entry_node


class Days(Source):
    """Write the hours of days that have a column each in the standard form of `hours`.

    A day is `Mon`, `Tue`, `Wed`, `Thu`, `Fri`, `Sat` or `Sun`, with the header, or every header, of its column. Cells are
    read as by `hours`; one that is not recognized makes the whole value invalid.
    """

    days: Annotated[
        dict[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], Headers], Field(min_length=1)
    ]

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{days: {Mon: Monday, Tue: [Tues, Tuesday], Sat: Saturday}}",
            (
                (
                    {"Monday": "7:30AM - 5:30PM", "Tues": "7:30AM - 5:30PM", "Saturday": "CLOSED"},
                    "Mon-Tue 07:30-17:30",
                ),
                (
                    {"Monday": "6AM-6PM", "Tues": "", "Saturday": "8AM-NOON"},
                    "Mon 06:00-18:00; Sat 08:00-12:00",
                ),
                ({"Monday": "6AM-6PM", "Tues": "varies", "Saturday": ""}, INVALID),
            ),
        ),
    )

    @classmethod
    def part_nodes(cls, node: Node) -> Iterator[tuple[Step, Node]]:
        """Every day as an entry, in the order of the week: `{from: Monday, prefix: "Mon ", hours: true}`."""
        entries = node.entries if isinstance(node, Table) else {}
        for day in DAYS:
            if headers := entries.get(day):
                here = headers.position
                yield (
                    day,
                    entry_node(
                        headers,
                        {Prefix.word(): Scalar(f"{day} ", here), Hours.word(): Scalar("true", here)},
                    ),
                )

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        joined = pl.concat_str(list(parts), separator="; ", ignore_nulls=True)
        return on_distinct(pl.when(joined != "").then(joined), days_together)
