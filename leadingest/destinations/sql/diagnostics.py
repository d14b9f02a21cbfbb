"""The diagnostics of loads in a SQL database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.diagnostics import (
    PROFILES,
    DeliveredColumn,
    InvalidValue,
    InvalidValueGroup,
    Reject,
    RejectGroup,
)
from leadingest.destinations.ledger import DriftNote, DriftRow
from leadingest.destinations.provenance import aware
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.schema import Schema
from leadingest.tables.rejects import INVALID_VALUES, REJECTS

#: Rows of a batch of rejects. A raw record may have 16 MiB, but hardly ever has more than a thousandth of it.
BATCH = 2_000


class SqlDiagnostics:
    """Asks `load_rejects`, `load_invalid_values`, `load_profiles` and `load_drift`."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema

    def rejects(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The rejects of the load by record number, shaped as REJECTS, in batches.

        Each batch is a query of its own: rejects may be taken away between two of them.
        """
        last, rejects = 0, self._schema.rejects
        number = rejects.c.record_number
        select = sa.select(*(rejects.c[name] for name in REJECTS)).order_by(number).limit(BATCH)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(select.where(rejects.c.load_id == load_id, number > last)).all()
            if not rows:
                return
            yield pl.DataFrame([tuple(row) for row in rows], schema=REJECTS, orient="row")
            last = rows[-1].record_number

    def numbered_rejects(self, load_id: int, numbers: Sequence[int]) -> pl.DataFrame:
        """The rejects of the load with these record numbers, in their order, shaped as REJECTS."""
        rejects = self._schema.rejects.c
        select = sa.select(*(rejects[name] for name in REJECTS)).order_by(rejects.record_number)
        these = select.where(rejects.load_id == load_id, rejects.record_number.in_(numbers))
        with self._database.reading() as connection:
            rows = connection.execute(these).all()
        return pl.DataFrame([tuple(row) for row in rows], schema=REJECTS, orient="row")

    def invalid_values(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The invalid values of the load by record number, shaped as INVALID_VALUES, in batches."""
        values = self._schema.invalid_values.c
        select = sa.select(*(values[name] for name in INVALID_VALUES)).where(values.load_id == load_id)
        in_batches = {"stream_results": True, "yield_per": BATCH}
        with self._database.reading() as connection:
            rows = connection.execute(
                select.order_by(values.record_number, values.field), execution_options=in_batches
            )
            for batch in rows.partitions():
                yield pl.DataFrame([tuple(row) for row in batch], schema=INVALID_VALUES, orient="row")

    def reject_groups(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """The reasons of the load, the most frequent first, each with so many examples at most."""
        rejects = self._schema.rejects
        of_load = rejects.c.load_id == load_id
        counts = sa.select(rejects.c.field, rejects.c.rule, sa.func.count().label("count")).where(of_load)
        # What is long in a row is only fetched of the rows that are wanted.
        place = sa.func.row_number().over(
            partition_by=(rejects.c.field, rejects.c.rule), order_by=rejects.c.record_number
        )
        placed = sa.select(rejects.c.record_number, place.label("place")).where(of_load).subquery()
        first = sa.select(placed.c.record_number).where(placed.c.place <= examples)
        wanted = sa.select(rejects).where(of_load, rejects.c.record_number.in_(first))
        with self._database.reading() as connection:
            counted = connection.execute(counts.group_by(rejects.c.field, rejects.c.rule)).all()
            shown = connection.execute(wanted.order_by(rejects.c.record_number)).all() if examples else []
        found = [
            RejectGroup(
                field,
                rule,
                count,
                tuple(
                    Reject(row.record_number, row.line_number, row.message, row.raw_record or "")
                    for row in shown
                    if (row.field, row.rule) == (field, rule)
                ),
            )
            for field, rule, count in counted
        ]
        return sorted(found, key=lambda group: (-group.count, group.field or "", group.rule))

    def invalid_value_groups(self, load_id: int, *, examples: int = 3) -> list[InvalidValueGroup]:
        """The groups of the load, the largest first, each with so many examples at most."""
        values = self._schema.invalid_values.c
        key = (values.field, values.rule)
        of_load = values.load_id == load_id
        place = sa.func.row_number().over(partition_by=key, order_by=values.record_number).label("place")
        placed = sa.select(values.record_number, values.field, place).where(of_load).subquery()
        # What is long in a row is only fetched of the rows that are wanted.
        same = (values.record_number == placed.c.record_number, values.field == placed.c.field)
        wanted = (
            sa.select(*key, values.record_number, values.header, values.raw_value)
            .join(placed, sa.and_(*same))
            .where(of_load, placed.c.place <= examples)
            .order_by(values.record_number)
        )
        with self._database.reading() as connection:
            counts = connection.execute(sa.select(*key, sa.func.count()).where(of_load).group_by(*key)).all()
            rows = connection.execute(wanted).all() if examples else []
        shown: dict[tuple[str, str], list[InvalidValue]] = {}
        for field, rule, number, header, raw in rows:
            shown.setdefault((field, rule), []).append(InvalidValue(number, header, raw or ""))
        found = [
            InvalidValueGroup(field, rule, count, tuple(shown.get((field, rule), ())))
            for field, rule, count in counts
        ]
        return sorted(found, key=lambda group: (-group.count, group.field, group.rule))

    def headers(self, load_id: int) -> list[str]:
        """The headers of the delivery of the load."""
        profiles = self._schema.profiles
        select = sa.select(profiles.c.header).where(profiles.c.load_id == load_id, profiles.c.position > 0)
        with self._database.reading() as connection:
            return list(connection.scalars(select.order_by(profiles.c.position)))

    def delivered_columns(self, load_ids: Collection[int]) -> dict[int, tuple[DeliveredColumn, ...]]:
        """Of each load the columns of its delivery, from left to right."""
        profiles = self._schema.profiles.c
        select = (
            sa.select(profiles.load_id, profiles.header, profiles.filled)
            .where(profiles.load_id.in_(load_ids), profiles.position > 0)
            .order_by(profiles.load_id, profiles.position)
        )
        found: dict[int, list[DeliveredColumn]] = {}
        with self._database.reading() as connection:
            for load_id, header, filled in connection.execute(select):
                found.setdefault(load_id, []).append(DeliveredColumn(header, filled))
        return {load_id: tuple(columns) for load_id, columns in found.items()}

    def profiles(self, load_id: int) -> pl.DataFrame:
        """What is kept of the columns of a load, by position: header, filled, profile (JSON, or null)."""
        profiles = self._schema.profiles
        select = sa.select(*(profiles.c[name] for name in PROFILES)).where(profiles.c.load_id == load_id)
        with self._database.reading() as connection:
            rows = connection.execute(select.order_by(profiles.c.position)).all()
        return pl.DataFrame([tuple(row) for row in rows], schema=PROFILES, orient="row")

    def drift(
        self, *, source: str | None = None, load_id: int | None = None, limit: int = 20
    ) -> list[DriftRow]:
        """What the newest `limit` loads that drifted differed in, newest first, each in the order of its findings."""
        drift, loads = self._schema.drift, self._schema.loads
        conditions = [loads.c.load_table == self._schema.leads.name]
        conditions += [loads.c.source_name == source] if source else []
        conditions += [loads.c.load_id == load_id] if load_id else []
        drifted = sa.select(drift.c.load_id).where(drift.c.load_id == loads.c.load_id).exists()
        newest = (
            sa.select(loads)
            .where(*conditions, drifted)
            .order_by(loads.c.load_id.desc())
            .limit(limit)
            .subquery()
        )
        columns = (
            newest.c[name] for name in ("source_name", "file_name", "status", "started_at", "extract_time")
        )
        select = sa.select(drift, *columns).join(newest, newest.c.load_id == drift.c.load_id)
        with self._database.reading() as connection:
            found = connection.execute(select.order_by(drift.c.load_id.desc(), drift.c.finding)).mappings()
            return [_drift_row(row) for row in found]


def write_drift(connection: sa.Connection, schema: Schema, load_id: int, notes: Sequence[DriftNote]) -> None:
    """Keep how the delivery of the load differed."""
    rows = [
        {
            "load_id": load_id,
            "finding": number,
            "code": note.code,
            "name": note.name,
            "class": note.kind_class,
            "header": note.header,
            "expected": note.expected,
            "found": note.found,
            "advice": note.advice,
        }
        for number, note in enumerate(notes, start=1)
    ]
    if rows:
        connection.execute(schema.drift.insert(), rows)


def _drift_row(row: sa.RowMapping) -> DriftRow:
    values = {name: row[name] for name in row if name not in ("class", "finding")}
    for name in ("started_at", "extract_time"):
        values[name] = aware(values[name])
    return DriftRow(**values, kind_class=row["class"])
