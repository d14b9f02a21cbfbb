"""Run the `tests:` of a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Position
from leadingest.engine.stored_text import stored_text
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.mapping.expectation import Expectation
from leadingest.mapping.models import Entry, Mapping


@dataclass(frozen=True)
class Difference:
    """What a test of a mapping expects and does not get, with the place of the test."""

    position: Position
    message: str

    def __str__(self) -> str:
        return f"{self.position.file}:{self.position.line}:{self.position.column}: {self.message}"


def try_mapping(mapping: Mapping, *, today: date) -> list[Difference]:
    """Every difference between what the tests of the mapping expect and what it does; none if all pass.

    `today` stands for the day of the run. Raises DeliveryError or DefinitionError where a record
    cannot be mapped at all.
    """
    return [
        Difference(mapping.place("tests", number), f"{test.about}: {said}" if test.about else said)
        for number, test in enumerate(mapping.tests)
        for said in _differences(mapping, test, today)
    ]


def _differences(mapping: Mapping, test: Expectation, today: date) -> Iterator[str]:
    headers = list(dict.fromkeys([*test.record, *_headers_left_out(mapping, test)]))
    record = pl.DataFrame(
        {str(position): [test.record.get(header, "")] for position, header in enumerate(headers)},
        schema={str(position): pl.String for position in range(len(headers))},
    )
    outcome = Transform(mapping, headers, today=today).batch(record, numbers=range(1, 2), lines=range(1, 2))
    expected, became = _expected(test), _outcome(outcome)
    if expected != became:
        yield f"the record is {became}, not {expected}"
        return
    if test.lead is not None:
        yield from _lead_differences(test, outcome)


def _lead_differences(test: Expectation, outcome: MappedBatch) -> Iterator[str]:
    lead = outcome.leads.row(0, named=True)
    for field, expected in (test.lead or {}).items():
        if (stored := stored_text(lead[field])) != expected:
            yield f"{field} is {stored!r}, not {expected!r}"
    unread = outcome.invalid_values["field"].to_list()
    for field in [field for field in unread if field not in test.invalid]:
        yield f"{field} cannot be read, which the test does not say"
    for field in [field for field in test.invalid if field not in unread]:
        yield f"{field} can be read, and the test says it cannot"


def _expected(test: Expectation) -> str:
    if test.filtered:
        return "filtered"
    return f"rejected for {test.rejected}" if test.rejected else "a lead"


def _outcome(outcome: MappedBatch) -> str:
    if outcome.filtered:
        return "filtered"
    rejected_for = outcome.rejects["field"].to_list()
    return f"rejected for {listed(rejected_for)}" if rejected_for else "a lead"


def _headers_left_out(mapping: Mapping, test: Expectation) -> Iterator[str]:
    """A header for everything that the mapping reads and the record does not name: of several names the first."""
    groups = [
        group for entry in (*mapping.let.values(), *mapping.fields.values()) for group in _names_of(entry)
    ]
    groups += [(name,) for name in (mapping.where.names if mapping.where else ())]
    for group in groups:
        if not any(name in mapping.let or name in test.record for name in group):
            yield group[0]


def _names_of(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Groups of names of which one must be there."""
    if alternatives := entry.source.alternatives():
        yield alternatives
    for name in (*entry.source.reads(), *(entry.when.names if entry.when else ())):
        yield (name,)
    for part in entry.parts:
        yield from _names_of(part)
