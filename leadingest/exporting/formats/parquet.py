"""Parquet, for programs: every value with its type, as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import polars as pl


def write(batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """The leads. Batches wait in a temporary folder, for polars writes such a file in one go or not at all."""
    with TemporaryDirectory() as folder:
        parts = []
        for number, leads in enumerate(batches):
            parts.append(Path(folder) / f"{number}.arrow")
            leads.write_ipc(parts[-1])
        pl.scan_ipc(parts, glob=False).sink_parquet(file)
