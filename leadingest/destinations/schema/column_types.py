"""The types and options that the tables have in common."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite

TABLE_OPTIONS: Final[dict[str, Any]] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_unicode_ci",
}

Number = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
Time = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql")
LongText = sa.Text().with_variant(mysql.LONGTEXT(), "mysql")


def key_text(length: int) -> Any:
    """A text that is compared sign by sign."""
    return sa.String(length).with_variant(mysql.VARCHAR(length, collation="utf8mb4_bin"), "mysql")


def count_column(name: str, comment: str) -> sa.Column[Any]:
    """A column that counts from 0."""
    return sa.Column(name, Number, nullable=False, server_default="0", comment=comment)
