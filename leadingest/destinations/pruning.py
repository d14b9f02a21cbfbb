"""Remove the rows of old loads, but never of the published one."""

from __future__ import annotations

from leadingest.destinations.database import Database
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.load_rows import LoadRows
from leadingest.destinations.publishing import lock_source
from leadingest.destinations.removing import remove_rows
from leadingest.destinations.schema import Schema


class Pruning:
    """Prunes loads into one load table; a pruning that was broken off is taken up by the next one."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema
        self._rows = LoadRows(database, schema)

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of all but the newest `keep` finished loads of each source; the loads whose rows are gone."""
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

    def _pruned(self, row: LoadRow) -> bool:
        """Remove the rows of the load, unless it was published or is gone meanwhile."""
        loads = self._schema.loads
        this = loads.c.load_id == row.load_id
        with self._database.writing() as connection:
            with connection.begin():
                published = lock_source(connection, self._schema, row.source_name)
                begun = loads.update().where(this, loads.c.status.in_([row.status, "pruning"]))
                if (
                    row.load_id == published
                    or connection.execute(begun.values(status="pruning")).rowcount != 1
                ):
                    return False
            remove_rows(connection, self._schema, row.load_id)
            with connection.begin():
                connection.execute(loads.update().where(this).values(status="pruned"))
        return True
