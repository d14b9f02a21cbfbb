"""The kinds of files that leads are handed over in. `FORMATS` registers them: each is a file with a `write`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import BinaryIO, Final

import polars as pl

FORMATS: Final = ("csv", "xlsx", "parquet")


def write_leads(name: str, batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """Write the leads to the file, a batch at a time; there must be one, be it an empty one."""
    import_module(f"{__name__}.{name}").write(batches, file)
