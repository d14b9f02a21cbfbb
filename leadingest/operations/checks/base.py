"""What every check promises."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import Word


class Check(Word):
    """Something that a value must be. What fails is an invalid value; `on_invalid` says what becomes of it."""

    #: Ends the sentence "Capacity ...", e.g. "is too small".
    problem: ClassVar[str]

    @classmethod
    def fits(cls, dtype: pl.DataType) -> bool:
        """Whether values of this type can be checked."""
        return True

    def misfit(self, dtype: pl.DataType) -> str | None:
        """Why the check cannot be made of values of this type, or None: ends the sentence "min ..."."""
        return None

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Whether the value, which is of the type given, fails the check. A blank never does."""
        raise TypeError(f"{type(self).__name__} does not say what fails")
