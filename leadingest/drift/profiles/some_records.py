"""A sample of a batch."""

from __future__ import annotations

import polars as pl


def some_records(records: pl.DataFrame, number: int) -> pl.DataFrame:
    """So many of the records, each as likely as any other; all of fewer.

    The same batch gives the same sample. Every tenth record would be simpler, and wrong of a list in which something
    comes back every ten records.
    """
    return records if records.height <= number else records.sample(number, seed=number)
