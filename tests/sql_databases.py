"""What tests know of each SQL database, one class for each: a test asks the database, and does not look at its name."""

from __future__ import annotations

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import ClassVar, Final

import sqlalchemy as sa

from tests.databases import run_sql
from tests.loaded_tables import read

#: A table of a plan is read from its first row to its last.
SCAN: Final = "a scan"


class SqlDatabase(ABC):
    """A database by its URL."""

    #: The column of a number that the database counts up, and the type of a long text.
    counted: ClassVar[str]
    long_text: ClassVar[str]
    #: Query parameters of a URL under which a lock that somebody holds is an error at once.
    impatient: ClassVar[Mapping[str, str]]
    #: Whether a text may be longer than its column, and whether decimals are kept to the last digit.
    takes_long_texts: ClassVar[bool]
    exact_decimals: ClassVar[bool]
    #: Statements that keep statistics as they are, and that make them.
    keep_statistics: ClassVar[tuple[str, ...]]
    make_statistics: ClassVar[str]

    def __init__(self, url: str) -> None:
        self.url = url

    @abstractmethod
    def run_script(self, script: str) -> None:
        """Run a file of SQL, as the client of the database would."""

    @abstractmethod
    def definitions(self) -> list[tuple[object, ...]]:
        """The name of each table and view, and of each index with a name of its own, with its SQL."""

    @abstractmethod
    def drop_index(self, index: str, table: str) -> str:
        """The statement that drops an index."""

    def drop_computed(self, column: str, table: str) -> Sequence[str]:
        """The statements that drop a column that the database works out; none where it works out none."""
        return ()

    @abstractmethod
    def waits_for_a_lock(self) -> bool:
        """Whether a writer that has begun waits for a transaction of somebody else."""

    @abstractmethod
    def plan(self, question: str) -> dict[str, str]:
        """How the database gets at each table: the name of an index in which it searches, or SCAN."""


class Sqlite(SqlDatabase):
    """A file of SQLite: one at a time writes."""

    counted = "INTEGER PRIMARY KEY AUTOINCREMENT"
    long_text = "TEXT"
    impatient: ClassVar[Mapping[str, str]] = {"timeout": "0"}
    takes_long_texts = True
    exact_decimals = False
    keep_statistics = ()
    make_statistics = "ANALYZE"

    def _connection(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.url.removeprefix("sqlite:///")))

    def run_script(self, script: str) -> None:
        with self._connection() as connection:
            connection.executescript(script)

    def definitions(self) -> list[tuple[object, ...]]:
        with self._connection() as connection:
            return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()

    def drop_index(self, index: str, table: str) -> str:
        return f"DROP INDEX {index}"

    def waits_for_a_lock(self) -> bool:
        return True

    def plan(self, question: str) -> dict[str, str]:
        details = [str(step["detail"]) for step in read(self.url, f"EXPLAIN QUERY PLAN {question}")]
        found = (
            re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", each) for each in details
        )
        return {each[2]: SCAN if each[1] == "SCAN" else each[3] for each in found if each}


class Mysql(SqlDatabase):
    """MySQL or MariaDB."""

    counted = "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY"
    long_text = "LONGTEXT"
    impatient: ClassVar[Mapping[str, str]] = {"init_command": "SET SESSION innodb_lock_wait_timeout = 0"}
    takes_long_texts = False
    exact_decimals = True
    keep_statistics = ("ALTER TABLE lead_sources STATS_AUTO_RECALC = 0",)
    make_statistics = "ANALYZE TABLE lead_sources, published_loads"

    def run_script(self, script: str) -> None:
        run_sql(self.url, script)

    def definitions(self) -> list[tuple[object, ...]]:
        tables = [name for (name,) in run_sql(self.url, "SHOW TABLES")]
        return [run_sql(self.url, f"SHOW CREATE TABLE {name}")[0][:2] for name in sorted(tables)]

    def drop_index(self, index: str, table: str) -> str:
        return f"DROP INDEX {index} ON {table}"

    def drop_computed(self, column: str, table: str) -> Sequence[str]:
        return (f"ALTER TABLE {table} DROP COLUMN {column}",)

    def waits_for_a_lock(self) -> bool:
        ((_, _, status),) = run_sql(self.url, "SHOW ENGINE INNODB STATUS")
        return "LOCK WAIT" in status

    def plan(self, question: str) -> dict[str, str]:
        steps = read(self.url, f"EXPLAIN FORMAT=TRADITIONAL {question}")
        return {step["table"]: SCAN if step["type"] in {"ALL", "index"} else step["key"] for step in steps}


#: By the name that SQLAlchemy calls them.
SQL_DATABASES: Final[Mapping[str, type[Sqlite | Mysql]]] = {
    "sqlite": Sqlite,
    "mysql": Mysql,
    "mariadb": Mysql,
}


def sql_database(url: str) -> SqlDatabase:
    """The database of the URL."""
    return SQL_DATABASES[sa.make_url(url).get_backend_name()](url)
