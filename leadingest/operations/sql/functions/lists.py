"""Functions of lists."""

from __future__ import annotations

from typing import Final

from leadingest.operations.sql.functions.function import TWO, Function, Group

LISTS: Final = Group(
    "Lists",
    (
        Function(
            "STRING_TO_ARRAY",
            "STRING_TO_ARRAY(text, separator)",
            "A list of the pieces, for the functions below.",
            "ARRAY_LENGTH(STRING_TO_ARRAY('a,b', ','))",
            "2",
            TWO,
        ),
        Function(
            "ARRAY_LENGTH",
            "ARRAY_LENGTH(list)",
            "Number of elements.",
            "ARRAY_LENGTH(STRING_TO_ARRAY('a', ','))",
            "1",
            narrow=True,
        ),
        Function(
            "ARRAY_GET",
            "ARRAY_GET(list, n)",
            "The n-th element, counted from 1.",
            "ARRAY_GET(STRING_TO_ARRAY('a,b', ','), 2)",
            "b",
            TWO,
        ),
        Function(
            "ARRAY_CONTAINS",
            "ARRAY_CONTAINS(list, value)",
            "Whether the list contains the value.",
            "ARRAY_CONTAINS(STRING_TO_ARRAY('a,b', ','), 'b')",
            "true",
            TWO,
            condition=True,
        ),
        Function(
            "ARRAY_REVERSE",
            "ARRAY_REVERSE(list)",
            "Reversed.",
            "ARRAY_GET(ARRAY_REVERSE(STRING_TO_ARRAY('a,b', ',')), 1)",
            "b",
        ),
        Function(
            "ARRAY_UNIQUE",
            "ARRAY_UNIQUE(list)",
            "Without duplicates.",
            "ARRAY_LENGTH(ARRAY_UNIQUE(STRING_TO_ARRAY('a,b,a', ',')))",
            "2",
        ),
        Function(
            "ARRAY_TO_STRING",
            "ARRAY_TO_STRING(list, 'separator')",
            "Joined into one text.",
            "ARRAY_TO_STRING(STRING_TO_ARRAY('a,b', ','), ' and ')",
            "a and b",
            ("value", "text"),
        ),
    ),
)
