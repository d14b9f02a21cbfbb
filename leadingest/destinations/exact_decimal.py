"""Decimals that come back exactly as they were written, also from SQLite."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

#: Decimal digits that a binary floating point number, SQLite's only fraction, keeps.
#: Source: SQLite documentation, "Floating Point Numbers".
_DIGITS_OF_A_FLOAT = 15


#: Polars has no decimals of more digits, and Python's usual 28 are not enough.
_WIDE = Context(prec=38)


class ExactDecimal(sa.TypeDecorator[Decimal]):
    """NUMERIC. In SQLite a column of more digits than its numbers keep is TEXT, which compares as text."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite" and self.precision > _DIGITS_OF_A_FLOAT:
            return dialect.type_descriptor(sa.Text())
        return dialect.type_descriptor(_Numeric(self.precision, self.scale))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-self.scale), context=_WIDE)


class _Numeric(sa.Numeric[Any]):
    """NUMERIC without the way through `float` that SQLAlchemy takes for SQLite."""

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None
