"""Run the `tests:` of a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Position
from leadingest.engine.binding import respelled
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.mapping.models import Entry
from leadingest.mapping.models import Mapping as SourceMapping
from leadingest.mapping.sections import MappingTest
from leadingest.tables.types.base import stored_text


@dataclass(frozen=True)
class Became:
    """What a record became: the stored form of every filled field of its lead, and the fields that are invalid."""

    outcome: Literal["lead", "rejected", "filtered"]
    #: For which field it is rejected.
    field: str = ""
    lead: Mapping[str, str] | None = None
    invalid: tuple[str, ...] = ()

    def __str__(self) -> str:
        return {"lead": "a lead", "filtered": "filtered"}.get(self.outcome, f"rejected for {self.field}")


@dataclass(frozen=True)
class Mismatch:
    """What a test expects and does not get: of the `record`, a field of the `lead`, or the `invalid` fields."""

    kind: Literal["record", "lead", "invalid"]
    expected: str
    became: str
    field: str = ""


@dataclass(frozen=True)
class TriedTest:
    """A test and what its record became; it passes if there is no difference."""

    number: int
    test: MappingTest
    position: Position
    became: Became
    differences: tuple[Mismatch, ...]
    transform: Transform
    record: pl.DataFrame


def try_mapping(mapping: SourceMapping, *, today: date) -> list[TriedTest]:
    """Each test of the mapping, tried; `today` stands for the day of the run where a test names none.

    Raises DeliveryError or DefinitionError where a record cannot be mapped at all.
    """
    return [_tried(mapping, number, test, today) for number, test in enumerate(mapping.tests)]


def _tried(mapping: SourceMapping, number: int, test: MappingTest, today: date) -> TriedTest:
    headers = list(dict.fromkeys([*test.record, *_headers_left_out(mapping, test)]))
    record = pl.DataFrame(
        {str(position): [test.record.get(header, "")] for position, header in enumerate(headers)},
        schema={str(position): pl.String for position in range(len(headers))},
    )
    transform = Transform(mapping, headers, today=test.today or today)
    became = _became(transform.batch(record, numbers=[1], lines=[2]), mapping)
    return TriedTest(
        number=number,
        test=test,
        position=mapping.place("tests", number),
        became=became,
        differences=tuple(_differences(test, became)),
        transform=transform,
        record=record,
    )


def _became(batch: MappedBatch, mapping: SourceMapping) -> Became:
    if batch.filtered:
        return Became("filtered")
    if batch.rejects.height:
        return Became("rejected", listed(batch.rejects["field"].to_list()))
    lead = batch.leads.row(0, named=True)
    filled = {name: stored_text(lead[name]) for name in mapping.table.columns if lead[name] is not None}
    return Became("lead", lead=filled, invalid=tuple(batch.invalid_values["field"].to_list()))


def _differences(test: MappingTest, became: Became) -> Iterator[Mismatch]:
    expected = _expected(test)
    if str(became) != expected:
        yield Mismatch("record", expected, str(became))
        return
    for field, value in (test.lead or {}).items():
        if (stored := (became.lead or {}).get(field, "")) != value:
            yield Mismatch("lead", value, stored, field)
    if set(test.invalid) != set(became.invalid):
        yield Mismatch("invalid", ", ".join(test.invalid), ", ".join(became.invalid))


def _expected(test: MappingTest) -> str:
    if test.filtered:
        return "filtered"
    return f"rejected for {test.rejected}" if test.rejected else "a lead"


def _headers_left_out(mapping: SourceMapping, test: MappingTest) -> Iterator[str]:
    """A header for everything that the mapping reads and the record does not name: of several names the first."""
    there = respelled(mapping, tuple(test.record))
    groups = [
        group for entry in (*mapping.let.values(), *mapping.fields.values()) for group in _names_of(entry)
    ]
    groups += [(name,) for name in (mapping.where.names if mapping.where else ())]
    for group in groups:
        if not any(name in mapping.let or name in there for name in group):
            yield group[0]


def _names_of(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Groups of names of which one must be there."""
    if alternatives := entry.source.alternatives():
        yield alternatives
    for name in (*entry.source.reads(), *(entry.when.names if entry.when else ())):
        yield (name,)
    for part in entry.parts:
        yield from _names_of(part)
