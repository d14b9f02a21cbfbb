"""CSV in UTF-8, with commas and a header: what is read everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from leadingest.outputs.formulas import harmless


def write(batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """The leads, times in UTC as `2026-06-30 12:00:00`; no text begins as a formula does."""
    for number, leads in enumerate(batches):
        harmless(leads).write_csv(file, include_header=number == 0, datetime_format="%Y-%m-%d %H:%M:%S")
