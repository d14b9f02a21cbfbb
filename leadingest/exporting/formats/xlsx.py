"""A workbook with one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from leadingest.outputs.workbook import workbook


def write(batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """The leads with their types; texts are texts, whatever they begin with."""
    with workbook(file) as book:
        book.sheet("leads", batches)
