"""The exports in a SQL database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from leadingest import __version__
from leadingest.destinations.exports import HANDED_OUT, Export, ExportRow, NewExport
from leadingest.destinations.provenance import aware, now
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.leads import frames
from leadingest.destinations.sql.load_rows import inserted, remove_all
from leadingest.destinations.sql.schema import Schema
from leadingest.errors import BalanceError, DestinationBusyError

#: Rows written in a transaction.
_CHUNK = 100_000

#: Seconds that a server may take to notice that a process which was writing an export is no more.
_UNTIL_NOTICED = 3


class SqlExports:
    """The exports from one load table."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema

    @contextmanager
    def of_name(self, name: str) -> Iterator[Export]:
        """The exports of this name, for as long as the block lasts."""
        with self._database.lock(f"{self._schema.leads.name}/export {name}", wait=_UNTIL_NOTICED) as acquired:
            if not acquired:
                raise DestinationBusyError(
                    f"another process is writing the export {name}", hint="wait until it has finished"
                )
            export = SqlExport(self._database, self._schema, name)
            export.clear()
            yield export


class SqlExport:
    """The exports of one name into one kind of file, for as long as its lock is held."""

    def __init__(self, database: Database, schema: Schema, name: str) -> None:
        self._database, self._schema, self._name = database, schema, name
        exports = schema.exports
        self._of_name = (exports.c.export_name == name, exports.c.load_table == schema.leads.name)

    def clear(self) -> None:
        """Take back what a process that is no more had begun to mark: the name is ours, so nobody else is at it."""
        exports = self._schema.exports
        with self._database.writing() as connection:
            with connection.begin():
                running = sa.select(exports.c.export_id).where(*self._of_name, exports.c.status == "running")
                begun = list(connection.scalars(running))
            for export_id in begun:
                remove_all(connection, self._schema.exported_leads, export_id)
                with connection.begin():
                    failed = exports.update().where(exports.c.export_id == export_id)
                    connection.execute(failed.values(status="failed"))

    def last(self) -> ExportRow | None:
        """The newest export that is done."""
        exports = self._schema.exports
        done = sa.select(exports).where(*self._of_name, exports.c.status == "done")
        with self._database.reading() as connection:
            row = connection.execute(done.order_by(exports.c.export_id.desc()).limit(1)).mappings().first()
        return _export_row(row) if row else None

    def handed_out(self) -> pl.DataFrame:
        """Every lead that was handed out, as it was last; shaped as HANDED_OUT."""
        leads, exports = self._schema.exported_leads, self._schema.exports
        done = (*self._of_name, exports.c.status == "done")
        with self._database.reading() as connection:
            first = connection.scalar(
                sa.select(sa.func.max(exports.c.export_id)).where(*done, exports.c.begins_anew)
            )
            since = sa.select(exports.c.export_id).where(*done, exports.c.export_id >= (first or 0))
            found = [pl.DataFrame(schema=HANDED_OUT)]
            for export_id in list(connection.scalars(since.order_by(exports.c.export_id))):
                of_export = leads.c.export_id == export_id
                select = sa.select(leads.c.lead_digest, leads.c.content_digest).where(of_export)
                found += frames(connection, select, HANDED_OUT)
        return pl.concat(found).unique("lead_digest", keep="last", maintain_order=True)

    def mark(self, new: NewExport, leads: pl.DataFrame, *, anew: bool) -> ExportRow:
        """Keep that these leads, shaped as HANDED_OUT, were handed out; with `anew` those before count no more.

        Until it returns nothing is marked.
        """
        exports, at = self._schema.exports, now()
        with self._database.writing() as connection:
            with connection.begin():
                values = self._values(new, anew=anew, at=at)
                export_id = inserted(connection, exports, values)
            self._write(export_id, leads)
            with connection.begin():
                done = exports.update().where(exports.c.export_id == export_id, exports.c.status == "running")
                if connection.execute(done.values(status="done")).rowcount != 1:
                    raise BalanceError(f"export {export_id} was undone by another process in the meantime")
            if anew:
                self._forget_before(connection, export_id)
        return ExportRow(export_id, new.columns, new.file_name, aware(at))

    def _forget_before(self, connection: sa.Connection, export_id: int) -> None:
        """Remove the leads of earlier exports, which count no more: broken off, it is of no harm."""
        exports, leads = self._schema.exports, self._schema.exported_leads
        with connection.begin():
            earlier = sa.select(exports.c.export_id).where(*self._of_name, exports.c.export_id < export_id)
            with_leads = earlier.where(sa.exists().where(leads.c.export_id == exports.c.export_id))
            numbers = list(connection.scalars(with_leads))
        for number in numbers:
            remove_all(connection, leads, number)

    def _values(self, new: NewExport, *, anew: bool, at: datetime) -> dict[str, object]:
        return {
            "export_name": self._name,
            "load_table": self._schema.leads.name,
            "status": "running",
            "begins_anew": anew,
            "file_name": new.file_name.encode("utf-8", "backslashreplace").decode()[:255],
            "file_sha256": new.file_sha256,
            "file_columns": json.dumps(new.columns),
            "chosen_by": json.dumps(new.chosen_by, ensure_ascii=False),
            "loads": json.dumps(new.loads),
            "leads_new": new.new,
            "leads_changed": new.changed,
            "leads_reappeared": new.reappeared,
            "leads_known": new.known,
            "leads_gone": new.gone,
            "exported_at": at,
            "program_version": __version__,
        }

    def _write(self, export_id: int, leads: pl.DataFrame) -> None:
        table = self._schema.exported_leads
        with ExitStack() as closing:
            writer = self._database.open_writer(closing)
            for some in leads.iter_slices(_CHUNK):
                with writer.connection.begin():
                    written = writer.write(table, some, {"export_id": export_id})
                if written != some.height:
                    raise BalanceError(
                        f"the database accepted {written} of {some.height} rows into {table.name}"
                    )


def _export_row(row: sa.RowMapping) -> ExportRow:
    columns = tuple(json.loads(row["file_columns"]))
    return ExportRow(row["export_id"], columns, row["file_name"], aware(row["exported_at"]))
