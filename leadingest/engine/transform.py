"""Batches of text records in; leads, rejects and invalid values out, with nothing lost between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from leadingest.engine.binding import Binding, bind
from leadingest.engine.computation import ENGINE, Computation
from leadingest.engine.plan import KEPT, ROW, Plan, failure_column, fallible_fields
from leadingest.errors import BalanceError
from leadingest.expressions import collected
from leadingest.mapping.models import Mapping as SourceMapping
from leadingest.tables.rejects import INVALID_VALUES, REJECTS


class UniqueValues:
    """Marks each value that an earlier lead of the delivery has; the first one stays.

    Records that are left out or rejected, for whatever reason, are no leads: their values do not count. Every
    distinct value of the fields that `plan` calls unique is kept in memory for as long as the delivery lasts.
    `seen` has values of each field that were there before.
    """

    def __init__(self, plan: Plan, seen: Mapping[str, pl.Series] | None = None) -> None:
        self._codes = plan.unique
        self._rejecting = [outcome.code for outcome in plan.outcomes if outcome.fate == "reject"]
        self._rejects = frozenset(name for name, code in self._codes.items() if code in self._rejecting)
        self._seen: dict[str, pl.Series] = dict(seen or {})

    def mark(self, mapped: pl.DataFrame) -> pl.DataFrame:
        """The batch with the values seen before taken out, and their failure code set."""
        if not self._codes:
            return mapped
        failures = (pl.col(failure_column(field)) for field in fallible_fields(mapped))
        rejected_before = pl.any_horizontal(
            pl.lit(False), *(each.is_in(self._rejecting) for each in failures)
        )
        is_lead = pl.col(KEPT) & ~rejected_before
        values = mapped.select(pl.when(is_lead).then(name).alias(name) for name in self._codes)
        again, rejected = self._again(values)
        row = pl.int_range(pl.len())
        for name, code in self._codes.items():
            failure, repeated = failure_column(name), row.is_in(sorted(again[name]))
            mapped = mapped.with_columns(
                pl.when(~repeated).then(name).alias(name),
                pl.when(repeated).then(pl.lit(code, pl.UInt16)).otherwise(failure).alias(failure),
            )
            new = values.filter(~row.is_in(sorted(again[name] | rejected)))[name].drop_nulls()
            self._seen[name] = pl.concat([self._seen_of(name, new), new])
        return mapped

    def _seen_of(self, name: str, like: pl.Series) -> pl.Series:
        return self._seen.get(name, like.clear())

    def _again(self, values: pl.DataFrame) -> tuple[dict[str, set[int]], set[int]]:
        """For each field the rows whose value an earlier lead has, and the rows that are rejected for that.

        Only records with a value that stands there twice are looked at one by one: whether one of them is a lead
        hangs on all of its unique values, and on which of the records before it are leads.
        """
        before = {
            name: values[name].is_in(self._seen_of(name, values[name]).implode()) for name in self._codes
        }
        twice = (values[name].is_duplicated() & values[name].is_not_null() for name in self._codes)
        contested = pl.select(pl.arg_where(pl.any_horizontal(*before.values(), *twice))).to_series()
        again: dict[str, set[int]] = {name: set() for name in self._codes}
        rejected: set[int] = set()
        taken: dict[str, set[object]] = {
            name: set(values[name].filter(seen)) for name, seen in before.items()
        }
        for row, record in zip(contested, values[contested].iter_rows(named=True), strict=True):
            repeated = {name for name, value in record.items() if value is not None and value in taken[name]}
            for name in repeated:
                again[name].add(row)
            if repeated & self._rejects:
                rejected.add(row)
                continue
            for name in self._codes:
                taken[name].add(record[name])
        return again, rejected


#: What was refused, and why; there is no field where it was the record as such.
FieldAndRule = tuple[str | None, str]


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
    #: How many of the filtered ones `keep` has left out.
    superseded: int = 0

    @cached_property
    def reject_counts(self) -> Mapping[FieldAndRule, int]:
        """How often each rule has rejected a record for a field, or, without one, for itself."""
        return _by_rule(self.rejects)

    @cached_property
    def invalid_value_counts(self) -> Mapping[FieldAndRule, int]:
        """How often each rule has refused a value of a field."""
        return _by_rule(self.invalid_values)

    def with_unmapped(self, rejects: pl.DataFrame, left_out: int = 0) -> MappedBatch:
        """The batch with records that could not even be read, as rejects, and with those that a reader left out."""
        if left_out:
            counted = replace(self, read=self.read + left_out, filtered=self.filtered + left_out)
            return counted.with_unmapped(rejects)
        if rejects.is_empty():
            return self
        return replace(
            self,
            rejects=pl.concat([rejects, self.rejects]).sort("record_number", maintain_order=True),
            read=self.read + rejects.height,
        )


def _by_rule(faults: pl.DataFrame) -> dict[FieldAndRule, int]:
    if faults.is_empty():
        return {}
    [counted] = collected(faults.lazy().group_by("field", "rule").len())
    return {(field, rule): count for field, rule, count in counted.iter_rows()}


class Transform:
    """One mapping applied to one delivery, batch by batch.

    Raises DeliveryError when the headers do not fit the mapping, DefinitionError when an expression of the
    mapping cannot be computed.
    """

    def __init__(self, mapping: SourceMapping, headers: Sequence[str], *, today: date) -> None:
        self.mapping, self.headers = mapping, tuple(headers)
        self.binding: Binding = bind(mapping, headers)
        self.today = today
        self._computation = Computation(mapping, self.binding, today=today)
        self._unique = UniqueValues(self._computation.usual)
        self._faults = FaultFinder(self._computation.usual, self.binding.labels)
        #: Numbers of records, in ascending order, that others supersede: they are left out.
        self.superseded = pl.Series([], dtype=pl.Int64)

    @property
    def plan(self) -> Plan:
        """The mapping compiled for whatever may stand in a cell."""
        return self._computation.whole

    @property
    def in_order(self) -> bool:
        """Whether batches must come one after the other; otherwise several threads may map them at once."""
        return bool(self._computation.usual.unique)

    def has_seen(self, values: dict[str, pl.Series]) -> None:
        """Tell, before the first batch, values of `unique_fields` that leads of the delivery have already."""
        self._unique = UniqueValues(self._computation.usual, values)

    @property
    def unique_fields(self) -> tuple[str, ...]:
        """The fields whose values must be unique."""
        return tuple(self._computation.usual.unique)

    def batch(self, records: pl.DataFrame, *, numbers: Sequence[int], lines: Sequence[int]) -> MappedBatch:
        """Map a batch: text columns named "0", "1", …, and for each record its number and its line."""
        # A reader may give pieces: polars would compute each by itself.
        records = records.rechunk()
        batch = Batch(records, pl.Series(numbers, dtype=pl.Int64), lines)
        if self.superseded.is_empty() or batch.numbers.is_empty():
            return self._mapped(batch)
        left_out = batch.numbers.is_in(self._superseded_near(numbers[0], numbers[-1]).implode())
        rows, number = (~left_out).arg_true(), int(left_out.sum())
        mapped = self._mapped(Batch(records[rows], batch.numbers.gather(rows), [lines[row] for row in rows]))
        return replace(
            mapped, read=mapped.read + number, filtered=mapped.filtered + number, superseded=number
        )

    def _superseded_near(self, first: int, last: int) -> pl.Series:
        """Those with a number from the first to the last: a batch is not compared with all of them."""
        begin = self.superseded.search_sorted(first, side="left")
        return self.superseded.slice(begin, self.superseded.search_sorted(last, side="right") - begin)

    def _mapped(self, batch: Batch) -> MappedBatch:
        mapped = self._unique.mark(self._computation.of(batch.records))
        kept = mapped.filter(pl.col(KEPT)) if self.mapping.where else mapped
        faults = self._faults.find(kept)
        rejected = faults.rejecting[ROW]
        leads = kept if rejected.is_empty() else kept.filter(~pl.col(ROW).is_in(rejected.implode()))
        filtered = mapped.height - kept.height
        if leads.height + rejected.len() + filtered != batch.records.height:
            raise BalanceError(
                f"{batch.records.height} records went in, but {leads.height + rejected.len() + filtered} came out"
            )
        return MappedBatch(
            leads=self._leads(leads, batch.numbers),
            rejects=self._faults.rejects(faults, batch),
            invalid_values=self._faults.invalid_values(faults, batch),
            read=batch.records.height,
            filtered=filtered,
            holding=faults.holding,
        )

    def _leads(self, leads: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
        hidden = [KEPT, *(failure_column(field) for field in fallible_fields(leads))]
        number = numbers.gather(leads[ROW]).alias("record_number")
        finished = leads.lazy().drop(hidden).with_columns(self._filled_fields())
        return (
            self.mapping.table.identity.with_key(finished, "lead_key", given=self.mapping.fields)
            .select(number, pl.exclude(ROW))
            .collect(engine=ENGINE)
        )

    def _filled_fields(self) -> pl.Expr:
        filled = [pl.col(name).is_not_null() for name in self.mapping.table.columns]
        return pl.sum_horizontal(filled).cast(pl.Int16).alias("filled_fields")


def raw_record(records: pl.DataFrame, rows: pl.Series, labels: Sequence[str]) -> pl.Series:
    """The records of these rows, each as a JSON object of header to cell, in the order of the file."""
    return records[rows].select(_object(range(len(labels)), labels)).to_series()


def raw_value(
    records: pl.DataFrame, rows: pl.Series, columns: Sequence[int], labels: Sequence[str]
) -> pl.Series:
    """The cells that values of these rows came from; where each came from several, a JSON object of header to cell."""
    if not columns:
        return pl.Series([None] * rows.len(), dtype=pl.String)
    cells = records.select(str(position) for position in columns)[rows]
    return cells.to_series() if len(columns) == 1 else cells.select(_object(columns, labels)).to_series()


def _object(columns: Sequence[int], labels: Sequence[str]) -> pl.Expr:
    cells = [pl.col(str(position)).alias(labels[position]) for position in columns]
    return pl.struct(cells).struct.json_encode()


@dataclass(frozen=True)
class Batch:
    """Consecutive records as they came: text columns named "0", "1", …, and for each record its number and line."""

    records: pl.DataFrame
    numbers: pl.Series
    lines: Sequence[int]


@dataclass(frozen=True)
class Faults:
    """What could not be read: one row per value, with the row of its record, its field and its outcome.

    `rejecting` has for each rejected record the first of its fields, in the order of the mapping, that asks for
    it; `blanked` has all that the other records have lost, record by record.
    """

    rejecting: pl.DataFrame
    blanked: pl.DataFrame

    @property
    def holding(self) -> int:
        """The number of values for which the load is to be held."""
        return int((self.blanked["fate"] == "hold").sum())


class FaultFinder:
    """Tells the faults of mapped batches; `labels` are the headers of the delivery."""

    def __init__(self, plan: Plan, labels: Sequence[str]) -> None:
        self._plan, self._labels = plan, labels
        outcomes = plan.outcomes
        self._outcomes = pl.DataFrame(
            {
                "code": [each.code for each in outcomes],
                "rule": [each.rule for each in outcomes],
                "problem": [each.problem for each in outcomes],
                "fate": [each.fate for each in outcomes],
                "header": [", ".join(labels[position] for position in each.columns) for each in outcomes],
            },
            schema={"code": pl.UInt16, **dict.fromkeys(("rule", "problem", "fate", "header"), pl.String)},
        )

    def find(self, mapped: pl.DataFrame) -> Faults:
        """The faults among these rows of what the plan has made of a batch."""
        fields = fallible_fields(mapped)
        faulty = (pl.col(failure_column(field)) > 0 for field in fields)
        [faults] = collected(
            mapped.lazy()
            .filter(pl.any_horizontal(pl.lit(False), *faulty))
            .select(ROW, *(pl.col(failure_column(field)).alias(field) for field in fields))
            .unpivot(fields, index=ROW, variable_name="field", value_name="code")
            .cast({"code": pl.UInt16})
            .filter(pl.col("code") > 0)
            .join(self._outcomes.lazy(), on="code", maintain_order="left")
            .sort(ROW, maintain_order=True)
            .with_row_index("place")
        )
        if not (faults["fate"] == "reject").any():
            return Faults(faults.clear(), faults)
        rejecting = faults.filter(pl.col("fate") == "reject").unique(ROW, keep="first", maintain_order=True)
        return Faults(rejecting, faults.join(rejecting, on=ROW, how="anti", maintain_order="left"))

    def rejects(self, faults: Faults, batch: Batch) -> pl.DataFrame:
        """The rejected records, shaped as REJECTS."""
        if faults.rejecting.is_empty():
            return pl.DataFrame(schema=REJECTS)
        rows = faults.rejecting[ROW]
        what = pl.when(pl.col("header") == "").then("field").otherwise("header")
        return faults.rejecting.select(
            batch.numbers.gather(rows).alias("record_number"),
            pl.Series("line_number", [batch.lines[row] for row in rows], dtype=pl.Int64),
            "field",
            "rule",
            pl.concat_str(what, "problem", separator=" ").alias("message"),
            raw_record(batch.records, rows, self._labels).alias("raw_record"),
        )

    def invalid_values(self, faults: Faults, batch: Batch) -> pl.DataFrame:
        """The values that were left blank, shaped as INVALID_VALUES."""
        if faults.blanked.is_empty():
            return pl.DataFrame(schema=INVALID_VALUES)
        blanked = faults.blanked.with_columns(
            batch.numbers.gather(faults.blanked[ROW]).alias("record_number")
        )
        # What one outcome stands for comes out of the same columns of the delivery.
        by_outcome = [self._with_raw_value(part, batch.records) for part in blanked.partition_by("code")]
        return pl.concat(by_outcome).sort("place").select(INVALID_VALUES.keys())

    def _with_raw_value(self, part: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
        columns = self._plan.outcomes[part["code"][0] - 1].columns
        return part.with_columns(raw_value(records, part[ROW], columns, self._labels).alias("raw_value"))
