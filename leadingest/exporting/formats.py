"""The kinds of files that leads are handed over in. `FORMATS` registers them: each is a function that writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

import polars as pl

from leadingest.outputs.formulas import harmless
from leadingest.outputs.workbook import workbook

#: Writes leads to a file, batch by batch.
Write = Callable[[Iterator[pl.DataFrame], BinaryIO], None]


def write_csv(batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """CSV in UTF-8, with commas and a header: times in UTC as `2026-06-30 12:00:00`; no text begins as a formula does."""
    for number, leads in enumerate(batches):
        harmless(leads).write_csv(file, include_header=number == 0, datetime_format="%Y-%m-%d %H:%M:%S")


def write_xlsx(batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """A workbook with one sheet: the leads with their types; texts are texts, whatever they begin with."""
    with workbook(file) as book:
        book.sheet("leads", batches)


def write_parquet(batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """Parquet, for programs: every value with its type, as it is.

    Batches wait in a temporary folder, for polars writes such a file in one go or not at all.
    """
    with TemporaryDirectory() as folder:
        parts = []
        for number, leads in enumerate(batches):
            parts.append(Path(folder) / f"{number}.arrow")
            leads.write_ipc(parts[-1])
        pl.scan_ipc(parts, glob=False).sink_parquet(file)


FORMATS: Final[Mapping[str, Write]] = {"csv": write_csv, "xlsx": write_xlsx, "parquet": write_parquet}


def write_leads(name: str, batches: Iterator[pl.DataFrame], file: BinaryIO) -> None:
    """Write the leads to the file, a batch at a time; there must be one, be it an empty one."""
    FORMATS[name](batches, file)
