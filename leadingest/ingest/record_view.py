"""One record as it came, beside what it becomes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from leadingest.deliveries.records import RecordBatch
from leadingest.engine.plan import WHERE
from leadingest.engine.transform import MappedBatch, Transform


@dataclass(frozen=True)
class Refusal:
    """Why a cell could not be read, or a record was rejected; no field where the record could not be read at all."""

    field: str | None
    rule: str
    message: str


@dataclass(frozen=True)
class FieldView:
    """A field of a lead: its value as it would be stored, and the cells that it comes from, by header."""

    name: str
    value: Any
    cells: Mapping[str, str]
    invalid: Refusal | None = None


@dataclass(frozen=True)
class RecordView:
    """What a record becomes: `fields` of a lead, the `refusal` of a reject.

    `cells` are all of the record, by header; the raw text where it could not be taken apart.
    """

    number: int
    line: int
    outcome: Literal["lead", "rejected", "filtered"]
    cells: Mapping[str, str] | str
    fields: tuple[FieldView, ...] = ()
    refusal: Refusal | None = None
    #: Whether `keep` has left it out for another record, and not `where`.
    superseded: bool = False


def record_views(
    transform: Transform, batch: RecordBatch, mapped: MappedBatch, numbers: Collection[int]
) -> Iterator[RecordView]:
    """The records of a batch with these numbers, each beside what it became."""
    wanted = pl.col("record_number").is_in(list(numbers))
    leads = {lead["record_number"]: lead for lead in mapped.leads.filter(wanted).iter_rows(named=True)}
    rejects = {each["record_number"]: each for each in mapped.rejects.filter(wanted).iter_rows(named=True)}
    unread = list(mapped.invalid_values.filter(wanted).iter_rows(named=True))
    numbered = pl.Series(batch.numbers, dtype=pl.Int64)
    for row in numbered.is_in(list(numbers)).arg_true().to_list():
        number, line = numbered[row], batch.lines[row]
        cells = dict(zip(transform.binding.labels, batch.frame.row(row), strict=True))
        if number in leads:
            invalid = {each["field"]: each for each in unread if each["record_number"] == number}
            fields = tuple(_fields(transform, leads[number], invalid, cells))
            yield RecordView(number, line, "lead", cells, fields)
        elif number in rejects:
            yield RecordView(number, line, "rejected", cells, refusal=_refusal(rejects.pop(number)))
        else:
            superseded = number in transform.superseded
            yield RecordView(number, line, "filtered", cells, superseded=superseded)
    for number, each in rejects.items():
        if number not in batch.numbers:
            yield RecordView(
                number, each["line_number"], "rejected", each["raw_record"], refusal=_refusal(each)
            )


def _fields(
    transform: Transform, lead: Mapping[str, Any], invalid: Mapping[str, Any], cells: Mapping[str, str]
) -> Iterator[FieldView]:
    plan, labels = transform.plan, transform.binding.labels
    outcomes = {(each.rule, _headers(each.columns, labels)): each for each in plan.outcomes}

    def view(name: str, value: Any, columns: Iterable[int]) -> FieldView:
        refusal = None
        if each := invalid.get(name):
            problem = outcomes[each["rule"], each["header"]].problem
            refusal = Refusal(name, each["rule"], f"{each['header'] or name} {problem}")
        return FieldView(name, value, {labels[at]: cells[labels[at]] for at in sorted(columns)}, refusal)

    for name, entry in transform.mapping.fields.items():
        yield view(name, lead[name], plan.trails[entry.path].columns)
    if WHERE in invalid:
        each = invalid[WHERE]
        yield view(WHERE, None, outcomes[each["rule"], each["header"]].columns)


def _headers(columns: Iterable[int], labels: Sequence[str]) -> str:
    """As invalid values name where they come from."""
    return ", ".join(labels[at] for at in columns)


def _refusal(reject: Mapping[str, Any]) -> Refusal:
    return Refusal(reject["field"], reject["rule"], reject["message"])
