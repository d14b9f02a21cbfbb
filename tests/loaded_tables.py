"""What stands in a database after a run, read with SQL and not with leadingest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tests.lake_tables import rows_of_lake

Row = dict[str, str]

#: What a user looks at first, in this order.
_LOAD = (
    "source_name",
    "status",
    "records_read",
    "records_loaded",
    "records_rejected",
    "records_filtered",
    "invalid_values",
)
#: Columns that tell when, and in which load, a record was loaded, and what is made of the other columns; a database may
#: have a digest of the key to index.
_NOT_OF_THE_LEAD = frozenset(
    {
        "load_id",
        "source_name",
        "source_filename",
        "source_extract_time",
        "filled_fields",
        "name_hash",
        "updated_at",
        "key_is_shared",
        "lead_key_digest",
    }
)


def read(url: str, sql: str, **values: object) -> list[dict[str, Any]]:
    """The rows of a query; of a lake those that its files make."""
    if url.startswith("lake:"):
        return rows_of_lake(url, sql, values)
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.text(sql), values).mappings()]
    finally:
        engine.dispose()


def assert_counted(tables: dict[str, list[Row]]) -> None:
    """The counts of a load are the rows of its tables."""
    (load,) = tables["load"]
    assert int(load["records_loaded"]) == len(tables["leads"])
    assert int(load["records_rejected"]) == len(tables["rejects"])
    assert int(load["invalid_values"]) == len(tables["invalid_values"])
    ended = ("records_loaded", "records_rejected", "records_filtered")
    assert int(load["records_read"]) == sum(int(load[count]) for count in ended)


def newest_load(url: str) -> int:
    """The number of the load that started last."""
    return int(read(url, "SELECT MAX(load_id) AS newest FROM loads")[0]["newest"])


def tables_of(url: str, load: int) -> dict[str, list[Row]]:
    """The rows of a load in each table as texts, a value that is not there as "", by the table's name in examples/."""
    of_load = "WHERE load_id = :load ORDER BY"
    (table,) = read(url, "SELECT load_table FROM loads WHERE load_id = :load", load=load)
    return {
        "load": _texts(read(url, f"SELECT {', '.join(_LOAD)} FROM loads {of_load} load_id", load=load)),
        "leads": _texts(
            read(url, f"SELECT * FROM {table['load_table']} {of_load} source_record_number", load=load),
            leaving_out=_NOT_OF_THE_LEAD,
        ),
        "rejects": _texts(
            read(url, f"SELECT * FROM load_rejects {of_load} record_number", load=load),
            leaving_out=frozenset({"load_id"}),
        ),
        "invalid_values": _texts(
            read(url, f"SELECT * FROM load_invalid_values {of_load} record_number, field", load=load),
            leaving_out=frozenset({"load_id"}),
        ),
    }


def _texts(rows: Sequence[dict[str, Any]], leaving_out: frozenset[str] = frozenset()) -> list[Row]:
    """The rows as texts. A text of no length has no place in a table: it would not be told from no value."""
    assert not [row for row in rows if "" in row.values()]
    return [
        {name: "" if value is None else str(value) for name, value in row.items() if name not in leaving_out}
        for row in rows
    ]
