"""A drafted mapping beside one that was written by hand for the same file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.drafting.draft_mapping import draft_mapping
from leadingest.drafting.draft_text import draft_text
from leadingest.engine.transform import Transform
from leadingest.mapping.models import Entry, Mapping
from leadingest.mapping.read_mapping import read_mapping
from leadingest.tables.load_table import read_load_table
from tests.benchmarks.drafts.real_files import ROOT, RealFile

TODAY: Final = date(2026, 11, 1)
#: Of the records: the values of a field that is right are the same in so many.
SAME: Final = 0.95
DDL: Final = ROOT / "ddl"

Columns = frozenset[int]


@dataclass(frozen=True)
class Comparison:
    """Fields of the mapping by hand, those that the draft makes of the same columns, and those with the same values."""

    source: str
    by_hand: frozenset[str]
    same_columns: frozenset[str]
    #: None where there is no mapping by hand to run.
    same_values: frozenset[str] | None
    #: Fields of the draft that the mapping by hand does not have.
    more: frozenset[str]
    #: Records that the draft rejects.
    rejects: int


def drafted(file: RealFile, folder: Path) -> Path:
    """The draft of the file, written into the folder."""
    table = read_load_table(DDL / "lead_sources.yaml")
    path = folder / f"{file.source}.yaml"
    draft = draft_mapping(fingerprint(file.path), source=file.source, table=table, today=TODAY)
    path.write_text(draft_text(draft), encoding="utf-8")
    return path


def compared(file: RealFile, draft: Path, by_hand: Path | None) -> Comparison:
    """The draft and what was written by hand, over all records of the file."""
    made = _Made.of(read_mapping(draft, ddl=DDL), file.path)
    if by_hand is None:
        expected, same_values = _columns(file.headers, made.headers), None
    else:
        reference = _Made.of(read_mapping(by_hand, ddl=DDL), file.path)
        expected, same_values = reference.columns, frozenset(_same_values(made, reference))
    return Comparison(
        file.source,
        frozenset(expected),
        frozenset(field for field in expected if expected[field] == made.columns.get(field)),
        same_values,
        frozenset(made.columns) - frozenset(expected),
        made.rejects,
    )


@dataclass(frozen=True)
class _Made:
    """What a mapping makes of a file: the columns, by position, of each field, and the leads."""

    headers: Sequence[str]
    columns: dict[str, Columns]
    leads: pl.DataFrame
    rejects: int

    @classmethod
    def of(cls, mapping: Mapping, file: Path) -> _Made:
        with open_records(fingerprint(file), mapping.delivery) as records:
            transform = Transform(mapping, records.headers, today=TODAY)
            positions = transform.binding.positions
            columns = {
                field: frozenset(_positions(entry, mapping, positions))
                for field, entry in mapping.fields.items()
            }
            batches = [
                transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
                for batch in records.batches()
            ]
        leads = pl.concat([batch.leads for batch in batches])
        return cls(records.headers, columns, leads, sum(batch.rejects.height for batch in batches))


def _columns(headers: dict[str, list[str | int]], there: Sequence[str]) -> dict[str, Columns]:
    return {
        field: frozenset(name - 1 if isinstance(name, int) else there.index(name) for name in names)
        for field, names in headers.items()
    }


def _positions(entry: Entry, mapping: Mapping, positions: dict[str, int]) -> set[int]:
    found: set[int] = set()
    for name in entry.names():
        if name in mapping.let:
            found |= _positions(mapping.let[name], mapping, positions)
        elif name in positions:
            found.add(positions[name])
    return found


def _same_values(made: _Made, reference: _Made) -> list[str]:
    both = made.leads.join(reference.leads, on="record_number", suffix=" by hand")
    fields = [field for field in reference.columns if field in made.columns]
    same = both.select(pl.col(field).eq_missing(pl.col(f"{field} by hand")).mean() for field in fields)
    return [field for field in fields if same[field].item() >= SAME]
