"""Headers and values in SQL expressions of a mapping."""

from __future__ import annotations

import re

from leadingest.drafting.column import Column
from leadingest.errors import FaultError
from leadingest.operations.sql_expression import names_read


def identifier(column: Column) -> str:
    """The column's name, in double quotes where SQL would take it for something else."""
    name = column.label
    if re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) and _is_a_name(name):
        return name
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def literal(value: str) -> str:
    """The value in single quotes."""
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def _is_a_name(word: str) -> bool:
    try:
        return names_read(f"{word} = 'Y'") == (word,)
    except (ValueError, FaultError):
        return False
