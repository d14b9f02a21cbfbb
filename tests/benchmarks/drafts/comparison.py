"""A draft beside the good mapping of the same file: what is right, what is wrong and says so, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.drafting.draft_mapping import Draft, draft_mapping
from leadingest.drafting.draft_text import draft_text
from leadingest.engine.transform import Transform
from leadingest.mapping.models import Entry, Mapping
from leadingest.mapping.read_mapping import read_mapping
from leadingest.tables.load_table import read_load_table
from tests.benchmarks.drafts.listed_files import ROOT, ListedFile

TODAY: Final = date(2026, 11, 1)
#: Of the records: the values of a field that is right are the same in so many.
SAME: Final = 0.95
DDL: Final = ROOT / "ddl"

Columns = frozenset[int]


@dataclass(frozen=True)
class Comparison:
    """The fields of the good mapping and of the draft, each in one of four sets."""

    source: str
    right: frozenset[str]
    #: Wrong, and marked as unsure. A field that the good mapping does not have is wrong, too.
    marked: frozenset[str]
    #: Wrong without a mark.
    unmarked: frozenset[str]
    #: Fields of the good mapping that the draft does not have.
    missing: frozenset[str]
    #: Of those that are right: marked as unsure.
    right_marked: frozenset[str]
    #: Records that the draft rejects.
    rejects: int

    @property
    def fields(self) -> int:
        """All fields that are judged."""
        return len(self.right | self.marked | self.unmarked | self.missing)


def summed(found: Sequence[Comparison], source: str) -> Comparison:
    """All of them as one, under this name."""

    def together(name: str) -> frozenset[str]:
        return frozenset(f"{each.source}.{field}" for each in found for field in getattr(each, name))

    return Comparison(
        source,
        together("right"),
        together("marked"),
        together("unmarked"),
        together("missing"),
        together("right_marked"),
        sum(each.rejects for each in found),
    )


def drafted(file: ListedFile, folder: Path) -> tuple[Draft, Path]:
    """The draft of the file, and its text in the folder."""
    table = read_load_table(DDL / "lead_sources.yaml")
    path = folder / f"{file.source}.yaml"
    draft = draft_mapping(fingerprint(file.path), source=file.source, table=table, today=TODAY)
    path.write_text(draft_text(draft), encoding="utf-8")
    return draft, path


def compared(file: ListedFile, folder: Path, *, most: int = sys.maxsize) -> Comparison:
    """The draft of the file, written into the folder, and its good mapping, over so many records of each batch at most."""
    draft, path = drafted(file, folder)
    made = _Made.of(read_mapping(path, ddl=DDL), file.path, most)
    if file.mapping:
        good = _Made.of(read_mapping(file.mapping, ddl=DDL), file.path, most)
        fields, right = frozenset(good.columns), _same_values(made, good)
    else:
        columns = _columns(file.headers, made.headers)
        fields = frozenset(columns)
        right = frozenset(field for field in columns if columns[field] == made.columns.get(field))
    there, unsure = frozenset(made.columns), frozenset(draft.unsure)
    wrong = there - right
    return Comparison(
        file.source, right, wrong & unsure, wrong - unsure, fields - there, right & unsure, made.rejects
    )


@dataclass(frozen=True)
class _Made:
    """What a mapping makes of a file: the columns, by position, of each field, and the leads."""

    headers: Sequence[str]
    columns: dict[str, Columns]
    leads: pl.DataFrame
    rejects: int

    @classmethod
    def of(cls, mapping: Mapping, file: Path, most: int) -> _Made:
        with open_records(fingerprint(file), mapping.delivery) as records:
            transform = Transform(mapping, records.headers, today=TODAY)
            positions = transform.binding.positions
            columns = {
                field: frozenset(_positions(entry, mapping, positions))
                for field, entry in mapping.fields.items()
            }
            batches = [
                transform.batch(
                    batch.frame.head(most), numbers=batch.numbers[:most], lines=batch.lines[:most]
                )
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


def _same_values(made: _Made, good: _Made) -> frozenset[str]:
    both = made.leads.join(good.leads, on="record_number", suffix=" by hand")
    fields = [field for field in good.columns if field in made.columns]
    same = both.select(pl.col(field).eq_missing(pl.col(f"{field} by hand")).mean() for field in fields)
    return frozenset(field for field in fields if same[field].item() >= SAME)
