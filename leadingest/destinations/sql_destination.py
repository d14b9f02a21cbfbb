"""A load table in a SQL database, MySQL and SQLite alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.database import Database
from leadingest.destinations.ddl import create_statements
from leadingest.destinations.ddl_diff import lacking
from leadingest.destinations.delivered_columns import DeliveredColumn, delivered_columns
from leadingest.destinations.destination import Claim, Export
from leadingest.destinations.drift_rows import drift_rows
from leadingest.destinations.filled_fields import filled_fields
from leadingest.destinations.invalid_value_groups import InvalidValueGroup, invalid_value_groups
from leadingest.destinations.lead_frames import lead_types, load_frames
from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.destinations.load_rows import LoadRows
from leadingest.destinations.loaded_values import loaded_values
from leadingest.destinations.profile_rows import profile_rows
from leadingest.destinations.published_leads import PublishedLeads, published_leads
from leadingest.destinations.publishing import publish, shown_load
from leadingest.destinations.reject_rows import RejectGroup, RejectRows
from leadingest.destinations.removing import remove_rows
from leadingest.destinations.schema import schema_of
from leadingest.destinations.sql_claim import SqlClaim
from leadingest.destinations.sql_export import SqlExport
from leadingest.documents.nearest import listed
from leadingest.errors import DestinationBusyError, DestinationSetupError, NothingToDoError, UsageError
from leadingest.tables.load_table import LoadTable


class SqlDestination:
    """A load table in a database."""

    def __init__(self, database: Database, table: LoadTable) -> None:
        self._database = database
        self._schema = schema_of(table)
        self._rows = LoadRows(database, self._schema)
        self._rejects = RejectRows(database, self._schema)

    def prepare(self) -> None:
        """Make what is missing; refuse a load table that lacks columns."""
        with self._database.reading() as connection:
            inspector = sa.inspect(connection)
            there = {*inspector.get_table_names(), *inspector.get_view_names()}
            self._refuse_lacking_columns(connection, there)
            statements = [
                each
                for each in create_statements(self._schema, self._database.dialect)
                if each.makes not in there
            ]
        if statements:
            with self._database.writing() as connection, connection.begin():
                for statement in statements:
                    connection.exec_driver_sql(statement.sql, execution_options={"no_parameters": True})

    def lacking(self) -> list[str]:
        """The SQL that adds what the tables lack."""
        with self._database.reading() as connection:
            return lacking(connection, self._schema)

    @contextmanager
    def claim(self, source: str, *, wait: float = 0) -> Iterator[Claim]:
        """The source, for as long as the block lasts."""
        with self._database.lock(f"{self._schema.leads.name}/{source}", wait=wait) as ours:
            if not ours:
                raise self._busy(source, wait)
            claim = SqlClaim(self._database, self._schema, source)
            claim.clear()
            yield claim

    def published(self, source: str) -> LoadRow | None:
        """The load of the source that the view shows."""
        return self._rows.published(source)

    def history(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first."""
        mine = [self._schema.loads.c.source_name == source] if source else []
        return self._rows.found(*mine, limit=limit)

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The columns of a load's delivery."""
        with self._database.reading() as connection:
            return profile_rows(connection, self._schema, load_id)

    def drift(
        self, *, source: str | None = None, load_id: int | None = None, limit: int = 20
    ) -> list[DriftRow]:
        """How deliveries differed, the newest load first."""
        with self._database.reading() as connection:
            return drift_rows(connection, self._schema, source=source, load_id=load_id, limit=limit)

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end."""
        return self._rows.newest(source)

    def load(self, load_id: int) -> LoadRow:
        """The load with this number."""
        found = self._rows.one(load_id)
        if not found:
            raise self._no_load(load_id)
        return found

    def newest_loads(self, number: int) -> list[LoadRow]:
        """The newest so many loads of every source, and its published one, newest first."""
        return self._rows.newest_of_each(number)

    def filled_fields(self, load_ids: Collection[int]) -> dict[int, dict[str, int]]:
        """Of each load, by field, how many leads have a value."""
        with self._database.reading() as connection:
            return filled_fields(connection, self._schema, load_ids)

    def delivered_columns(self, load_ids: Collection[int]) -> dict[int, tuple[DeliveredColumn, ...]]:
        """Of each load the columns of its delivery."""
        with self._database.reading() as connection:
            return delivered_columns(connection, self._schema, load_ids)

    def headers(self, load_id: int) -> list[str]:
        """The headers of the delivery of the load."""
        profiles = self._schema.profiles
        select = sa.select(profiles.c.header).where(profiles.c.load_id == load_id, profiles.c.position > 0)
        with self._database.reading() as connection:
            return list(connection.scalars(select.order_by(profiles.c.position)))

    def rejects(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The rejects of the load."""
        return self._rejects.batches(load_id)

    def loaded_values(self, load_id: int, field: str) -> pl.Series:
        """The distinct values that the leads of the load have in a field."""
        with self._database.reading() as connection:
            return loaded_values(connection, self._schema, load_id, field)

    def reject_groups(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """The rejects of the load by reason."""
        return self._rejects.groups(load_id, examples=examples)

    def invalid_value_groups(self, load_id: int, *, examples: int = 3) -> list[InvalidValueGroup]:
        """The invalid values of the load by field and rule."""
        with self._database.reading() as connection:
            return invalid_value_groups(connection, self._schema, load_id, examples=examples)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held."""
        approved = self._publish(load_id, "held")
        found = self.load(load_id)
        if not approved:
            state = "is published already" if found.published else f"is {found.status}"
            raise UsageError(f"load {load_id} {state}: only a load that is held can be approved")
        return found

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source."""
        if to is None:
            to = self._before(source)
        found = self._rows.one(to)
        if not found or found.source_name != source:
            raise self._no_load(to, source)
        if not self._publish(to, "loaded"):
            raise UsageError(
                f"load {to} is {found.status}: only a load that was loaded can be gone back to",
                hint=f"leadingest loads --source {source} lists them",
            )
        return self._rows.one(to) or found

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of old loads."""
        loads = self._schema.loads
        mine = [loads.c.source_name == source] if source else []
        finished = self._rows.found(loads.c.status.in_(["loaded", "held", "pruning"]), *mine)
        seen: dict[str, int] = {}
        pruned = []
        for row in finished:
            seen[row.source_name] = seen.get(row.source_name, 0) + (row.status != "pruning")
            if row.status == "pruning" or (seen[row.source_name] > keep and not row.published):
                pruned += [row] if self._pruned(row) else []
        return pruned

    def leads(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """Published leads, or those of a load, by source and record number."""
        rows_of = self._schema.view if load_id is None else self._schema.leads
        select = sa.select(*(rows_of.c[name] for name in lead_types(self._schema)))
        wanted = {"source_name": source, "load_id": load_id}
        select = select.where(
            *(rows_of.c[name] == value for name, value in wanted.items() if value is not None)
        )
        order = (rows_of.c.source_name, rows_of.c.source_record_number)
        with self._database.reading() as connection:
            rows = connection.execute(select.order_by(*order).limit(limit)).all()
        return pl.DataFrame([tuple(row) for row in rows], schema=lead_types(self._schema), orient="row")

    def load_leads(
        self, load_id: int, columns: Sequence[str], *, numbers: Sequence[int] | None = None
    ) -> Iterator[pl.DataFrame]:
        """Rows of a load, by record number."""
        with self._database.reading() as connection:
            yield from load_frames(connection, self._schema, load_id, columns, numbers)

    def lead_types(self) -> dict[str, pl.DataType]:
        """The columns of the view."""
        return lead_types(self._schema)

    @contextmanager
    def published_leads(self, sources: Collection[str] = ()) -> Iterator[PublishedLeads]:
        """What the view shows, as of one moment."""
        with self._database.reading() as connection:
            yield published_leads(connection, self._schema, self._rows, sources)

    @contextmanager
    def export(self, name: str) -> Iterator[Export]:
        """The exports of this name, for as long as the block lasts."""
        with self._database.lock(f"{self._schema.leads.name}/export {name}", wait=0) as ours:
            if not ours:
                raise DestinationBusyError(
                    f"another process is writing the export {name}", hint="wait until it is done"
                )
            export = SqlExport(self._database, self._schema, name)
            export.clear()
            yield export

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _publish(self, load_id: int, status: str) -> bool:
        """Publish a load of this status, which is `loaded` from then on; whether there is one."""
        loads = self._schema.loads
        this = (loads.c.load_id == load_id, loads.c.load_table == self._schema.leads.name)
        with self._database.writing() as connection, connection.begin():
            change = loads.update().where(*this, loads.c.status == status)
            # The number of rows that match: nothing needs to change for one that is loaded already.
            if connection.execute(change.values(status="loaded", reason=None)).rowcount != 1:
                return False
            source = connection.scalar(sa.select(loads.c.source_name).where(*this))
            publish(connection, self._schema, str(source), load_id)
        return True

    def _before(self, source: str) -> int:
        """The finished load of the source before the published one."""
        loads = self._schema.loads
        shown = shown_load(self._schema, source)
        earlier = (loads.c.source_name == source, loads.c.status == "loaded", loads.c.load_id < shown)
        found = self._rows.found(*earlier, limit=1)
        if not found:
            raise NothingToDoError(
                f"there is no load of {source} before the published one",
                hint=f"leadingest loads --source {source} lists what there is",
            )
        return found[0].load_id

    def _pruned(self, row: LoadRow) -> bool:
        """Remove the rows of the load, unless it was published or is gone meanwhile."""
        loads, published = self._schema.loads, self._schema.published
        this = loads.c.load_id == row.load_id
        shown = sa.select(published.c.load_id).where(published.c.load_id == row.load_id).exists()
        with self._database.writing() as connection:
            with connection.begin():
                begun = loads.update().where(this, loads.c.status.in_([row.status, "pruning"]), ~shown)
                if connection.execute(begun.values(status="pruning")).rowcount != 1:
                    return False
            remove_rows(connection, self._schema, row.load_id)
            with connection.begin():
                connection.execute(loads.update().where(this).values(status="pruned"))
        return True

    def _busy(self, source: str, wait: float) -> DestinationBusyError:
        running = self._rows.unfinished(source)
        who = f" by {running[0].run_by}, since {running[0].started_at:%H:%M:%S} UTC" if running else ""
        waited = f", and was not done within {wait:g} seconds" if wait else ""
        return DestinationBusyError(
            f"{source} is being loaded{who}{waited}",
            hint="wait until it is done; --wait SECONDS does",
        )

    def _no_load(self, load_id: int, source: str = "") -> UsageError:
        of, only = (f" of {source}", f" --source {source}") if source else ("", "")
        return UsageError(
            f"there is no load {load_id}{of} in {self._database.url}",
            hint=f"leadingest loads{only} lists them",
        )

    def _refuse_lacking_columns(self, connection: sa.Connection, there: set[str]) -> None:
        for table in (*self._schema.tables, self._schema.view):
            if table.name not in there:
                continue
            # Asks for no right but to read, unlike the catalogue of the server.
            has = connection.execute(sa.select(sa.literal_column("*")).select_from(table).limit(0)).keys()
            if lacking := [column.name for column in table.columns if column.name not in has]:
                kind = "view" if table is self._schema.view else "table"
                raise DestinationSetupError(
                    f"the {kind} {table.name} in {self._database.url} lacks {listed(lacking, last='and')}",
                    hint="`leadingest ddl --diff` prints the SQL that mends it; nothing is altered unasked",
                )
