"""`squeeze`: one blank where there are several, and nothing that cannot be seen."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.expressions import squeezed
from leadingest.operations.base import Example, Operation, Switch


class Squeeze(Operation):
    """Put one blank in the place of each run of blanks, line breaks and hard blanks among them.

    Soft hyphens, zero-width characters and marks of the direction of writing go. Fields that the load table says
    `squeeze: true` of, those by which leads are compared, have it done by their type: there it need not be said.
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
