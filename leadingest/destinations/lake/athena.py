"""The SQL by which Athena reads a lake: the table of the published leads, the view that shows them, and all history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import Template
from typing import Final

import polars as pl

from leadingest.destinations.lake.engine_types import engine_type
from leadingest.destinations.lake.lead_files import KEY_IS_SHARED, file_types
from leadingest.destinations.leads import BEST_FIRST, lead_types
from leadingest.tables.load_table import LoadTable

_REACHED: Final = "s3://"
_PLACEHOLDER: Final = "s3://BUCKET/PREFIX"

_HEAD: Final = """\
-- What Athena reads of a lake: the published leads, the view that shows them, and all that was published once.
-- Made from ddl/{table}.yaml by `leadingest ddl --dialect athena`; change that file, not this one.
-- Run the statements one by one, in a database of the Glue catalog. They make nothing in the bucket.
"""

_ANEW: Final = """\
-- New: {columns}. The next load adds it to the lake; run this after it. Athena keeps a copy of the columns of a table,
-- so the tables are made anew; nothing is removed from the bucket.
"""

_TABLE: Final = Template("""\
CREATE EXTERNAL TABLE $table
LOCATION '$root/$table/leads/'
TBLPROPERTIES ('table_type' = 'DELTA')""")

_VIEW: Final = Template("""\
-- Published leads, one row per lead. Of those with the same lead_key: the most recently extracted, then the most
-- complete, then the first by source name and record number. A lead without a key is one of its own. Where a published
-- load has several leads with the key that are not the same lead, this goes for the leads of each name by themselves.
CREATE OR REPLACE VIEW vw_$table AS
SELECT
    $columns
FROM (
    SELECT
        *,
        ROW_NUMBER() OVER (
            PARTITION BY lead_key, CASE WHEN "_shared" THEN name_hash END
            ORDER BY $best_first
        ) AS "_place"
    FROM (SELECT *, BOOL_OR($key_is_shared) OVER (PARTITION BY lead_key) AS "_shared" FROM $table) AS published
) AS ranked
WHERE lead_key IS NULL OR "_place" = 1 OR ("_shared" AND name_hash IS NULL)""")

_FILES: Final = Template("""\
-- Every lead of every load, published or not. Athena passes over the folder _delta_log.
CREATE EXTERNAL TABLE ${table}_files (
    $described
)
STORED AS PARQUET
LOCATION '$root/$table/leads/'""")

_LEDGERS: Final = Template("""\
-- What was published of each source, and since when.
CREATE EXTERNAL TABLE ${table}_ledgers (
    `source_name` string,
    `publications` array<struct<generation:bigint,since:string,load_id:bigint,files:array<string>>>
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION '$root/$table/ledger/'""")

_HISTORY: Final = Template("""\
-- Every lead that was published once, with the time from which and until which it was; until NULL: it is now.
CREATE OR REPLACE VIEW vw_${table}_history AS
SELECT
    $columns,
    leads."$key_is_shared",
    shown.published_from,
    shown.published_until
FROM (
    SELECT
        file,
        CAST(FROM_ISO8601_TIMESTAMP(publications[number].since) AS timestamp) AS published_from,
        CAST(FROM_ISO8601_TIMESTAMP(ELEMENT_AT(publications, number + 1).since) AS timestamp) AS published_until
    FROM ${table}_ledgers
    CROSS JOIN UNNEST(SEQUENCE(1, CARDINALITY(publications))) AS numbers (number)
    CROSS JOIN UNNEST(publications[number].files) AS files (file)
) AS shown
JOIN ${table}_files AS leads ON leads."$$path" = CONCAT('$root/$table/leads/', shown.file)""")


def athena_ddl(table: LoadTable, url: str) -> str:
    """The statements, each of them ended by a semicolon, for the lake of this URL.

    Where that is none that Athena reaches, as a folder, it has the place of one to fill in.
    """
    root = _root(url)
    head = _HEAD.format(table=table.name)
    return "\n".join([head, *(f"{each};\n" for each in create_statements(table, root))])


def _root(url: str) -> str:
    return url.rstrip("/") if url.startswith(_REACHED) else _PLACEHOLDER


class AthenaTables:
    """The tables and views by which Athena reads the lake of this URL."""

    def __init__(self, table: LoadTable, url: str, columns: Callable[[], list[str]]) -> None:
        """`columns` are those that engines see of the lake now."""
        self._table, self._url, self._columns = table, url, columns

    def lacking(self) -> list[str]:
        """What makes the tables and views anew where the load table has columns that engines do not see yet.

        Athena has a copy of the columns that it took when a table was made, so it is made anew. Nothing is run.
        """
        has = self._columns()
        new = [name for name in file_types(self._table) if name not in has]
        if not has or not new:
            return []
        name = self._table.name
        first, *drops = [f"DROP TABLE {each}" for each in (name, f"{name}_files", f"{name}_ledgers")]
        return [
            _ANEW.format(columns=", ".join(new)) + first,
            *drops,
            *create_statements(self._table, _root(self._url)),
        ]


def create_statements(table: LoadTable, root: str) -> list[str]:
    """What makes each table and view, in the order in which they are to be run; without semicolons.

    `root` is the URL of the lake, without a slash at its end.
    """
    types = file_types(table)
    words = {
        "table": table.name,
        "root": root,
        "key_is_shared": KEY_IS_SHARED,
        "best_first": ", ".join(
            f"{name} {'DESC' if best == 'highest' else 'ASC'}" for name, best in BEST_FIRST
        ),
        "described": _lines(f"`{name}` {engine_type(dtype).athena}" for name, dtype in types.items()),
    }
    return [
        _TABLE.substitute(words),
        _VIEW.substitute(words, columns=_columns(table, "ranked")),
        _FILES.substitute(words),
        _LEDGERS.substitute(words),
        _HISTORY.substitute(words, columns=_columns(table, "leads")),
    ]


def _columns(table: LoadTable, of: str) -> str:
    """The columns of leads; a time without its zone, as the catalog knows none for a view."""
    return _lines(
        f'CAST({of}."{name}" AS timestamp) AS "{name}"'
        if isinstance(dtype, pl.Datetime)
        else f'{of}."{name}"'
        for name, dtype in lead_types(table).items()
    )


def _lines(parts: Iterable[str]) -> str:
    return ",\n    ".join(parts)
