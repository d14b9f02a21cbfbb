"""A load table in a SQL database, MySQL and SQLite alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.database import Database
from leadingest.destinations.ddl_diff import lacking
from leadingest.destinations.delivered_columns import DeliveredColumn, delivered_columns
from leadingest.destinations.destination import Claim, Export
from leadingest.destinations.drift_rows import drift_rows
from leadingest.destinations.filled_fields import filled_fields
from leadingest.destinations.hidden_leads import HiddenLeads, hidden_leads
from leadingest.destinations.invalid_value_groups import InvalidValueGroup, invalid_value_groups
from leadingest.destinations.lead_frames import lead_types, load_frames
from leadingest.destinations.ledger import DriftRow, LoadRow, MendedFileRow
from leadingest.destinations.load_rows import LoadRows
from leadingest.destinations.loaded_values import loaded_values
from leadingest.destinations.mended_files import mended_files
from leadingest.destinations.preparing import prepare
from leadingest.destinations.profile_rows import profile_rows
from leadingest.destinations.pruning import Pruning
from leadingest.destinations.published_leads import PublishedLeads, published_leads
from leadingest.destinations.reject_rows import RejectGroup, RejectRows
from leadingest.destinations.republishing import Republishing
from leadingest.destinations.schema import schema_of
from leadingest.destinations.sql_claim import SqlClaim
from leadingest.destinations.sql_export import SqlExport
from leadingest.errors import DestinationBusyError
from leadingest.tables.load_table import LoadTable

#: Seconds that a server may take to notice that a process which was writing an export is no more.
_UNTIL_NOTICED = 3


class SqlDestination:
    """A load table in a database."""

    def __init__(self, database: Database, table: LoadTable) -> None:
        self._database = database
        self._schema = schema_of(table)
        self._rows = LoadRows(database, self._schema)
        self._rejects = RejectRows(database, self._schema)
        self._republishing = Republishing(database, self._schema)
        self._pruning = Pruning(database, self._schema)

    def prepare(self) -> None:
        """Make what is missing; refuse a load table that lacks columns."""
        prepare(self._database, self._schema)

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

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once."""
        return self._rows.sent_before(source, sha256)

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

    def load(self, load_id: int) -> LoadRow:
        """The load with this number."""
        return self._rows.known(load_id)

    def headers(self, load_id: int) -> list[str]:
        """The headers of the delivery of the load."""
        profiles = self._schema.profiles
        select = sa.select(profiles.c.header).where(profiles.c.load_id == load_id, profiles.c.position > 0)
        with self._database.reading() as connection:
            return list(connection.scalars(select.order_by(profiles.c.position)))

    def rejects(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The rejects of the load."""
        return self._rejects.batches(load_id)

    def numbered_rejects(self, load_id: int, numbers: Sequence[int]) -> pl.DataFrame:
        """The rejects of the load with these record numbers."""
        return self._rejects.numbered(load_id, numbers)

    def mended_files(self, load_id: int) -> list[MendedFileRow]:
        """The mended files that have joined the load."""
        with self._database.reading() as connection:
            return mended_files(connection, self._schema, load_id)

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
        return self._republishing.approve(load_id)

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source."""
        return self._republishing.rollback(source, to=to)

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of old loads."""
        return self._pruning.prune(keep=keep, source=source)

    def leads(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """Published leads, or those of a load, by source and record number."""
        rows_of = self._schema.view if load_id is None else self._schema.leads
        # A hash says nothing to a reader.
        shape = {name: dtype for name, dtype in lead_types(self._schema).items() if name != "name_hash"}
        select = sa.select(*(rows_of.c[name] for name in shape))
        wanted = {"source_name": source, "load_id": load_id}
        select = select.where(
            *(rows_of.c[name] == value for name, value in wanted.items() if value is not None)
        )
        order = (rows_of.c.source_name, rows_of.c.source_record_number)
        with self._database.reading() as connection:
            rows = connection.execute(select.order_by(*order).limit(limit)).all()
        return pl.DataFrame([tuple(row) for row in rows], schema=shape, orient="row")

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
        with self._database.lock(f"{self._schema.leads.name}/export {name}", wait=_UNTIL_NOTICED) as ours:
            if not ours:
                raise DestinationBusyError(
                    f"another process is writing the export {name}", hint="wait until it is done"
                )
            export = SqlExport(self._database, self._schema, name)
            export.clear()
            yield export

    def hidden_leads(self, load_id: int) -> HiddenLeads:
        """What of a published load the view does not show."""
        with self._database.reading() as connection:
            return hidden_leads(connection, self._schema, load_id)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _busy(self, source: str, wait: float) -> DestinationBusyError:
        running = self._rows.unfinished(source)
        who = f" by {running[0].run_by}, since {running[0].started_at:%H:%M:%S} UTC" if running else ""
        waited = f", and was not done within {wait:g} seconds" if wait else ""
        return DestinationBusyError(
            f"{source} is being loaded{who}{waited}",
            hint="wait until it is done; --wait SECONDS does",
        )
