"""Batches of text records in; leads, rejects and invalid values out, with nothing lost between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from leadingest.engine.bind import Binding, bind
from leadingest.engine.compile import compile_mapping
from leadingest.engine.plan import KEPT, Outcome, Plan, failure_column
from leadingest.engine.raw_values import raw_record, raw_value
from leadingest.engine.unique_values import UniqueValues
from leadingest.errors import BalanceError, DeliveryError
from leadingest.mapping.models import Mapping
from leadingest.tables.rejects import REJECTS

INVALID_VALUES = {
    "record_number": pl.Int64,
    "field": pl.String,
    "header": pl.String,
    "rule": pl.String,
    "raw_value": pl.String,
}

_ROW = "\x1frow"


@dataclass(frozen=True)
class MappedBatch:
    """What a batch of records became: `read` = leads + rejects + `filtered`.

    `leads` has record_number, the fields of the load table, filled_fields and lead_key; the other two
    frames are shaped as REJECTS and INVALID_VALUES say. `holding` counts the invalid values that a
    mapping wants the load held for.
    """

    leads: pl.DataFrame
    rejects: pl.DataFrame
    invalid_values: pl.DataFrame
    read: int
    filtered: int
    holding: int

    def with_unread(self, rejects: pl.DataFrame) -> MappedBatch:
        """The batch with records that could not even be read among those that were, as rejects."""
        if rejects.is_empty():
            return self
        return replace(
            self,
            rejects=_together([rejects, self.rejects], REJECTS),
            read=self.read + rejects.height,
        )


class Transform:
    """One mapping applied to one delivery, batch by batch.

    Raises DeliveryError when the headers do not fit the mapping, DefinitionError when an expression of the
    mapping cannot be computed.
    """

    def __init__(self, mapping: Mapping, headers: Sequence[str], *, today: date) -> None:
        self.mapping = mapping
        self.binding: Binding = bind(mapping, headers)
        self.plan: Plan = compile_mapping(mapping, self.binding, today=today)
        self._unique = UniqueValues(self.plan.unique)

    @property
    def in_order(self) -> bool:
        """Whether batches must come one after the other; otherwise several threads may map them at once."""
        return bool(self.plan.unique)

    def batch(self, records: pl.DataFrame, *, numbers: Sequence[int], lines: Sequence[int]) -> MappedBatch:
        """Map a batch: text columns named "0", "1", …, and for each record its number and its line."""
        numbered = pl.Series(numbers, dtype=pl.Int64)
        mapped = self._mapped(records).with_row_index(_ROW)
        mapped = self._unique.mark(mapped)
        kept = mapped.filter(pl.col(KEPT)) if self.mapping.where else mapped
        failures = [failure_column(field) for field in self.plan.fallible]
        faulty = (
            kept.filter(pl.any_horizontal(pl.col(name) > 0 for name in failures))
            if failures
            else kept.clear()
        )
        rejected = faulty.filter(pl.any_horizontal(self._rejects(field) for field in self.plan.fallible))
        leads = kept
        if rejected.height:
            leads = kept.join(rejected.select(_ROW), on=_ROW, how="anti", maintain_order="left")
            faulty = faulty.join(rejected.select(_ROW), on=_ROW, how="anti", maintain_order="left")
        filtered = mapped.height - kept.height
        if leads.height + rejected.height + filtered != records.height:
            raise BalanceError(
                f"of {records.height} records {leads.height + rejected.height + filtered} came out"
            )
        found = list(self._invalid(faulty, records, numbered))
        return MappedBatch(
            leads=self._leads(leads, numbered),
            rejects=self._rejected(rejected, records, numbered, lines),
            invalid_values=_together([frame for _, frame in found], INVALID_VALUES),
            read=records.height,
            filtered=filtered,
            holding=sum(frame.height for outcome, frame in found if outcome.fate == "hold"),
        )

    def _mapped(self, records: pl.DataFrame) -> pl.DataFrame:
        try:
            return self.plan.apply(records.lazy()).collect()
        except pl.exceptions.PolarsError as error:
            # What polars says may quote cells, which are no matter for a log.
            kind = type(error).__name__
            raise DeliveryError(
                f"the mapping {self.mapping.path.name} cannot be computed for this delivery ({kind})",
                hint="an `sql` or `when` of the mapping does not fit its values: wrap what may fail in TRY_CAST",
            ) from error

    def _rejects(self, field: str) -> pl.Expr:
        codes = [outcome.code for outcome in self.plan.outcomes if outcome.fate == "reject"]
        return pl.col(failure_column(field)).is_in(pl.Series(codes, dtype=pl.UInt16).implode())

    def _leads(self, leads: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
        hidden = [KEPT, *(failure_column(field) for field in self.plan.fallible)]
        number = numbers.gather(leads[_ROW]).alias("record_number")
        finished = leads.lazy().drop(hidden).with_columns(self._filled_fields())
        return (
            self.mapping.table.identity.with_key(finished, "lead_key")
            .select(number, pl.exclude(_ROW))
            .collect()
        )

    def _filled_fields(self) -> pl.Expr:
        filled = [pl.col(name).is_not_null() for name in self.mapping.table.columns]
        return pl.sum_horizontal(filled).cast(pl.Int16).alias("filled_fields")

    def _rejected(
        self, rejected: pl.DataFrame, records: pl.DataFrame, numbers: pl.Series, lines: Sequence[int]
    ) -> pl.DataFrame:
        """Each rejected record with the first of its fields, in the order of the mapping, that asks for it."""
        found: list[pl.DataFrame] = []
        left = rejected
        for field in self.plan.fallible:
            for outcome, rows in self._failing(left, field, ("reject",)):
                message = f"{self._origin(outcome) or field} {outcome.problem}"
                found.append(
                    pl.DataFrame(
                        {
                            "record_number": numbers.gather(rows),
                            "line_number": pl.Series([lines[row] for row in rows], dtype=pl.Int64),
                            "field": [field] * rows.len(),
                            "rule": [outcome.rule] * rows.len(),
                            "message": [message] * rows.len(),
                            "raw_record": raw_record(records[rows.to_list()], self.binding.labels),
                        },
                        schema=REJECTS,
                    )
                )
                left = left.filter(~pl.col(_ROW).is_in(rows.implode()))
        return _together(found, REJECTS)

    def _invalid(
        self, faulty: pl.DataFrame, records: pl.DataFrame, numbers: pl.Series
    ) -> Iterator[tuple[Outcome, pl.DataFrame]]:
        for field in self.plan.fallible:
            for outcome, rows in self._failing(faulty, field, ("blank", "hold")):
                frame = pl.DataFrame(
                    {
                        "record_number": numbers.gather(rows),
                        "field": [field] * rows.len(),
                        "header": [self._origin(outcome)] * rows.len(),
                        "rule": [outcome.rule] * rows.len(),
                        "raw_value": raw_value(records[rows.to_list()], outcome.columns, self.binding.labels),
                    },
                    schema=INVALID_VALUES,
                )
                yield outcome, frame

    def _failing(
        self, rows: pl.DataFrame, field: str, fates: tuple[str, ...]
    ) -> Iterator[tuple[Outcome, pl.Series]]:
        """The outcomes that the field has in these rows, with the numbers of the rows."""
        name = failure_column(field)
        for code in rows[name].unique().sort().to_list():
            outcome = self.plan.outcomes[code - 1]
            if code and outcome.fate in fates:
                yield outcome, rows.filter(pl.col(name) == code)[_ROW]

    def _origin(self, outcome: Outcome) -> str:
        return ", ".join(self.binding.labels[position] for position in outcome.columns)


def _together(frames: list[pl.DataFrame], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    if not frames:
        return pl.DataFrame(schema=schema)
    return pl.concat(frames).sort("record_number", maintain_order=True)
