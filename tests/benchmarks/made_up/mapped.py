"""What leadingest's own engine makes of made-up records."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from leadingest.engine.transform import MappedBatch, Transform
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping
from tests.benchmarks.made_up.mappings import MAPPINGS

ROOT = MAPPINGS.parent

#: The day on which they are read.
TODAY = date(2026, 6, 30)


def transform_of(source: str, records: pl.DataFrame, *, mappings: Path = MAPPINGS) -> Transform:
    """The mapping of the source, as it is shipped or as it stands in another folder, bound to the headers."""
    return Transform(_mapping(mappings / f"{source}.yaml"), records.columns, today=TODAY)


@cache
def _mapping(file: Path) -> Mapping:
    return read_mapping(file, ddl=ROOT / "ddl")


def mapped(source: str, records: pl.DataFrame, *, mappings: Path = MAPPINGS) -> MappedBatch:
    """The records in one batch, as if they stood one to a line below the header."""
    numbered = records.rename({name: str(position) for position, name in enumerate(records.columns)})
    numbers, lines = range(1, records.height + 1), range(2, records.height + 2)
    return transform_of(source, records, mappings=mappings).batch(numbered, numbers=numbers, lines=lines)
