"""`squeeze`: one blank where there are several, and nothing that cannot be seen."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.expressions import squeezed
from leadingest.operations.base import Example, Operation, Switch


class Squeeze(Operation):
    """Replace each run of blanks, including line breaks and non-breaking spaces, with one blank.

    Soft hyphens, zero-width characters and directional marks are removed. Fields with
    `squeeze: true` in the load table, by which leads are compared, do this automatically.
    """

    squeeze: Switch

    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "settles"
    examples: ClassVar = (
        Example(
            "{from: Schedule, squeeze: true}",
            (("Mon  -  Fri", "Mon - Fri"), ("Mon\n8:00", "Mon 8:00"), ("Mon-Fri", "Mon-Fri")),
        ),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        return squeezed(value)
