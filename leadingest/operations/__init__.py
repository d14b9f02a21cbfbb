"""The words of the mapping language: what happens to a value.

The words of an entry apply in the order in which it writes them; `OPERATIONS` is the order in which they are told of.
`CHECKS` come after the type. A word is imported when a mapping uses it.
"""

from typing import Final

from leadingest.operations.base import Operation, WordRegistry
from leadingest.operations.checks.base import Check

#: Each with its file in this folder.
OPERATIONS: Final = WordRegistry[Operation](
    __name__,
    {
        "nulls": "nulls",
        "unescape": "unescape",
        "json": "json_path",
        "strip": "strip",
        "squeeze": "squeeze",
        "replace": "replace",
        "extract": "extract",
        "split": "split",
        "digits": "digits",
        "pad": "pad",
        "in_years": "in_years",
        "ages": "ages",
        "flag": "flag",
        "hours": "hours",
        "person": "person",
        "dba": "dba",
        "us_address": "us_address",
        "case": "case",
        "values": "values",
        "lookup": "lookup",
        "each": "each",
        "prefix": "prefix",
        "suffix": "suffix",
        "default": "default",
    },
)

#: Each with its file in the folder `checks`.
CHECKS: Final = WordRegistry[Check](
    f"{__name__}.checks",
    {
        "required": "required",
        "min": "min",
        "max": "max",
        "one_of": "one_of",
        "pattern": "pattern",
        "unique": "unique",
    },
)
