"""A MySQL or MariaDB server that benchmarks may do anything with: LOAD DATA into it, and rows out of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.benchmarks.measure import BenchmarkError, Measured
from tests.databases import fresh_database, run_sql

#: What decides how fast a server takes rows in.
_SETTINGS = ("innodb_buffer_pool_size", "innodb_flush_log_at_trx_commit", "innodb_doublewrite", "log_bin")

_MIB = 1 << 20

#: The letters that LOAD DATA reads as a tab, a line break or a backslash.
_ESCAPES = (("\\\\", "\\\\\\\\"), ("\\t", "\\\\t"), ("\\n", "\\\\n"))


@dataclass(frozen=True)
class Server:
    """A server, by the URL of a user who may do everything on it."""

    url: sa.URL

    @property
    def name(self) -> str:
        """What it is, in the form "MariaDB 10.11.14"."""
        version = str(run_sql(self.url, "SELECT VERSION()")[0][0])
        number, _, more = version.partition("-")
        return f"MariaDB {number}" if "MariaDB" in more else f"MySQL {number}"

    @property
    def settings(self) -> dict[str, str]:
        """The settings that matter here, as the server has them."""
        values = run_sql(self.url, f"SELECT {', '.join(f'@@{name}' for name in _SETTINGS)}")[0]
        sizes = (isinstance(value, int) and value > _MIB for value in values)
        texts = (
            f"{value >> 20} MiB" if size else str(value) for value, size in zip(values, sizes, strict=True)
        )
        return dict(zip(_SETTINGS, texts, strict=True))

    @contextmanager
    def databases(self, number: int) -> Iterator[list[str]]:
        """The URLs of new databases, dropped afterwards."""
        if not number:
            yield []
            return
        with fresh_database(self.url) as url, self.databases(number - 1) as others:
            run_sql(url, f"ALTER DATABASE {sa.make_url(url).database} CHARACTER SET utf8mb4")
            yield [url, *others]

    def local_infile(self, allowed: bool) -> None:
        """Whether clients may load their files from now on."""
        run_sql(self.url, f"SET GLOBAL local_infile = {int(allowed)}")

    @contextmanager
    def local_infile_kept(self) -> Iterator[None]:
        """Whatever is done to the setting in the block, afterwards it is as it was before."""
        before = run_sql(self.url, "SELECT @@GLOBAL.local_infile")[0][0]
        try:
            yield
        finally:
            self.local_infile(bool(before))


def copy_tables(url: str, to: str, *, rows: bool = True) -> None:
    """Make all tables of one database in another one of the same server."""
    source, target = (sa.make_url(each).database for each in (url, to))
    tables = run_sql(url, "SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'")
    for table, _ in tables:
        run_sql(url, f"CREATE TABLE {target}.{table} LIKE {source}.{table}")
        if rows:
            columns = ", ".join(f"`{name}`" for name in _written(url, table))
            run_sql(url, f"INSERT INTO {target}.{table} ({columns}) SELECT {columns} FROM {source}.{table}")


def write_finished_rows(url: str, file: Path, *, all_loads: bool = False) -> None:
    """Write the leads of the newest load, or of all, as LOAD DATA reads them: in the order of the primary key."""
    import MySQLdb.cursors

    fields = ", ".join(f"IFNULL({_escaped(name)}, '\\\\N')" for name in _written(url, "lead_sources"))
    wanted = "" if all_loads else "WHERE load_id = (SELECT MAX(load_id) FROM lead_sources) "
    order = "ORDER BY load_id, source_record_number"
    connection = connected(url, cursorclass=MySQLdb.cursors.SSCursor, use_unicode=False)
    try:
        with connection.cursor() as cursor, file.open("wb") as rows:
            cursor.execute(f"SELECT CONCAT_WS('\\t', {fields}) FROM lead_sources {wanted}{order}")
            rows.writelines(row + b"\n" for (row,) in cursor)
    finally:
        connection.close()


def load_data(url: str, *files: Path) -> Measured:
    """LOAD DATA LOCAL INFILE of finished rows, each file by a connection of its own, all at once."""
    connections = [connected(url, local_infile=1) for _ in files]
    try:
        columns = _written(url, "lead_sources")
        with ThreadPoolExecutor(len(files)) as threads:
            begun = time.perf_counter()
            loads = [
                threads.submit(_load_file, connection, file, columns)
                for connection, file in zip(connections, files, strict=True)
            ]
            for load in loads:
                load.result()
            return Measured(time.perf_counter() - begun)
    finally:
        for connection in connections:
            connection.close()


def halves(rows: Path) -> tuple[Path, Path]:
    """The file cut in two at the end of a row."""
    first, second = rows.with_suffix(".1"), rows.with_suffix(".2")
    with rows.open("rb") as whole, first.open("wb") as head, second.open("wb") as tail:
        middle, done = rows.stat().st_size // 2, 0
        for row in whole:
            (head if done < middle else tail).write(row)
            done += len(row)
    return first, second


def refuse_difference(url: str, other: str) -> None:
    """LOAD DATA LOCAL leaves out what it does not like: raise BenchmarkError unless both have the same leads.

    By the values: CHECKSUM TABLE told equal rows with a computed column apart.
    """
    values = ", ".join(f"IFNULL(`{name}`, '\\\\N')" for name in _written(url, "lead_sources"))
    sums = f"SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', {values}))) FROM lead_sources"
    if run_sql(url, sums) != run_sql(other, sums):
        raise BenchmarkError("LOAD DATA of the finished rows did not make the same table")


def connected(url: str, **options: Any) -> Any:
    """A connection of the driver."""
    import MySQLdb

    _, given = sa.create_engine(url).dialect.create_connect_args(sa.make_url(url))
    return MySQLdb.connect(**given, charset="utf8mb4", **options)


def _written(url: str, table: str) -> list[str]:
    """The columns of a table that the server does not work out by itself."""
    columns = run_sql(url, f"SHOW COLUMNS FROM {table} WHERE Extra NOT LIKE '%GENERATED%'")
    return [name for name, *_ in columns]


def _load_file(connection: Any, file: Path, columns: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES', time_zone = '+00:00'")
        cursor.execute(
            f"LOAD DATA LOCAL INFILE %s INTO TABLE lead_sources CHARACTER SET utf8mb4 ({', '.join(columns)})",
            (str(file),),
        )
    connection.commit()


def _escaped(column: str) -> str:
    text = f"`{column}`"
    for sign, escape in _ESCAPES:
        text = f"REPLACE({text}, '{sign}', '{escape}')"
    return text
