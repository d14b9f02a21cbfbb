"""What leadingest's own engine makes of made-up records."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from leadingest.engine.transform import MappedBatch, Transform
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

ROOT = Path(__file__).parents[3]

#: The day on which they are read.
TODAY = date(2026, 6, 30)


def transform_of(source: str, records: pl.DataFrame) -> Transform:
    """The shipped mapping of the source, bound to the headers."""
    return Transform(_mapping(source), records.columns, today=TODAY)


@cache
def _mapping(source: str) -> Mapping:
    return read_mapping(ROOT / "mappings" / f"{source}.yaml", ddl=ROOT / "ddl")


def mapped(source: str, records: pl.DataFrame) -> MappedBatch:
    """The records in one batch, as if they stood one to a line below the header."""
    numbered = records.rename({name: str(position) for position, name in enumerate(records.columns)})
    numbers, lines = range(1, records.height + 1), range(2, records.height + 2)
    return transform_of(source, records).batch(numbered, numbers=numbers, lines=lines)
