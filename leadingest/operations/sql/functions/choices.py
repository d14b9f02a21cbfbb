"""Functions of one of several values."""

from __future__ import annotations

from typing import Final

from leadingest.operations.sql.functions.function import TWO, Function, Group

CHOICES: Final = Group(
    "One of several",
    (
        Function(
            "COALESCE",
            "COALESCE(a, b, ...)",
            "The first argument that has a value.",
            "COALESCE(NULL, 'b')",
            "b",
            variadic=True,
            chooses=True,
        ),
        Function("IFNULL", "IFNULL(a, b)", "The same of two.", "IFNULL(NULL, 'b')", "b", TWO, chooses=True),
        Function(
            "NULLIF",
            "NULLIF(a, b)",
            "The first argument; no value if both are equal.",
            "NULLIF('none', 'none')",
            None,
            TWO,
            chooses=True,
        ),
        Function(
            "IF",
            "IF(condition, a, b)",
            "One of two.",
            "IF(2 > 1, 'yes', 'no')",
            "yes",
            ("value", "value", "value"),
            chooses=True,
        ),
        Function(
            "GREATEST",
            "GREATEST(a, b, ...)",
            "The largest.",
            "GREATEST(1, 3, 2)",
            "3",
            variadic=True,
            chooses=True,
        ),
        Function(
            "LEAST", "LEAST(a, b, ...)", "The smallest.", "LEAST(2, 1, 3)", "1", variadic=True, chooses=True
        ),
        Function(
            "TRY_CAST",
            "TRY_CAST(value AS type)",
            "Converted to another type; no value if that is not possible.",
            "TRY_CAST('12' AS INT)",
            "12",
            special=True,
        ),
        Function(
            "SAFE_CAST",
            "SAFE_CAST(value AS type)",
            "The same.",
            "SAFE_CAST('a dozen' AS INT)",
            None,
            special=True,
        ),
    ),
)
