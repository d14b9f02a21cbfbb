"""Run a few made-up records through a mapping written in the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from leadingest.engine.transform import MappedBatch, Transform
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

DDL = Path(__file__).parents[2] / "ddl"
TODAY = date(2026, 3, 1)

Record = dict[str, str]


@dataclass(frozen=True)
class Trial:
    """What became of the records of a trial."""

    leads: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    invalid_values: list[dict[str, Any]]
    batches: list[MappedBatch] = field(repr=False)


@lru_cache(maxsize=16)
def mapping_of(yaml: str) -> Mapping:
    """The mapping of a document that need not say its source, delivery and required fields."""
    text = yaml
    if "source:" not in yaml:
        text = 'source: trial\ndelivery: {match: "*.csv"}\n' + yaml
    if "\nfields:" in f"\n{text}" and "  company:" not in text:
        text = text.replace("fields:", "fields:\n  company: {const: Acme}", 1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trial.yaml"
        path.write_text(text, encoding="utf-8")
        (path.parent / "counties.csv").write_text("FIPS,County\n007,Elko\n003,Clark\n", encoding="utf-8")
        return read_mapping(path, ddl=DDL, shown_as="trial.yaml")


def frame_of(records: Sequence[Record], headers: Sequence[str]) -> pl.DataFrame:
    """The records as a reader gives them."""
    columns = {str(i): [record.get(header, "") for record in records] for i, header in enumerate(headers)}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def run(yaml: str, *records: Record, batch: int = 100) -> Trial:
    """The records, which must name the same headers, through the mapping, in batches of the size given."""
    headers = list(dict.fromkeys(header for record in records for header in record))
    transform = Transform(mapping_of(yaml), headers, today=TODAY)
    batches = []
    for start in range(0, len(records), batch):
        part = records[start : start + batch]
        lines = range(start + 2, start + 2 + len(part))
        batches.append(
            transform.batch(
                frame_of(part, headers), numbers=range(start + 1, start + 1 + len(part)), lines=lines
            )
        )
    return Trial(
        leads=[lead for each in batches for lead in each.leads.to_dicts()],
        rejects=[reject for each in batches for reject in each.rejects.to_dicts()],
        invalid_values=[value for each in batches for value in each.invalid_values.to_dicts()],
        batches=batches,
    )


def values(yaml: str, *records: Record, field: str) -> list[Any]:
    """What the field becomes, record by record."""
    return [lead[field] for lead in run(yaml, *records).leads]
