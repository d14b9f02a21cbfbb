"""One column of a load table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadingest.tables.types.base import ColumnType


@dataclass(frozen=True)
class Column:
    """A lead field: its type, what it means, and what a value of it may be.

    A record without a valid value for a `required` column is rejected. `one_of` maps each allowed
    value to its meaning, in the order of the file; empty means that every value of the type is allowed.
    """

    name: str
    type: ColumnType
    about: str
    required: bool = False
    one_of: Mapping[str, str] = field(default_factory=dict)
