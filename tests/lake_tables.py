"""What a lake in a folder holds, as tables of SQL: read from its files, and not with leadingest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

#: Of a load what stands in another table.
_ELSEWHERE = ("files", "corrected")
#: By kind of file the table that other destinations have it in.
_TABLES = {
    "rejects": "load_rejects",
    "invalid_values": "load_invalid_values",
    "profiles": "load_profiles",
    "drift": "load_drift",
}
#: Of each table what it has where there are no rows.
_COLUMNS = {
    "loads": ("load_id", "source_name", "status"),
    "published_loads": ("source_name", "load_table", "load_id"),
    "load_rejects": ("load_id", "record_number", "line_number", "field", "rule", "message", "raw_record"),
    "load_invalid_values": ("load_id", "record_number", "field", "header", "rule", "raw_value"),
    "load_profiles": ("load_id", "position", "header", "filled", "profile"),
    "load_drift": ("load_id", "finding", "code", "name"),
    "load_corrected_files": ("load_id", "file_name"),
    "lead_sources": (
        *("load_id", "source_record_number", "source_name", "source_extract_time"),
        *("filled_fields", "lead_key", "name_hash", "key_is_shared"),
    ),
    "exports": ("export_id", "export_name", "status"),
    "exported_leads": ("export_id", "lead_digest", "content_digest"),
}
#: Of published leads with one key the first is shown; where a load shares the key, that of each name.
_VIEW = """
CREATE VIEW vw_lead_sources AS
WITH published AS (
    SELECT lead.*, lead_key IN (SELECT other.lead_key FROM lead_sources AS other JOIN published_loads USING (load_id)
                                WHERE other.key_is_shared) AS by_name
    FROM lead_sources AS lead JOIN published_loads USING (load_id)
), ranked AS (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY lead_key, CASE WHEN by_name THEN name_hash END
        ORDER BY source_extract_time DESC, filled_fields DESC, source_name, source_record_number
    ) AS place
    FROM published
)
SELECT * FROM ranked WHERE place = 1 OR lead_key IS NULL
"""
_COUNTS = ("records_read", "records_loaded", "records_rejected", "records_filtered", "invalid_values")


def folder_of(url: str) -> Path:
    """The folder of the lake."""
    return Path(url.removeprefix("lake:///"))


def rows_of_lake(url: str, sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rows of a query, by SQLite."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, frames in _tables(folder_of(url)).items():
            frame = pl.concat(frames, how="diagonal_relaxed")
            columns = ", ".join(f'"{column}"' for column in frame.columns)
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
            marks = ", ".join("?" * frame.width)
            rows = ([_value(each) for each in row] for row in frame.iter_rows())
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        connection.execute(_VIEW)
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, dict(values))]


def _tables(root: Path) -> dict[str, list[pl.DataFrame]]:
    tables = {
        name: [pl.DataFrame(schema=dict.fromkeys(columns, pl.Null))] for name, columns in _COLUMNS.items()
    }
    for name, frame in _frames(root):
        tables.setdefault(name, []).append(frame)
    return tables


def _frames(root: Path) -> Iterator[tuple[str, pl.DataFrame]]:
    for path in sorted(root.glob("*/ledger/*.json")):
        table, ledger = path.parents[1].name, json.loads(path.read_text())
        source = {"source_name": ledger["source_name"], "load_table": table}
        for load in ledger.get("loads", []):
            row = {name: value for name, value in load.items() if name not in _ELSEWHERE}
            missing = dict.fromkeys(_COUNTS, 0) | {"reason": None, "finished_at": None}
            yield "loads", pl.DataFrame([missing | source | row], infer_schema_length=None)
            for corrected in load.get("corrected", []):
                yield "load_corrected_files", pl.DataFrame([{"load_id": load["load_id"], **corrected}])
            for kind, file in load.get("files", {}).items():
                rows = pl.read_parquet(root / file["key"], hive_partitioning=False)
                yield _TABLES.get(kind, table), rows
        if publications := ledger.get("publications"):
            published = publications[-1]
            yield "published_loads", pl.DataFrame([source | {"load_id": published["load_id"]}])
    for path in sorted(root.glob("*/exports/*.json")):
        state = json.loads(path.read_text())
        for export in state["exports"]:
            row = {"export_name": state["name"], "export_id": export["export_id"], "status": "done"}
            yield "exports", pl.DataFrame([row])
            if leads := export.get("leads"):
                rows = pl.read_parquet(root / leads["key"]).with_columns(export_id=export["export_id"])
                yield "exported_leads", rows


def _value(value: Any) -> Any:
    """As SQLite's driver keeps it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
