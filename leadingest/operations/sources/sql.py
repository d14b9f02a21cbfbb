"""`sql`: an expression over the headers of the file and the values under `let`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.operations.base import Example
from leadingest.operations.sources.base import Source
from leadingest.operations.sql.reference import OFFERED, sql_reference
from leadingest.operations.sql_expression import names_read, parse_sql


class Sql(Source):
    """Compute the value with an SQL expression, if no word does what you need.

    Names are headers of the file and values under `let`; put a name with blanks or special characters in double
    quotes, a text in single quotes. Every column is a text: convert it to a number with `TRY_CAST(x AS INT)`. The
    expression sees only one record, and can use only what is listed here.
    """

    sql: str = Field(json_schema_extra={"examples": list(OFFERED)})

    examples: ClassVar = (
        Example(
            """{sql: "CASE WHEN Infant = 'Y' THEN 0 WHEN School = 'Y' THEN 5 END"}""",
            (({"Infant": "N", "School": "Y"}, "5"), ({"Infant": "N", "School": "N"}, None)),
            type="integer",
        ),
        Example(
            """{sql: "\\"Street No\\" || ' ' || Street"}""",
            (({"Street No": "12", "Street": "Elm"}, "12 Elm"),),
        ),
    )

    @classmethod
    def details(cls) -> Iterator[str]:
        return sql_reference()

    @field_validator("sql")
    @classmethod
    def _must_be_an_expression(cls, text: str) -> str:
        parse_sql(text)
        return text

    def reads(self) -> tuple[str, ...]:
        return names_read(self.sql)

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        return parse_sql(self.sql)
