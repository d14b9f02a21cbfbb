"""The functions of SQL expressions: everything that may be called, and why the rest may not.

A function stands here if polars computes it element by element: what it gives for a record depends on that record
alone, in whatever order and batches records come, and it never stops at a bad value. The table is what the parser
allows, what the reference lists and what an editor offers.
"""

from __future__ import annotations

from typing import Final

from leadingest.operations.sql.functions.choices import CHOICES
from leadingest.operations.sql.functions.dates import DATES
from leadingest.operations.sql.functions.lists import LISTS
from leadingest.operations.sql.functions.numbers import NUMBERS
from leadingest.operations.sql.functions.texts import TEXTS

#: In the order of the reference.
GROUPS: Final = (TEXTS, CHOICES, NUMBERS, DATES, LISTS)

#: Every function by its name, in capitals.
FUNCTIONS: Final = {function.name: function for group in GROUPS for function in group.functions}
