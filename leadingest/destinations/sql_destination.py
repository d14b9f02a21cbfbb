"""What MySQL and SQLite have in common, by way of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import polars as pl
import sqlalchemy as sa

from leadingest import __version__
from leadingest.destinations.ddl import create_statements
from leadingest.destinations.destination import Load
from leadingest.destinations.faults import translated
from leadingest.destinations.ledger import LoadRow, NewLoad
from leadingest.destinations.schema import schema_of
from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql_load import SqlLoad, kept_name, naive, now, publish
from leadingest.documents.nearest import listed
from leadingest.errors import DestinationError, DestinationSetupError, LeadingestError, UsageError
from leadingest.tables.load_table import LoadTable

#: Execution option of the connections that write.
WRITING = "leadingest_writing"

#: Characters of an error that are kept with a failed load.
_ERROR = 1_000


class SqlDestination:
    """A load table in a database that SQLAlchemy knows."""

    def __init__(self, engine: sa.Engine, table: LoadTable) -> None:
        self._engine = engine
        self._schema = schema_of(table)
        self._url = shown_url(str(engine.url))

    def prepare(self) -> None:
        """Make what is missing; refuse a load table that lacks columns."""
        with self._connected() as connection:
            inspector = sa.inspect(connection)
            there = {*inspector.get_table_names(), *inspector.get_view_names()}
            self._refuse_lacking_columns(connection, there)
            statements = [
                each
                for each in create_statements(self._schema, self._engine.dialect.name)
                if each.makes not in there
            ]
        if statements:
            with self._writing() as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement.sql, execution_options={"no_parameters": True})
                connection.commit()

    def loaded_before(self, *, source: str, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""
        loads = self._schema.loads
        same = (
            loads.c.source_name == source,
            loads.c.load_table == self._schema.leads.name,
            loads.c.file_sha256 == sha256,
            loads.c.mapping_hash == mapping_hash,
            loads.c.status.in_(["loaded", "held"]),
        )
        return next(iter(self._rows(*same, limit=1)), None)

    @contextmanager
    def start(self, new: NewLoad) -> Iterator[Load]:
        """A new load, for as long as the block lasts."""
        load_id = self._begun(new)
        try:
            with self._writing() as connection:
                load = SqlLoad(connection, self._schema, new, load_id)
                yield load
                if not load.finished:
                    raise DestinationError(f"load {load_id} was left before it was finished")
        except BaseException as error:
            # The transaction was rolled back as the connection closed; what is left is to say so.
            with suppress(DestinationError):
                self._failed(load_id, error)
            raise

    def published(self, source: str) -> LoadRow | None:
        """The load of the source that the view shows."""
        published = self._schema.published
        mine = (published.c.source_name == source, published.c.load_table == self._schema.leads.name)
        shown = sa.select(published.c.load_id).where(*mine).scalar_subquery()
        return next(iter(self._rows(self._schema.loads.c.load_id == shown, limit=1)), None)

    def history(self, *, source: str | None = None, limit: int = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first."""
        loads = self._schema.loads
        mine = [loads.c.load_table == self._schema.leads.name]
        return self._rows(*mine, *([loads.c.source_name == source] if source else []), limit=limit)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held."""
        loads = self._schema.loads
        this = (loads.c.load_id == load_id, loads.c.load_table == self._schema.leads.name)
        with self._writing() as connection:
            held = loads.update().where(*this, loads.c.status == "held").values(status="loaded")
            approved = connection.execute(held).rowcount == 1
            if approved:
                source = sa.select(loads.c.source_name).where(*this)
                publish(connection, self._schema, connection.execute(source).scalar_one(), load_id)
                connection.commit()
        found = self._rows(*this, limit=1)
        if not found:
            raise UsageError(f"there is no load {load_id} in {self._url}", hint="leadingest loads lists them")
        if not approved:
            state = "is published already" if found[0].published else f"is {found[0].status}"
            raise UsageError(f"load {load_id} {state}: only a load that is held can be approved")
        return found[0]

    def leads(self, *, source: str | None = None, limit: int | None = None) -> pl.DataFrame:
        """Published leads, by source and record number."""
        view = self._schema.view
        select = sa.select(view).order_by(view.c.source_name, view.c.source_record_number).limit(limit)
        with self._connected() as connection:
            rows = connection.execute(select.where(view.c.source_name == source) if source else select).all()
        return pl.DataFrame([tuple(row) for row in rows], schema=self._lead_types(), orient="row")

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        with translated(self._url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A connection whose transaction writes: told to the database before it reads anything."""
        with self._connected() as connection:
            yield connection.execution_options(**{WRITING: True})

    def _refuse_lacking_columns(self, connection: sa.Connection, there: set[str]) -> None:
        for table in (*self._schema.tables, self._schema.view):
            if table.name not in there:
                continue
            # Asks for no right but to read, unlike the catalogue of the server.
            has = connection.execute(sa.select(sa.literal_column("*")).select_from(table).limit(0)).keys()
            if lacking := [column.name for column in table.columns if column.name not in has]:
                kind = "view" if table is self._schema.view else "table"
                raise DestinationSetupError(
                    f"the {kind} {table.name} in {self._url} lacks {listed(lacking, last='and')}",
                    hint="it was made from another description: see what `leadingest ddl` prints, and mend it",
                )

    def _begun(self, new: NewLoad) -> int:
        with self._writing() as connection:
            inserted = connection.execute(
                self._schema.loads.insert().values(
                    source_name=new.source,
                    load_table=self._schema.leads.name,
                    status="running",
                    file_name=kept_name(new.file_name),
                    file_size=new.file_size,
                    file_sha256=new.file_sha256,
                    mapping_hash=new.mapping_hash,
                    extract_time=naive(new.extract_time),
                    started_at=now(),
                    program_version=__version__,
                )
            )
            connection.commit()
            return int(inserted.lastrowid)

    def _failed(self, load_id: int, error: BaseException) -> None:
        loads = self._schema.loads
        said = error.message if isinstance(error, LeadingestError) else _named(error)
        with self._writing() as connection:
            connection.execute(
                loads.update()
                .where(loads.c.load_id == load_id, loads.c.status == "running")
                .values(status="failed", finished_at=now(), error=said.split("\n")[0][:_ERROR])
            )
            connection.commit()

    def _rows(self, *conditions: sa.ColumnElement[bool], limit: int) -> list[LoadRow]:
        loads, published = self._schema.loads, self._schema.published
        shown = sa.select(published.c.load_id).where(published.c.load_id == loads.c.load_id).exists()
        newest = loads.c.load_id.desc()
        select = sa.select(loads, shown.label("published")).where(*conditions).order_by(newest).limit(limit)
        with self._connected() as connection:
            return [_load_row(row) for row in connection.execute(select).mappings()]

    def _lead_types(self) -> dict[str, pl.DataType]:
        lineage: dict[str, pl.DataType] = {
            "load_id": pl.Int64(),
            "source_record_number": pl.Int64(),
            "source_name": pl.String(),
            "source_filename": pl.String(),
            "source_extract_time": pl.Datetime(),
            "filled_fields": pl.Int64(),
            "lead_key": pl.String(),
            "updated_at": pl.Datetime(),
        }
        fields = {name: column.type.dtype for name, column in self._schema.description.columns.items()}
        return {column.name: (lineage | fields)[column.name] for column in self._schema.view.columns}


def _named(error: BaseException) -> str:
    """What may be told of an error that is not our own: its words may quote a cell."""
    return "interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__


def _load_row(row: sa.RowMapping) -> LoadRow:
    values = dict(row)
    for name in ("extract_time", "started_at", "finished_at"):
        values[name] = _aware(values[name])
    return LoadRow(**{**values, "error": values["error"] or "", "published": bool(values["published"])})


def _aware(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time else None
