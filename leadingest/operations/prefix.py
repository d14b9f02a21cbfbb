"""`prefix`: a text in front of the value."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.expressions import BLANKS
from leadingest.operations.base import Example, Operation


class Prefix(Operation):
    """Put a text in front of the value. A blank stays blank, which is useful in a `join`."""

    prefix: str = Field(min_length=1)

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example('{from: Apartment, prefix: "Apt "}', (("4B", "Apt 4B"), ("", None))),
        Example(
            '{join: [{from: Mon, nulls: [CLOSED], prefix: "Mon "}, {from: Tue, nulls: [CLOSED], prefix: "Tue "}], separator: "; "}',
            (
                ({"Mon": "7AM - 5PM", "Tue": "CLOSED"}, "Mon 7AM - 5PM"),
                ({"Mon": "9AM", "Tue": "8AM"}, "Mon 9AM; Tue 8AM"),
            ),
        ),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        return self.prefix.lstrip(BLANKS) + value
