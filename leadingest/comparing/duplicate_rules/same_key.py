"""`same_key`: the lead_key, which the program itself goes by."""

from __future__ import annotations

import polars as pl

from leadingest.comparing.duplicate_rules.base import DuplicateRule

#: Not a guess, as the others are: it tells what the view makes of these leads.
same_key = DuplicateRule("same_key", "the same lead_key", (), lambda _: pl.col("lead_key"))
