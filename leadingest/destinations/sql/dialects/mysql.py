"""MySQL and MariaDB, by way of mysqlclient.

Numbers of errors: "Server Error Message Reference" and "Client Error Message Reference" of the MySQL reference manual.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from secrets import token_hex
from time import monotonic
from typing import Any, final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateTable

from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql.bulk_writers.bulk_writer import BulkWriter
from leadingest.destinations.sql.bulk_writers.mysql import LoadData, QuotedInsert, pipes_have_paths
from leadingest.destinations.sql.dialects.dialect import (
    LACKING,
    LACKING_HINT,
    ColumnTypes,
    Dialect,
    ExactDecimal,
    Fault,
    IndexHints,
    first_line,
    indexes_of,
)
from leadingest.errors import (
    DestinationError,
    DestinationLockedError,
    DestinationLostError,
    DestinationSetupError,
)

#: What a connection relies on, whatever the server's own settings are. Names are those of both servers; what only
#: one of them has stands in a comment that the other one skips.
#: Source: MySQL reference manual, "Server System Variables"; MariaDB, "Comment Syntax".
_SETTINGS = """SET SESSION
    -- Nothing is cut or changed to fit; quotes and escapes are the usual ones.
    sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    time_zone = '+00:00',
    -- A transaction ends when it is told to, and the connection goes on.
    autocommit = 0, completion_type = 'NO_CHAIN',
    -- No limit cuts a result or a load short.
    sql_select_limit = 18446744073709551615, sql_big_selects = 1, sql_safe_updates = 0, sql_auto_is_null = 0,
    /*M! max_statement_time = 0, */ /*!50708 max_execution_time = 0, */
    -- Errors are read, and tables described, in the words that SQLAlchemy and we know.
    lc_messages = 'en_US', sql_quote_show_create = 1,
    -- Seconds. Silent is the connection that holds the lock, for as long as a load lasts; a lock is waited for no
    -- longer than that, where some servers wait for a year.
    wait_timeout = 86400,
    net_read_timeout = CAST(GREATEST(@@net_read_timeout, 600) AS SIGNED),
    net_write_timeout = CAST(GREATEST(@@net_write_timeout, 600) AS SIGNED),
    lock_wait_timeout = CAST(LEAST(@@lock_wait_timeout, 60) AS SIGNED),
    innodb_lock_wait_timeout = CAST(LEAST(@@innodb_lock_wait_timeout, 60) AS SIGNED)"""

#: Seconds until a connection that says nothing is given up; the URL may say otherwise: `?read_timeout=60`.
#: A lock is waited for a minute, and nothing else of ours keeps a server silent for ten.
_TIMEOUTS = {"connect_timeout": 10, "read_timeout": 600, "write_timeout": 120}

#: How the system finds out that the other side is no more, where it says nothing: after two minutes.
_KEEP_ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 6, "TCP_USER_TIMEOUT": 120_000}

#: A transaction sees one moment for as long as it lasts.
_ISOLATION = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE"

#: Under which a connection of the pool has its mark, and what knows of those before it.
_MARK, _LOST_ONES = "leadingest_mark", "leadingest_lost_ones"

_UNREACHABLE = {2002, 2003, 2005, 2026, 1040, 1129}
_LOST = {0, 2006, 2012, 2013, 2027, 2055, 1053, 1077, 1158, 1159, 1160, 1161, 1317, 1927, 4031}
#: A lock that was waited for too long, a deadlock, a row that another has changed since the transaction began.
_IN_THE_WAY = {1205, 1213, 1020}
_FULL = {3, 1021, 1026, 1114, 3675}
#: "No space left on device", as the operating system numbers it, in messages of the server.
_NO_SPACE = re.compile(r"\b(?:Errcode: |error )28\b")
_READ_ONLY = {1792, 1836}
#: An option of the server forbids it; one of them is that it is read-only.
_FORBIDDEN = 1290
_TOO_LARGE = {1153, 2020}
_LOGIN = {1045, 1698, 2059, 2061}
_DATABASE = {1044, 1049, 1046}
#: An unknown column, an unknown table.
_LACKING = {1054, 1146}
_RIGHTS = {1142, 1143, 1227, 1369, 1370, 1410}


@final
class MySQL(Dialect):
    """A database on a MySQL or MariaDB server."""

    name = "mysql"
    sql = mysql.dialect(paramstyle="named")
    jobs = 4
    #: Two use the server well; four are no faster (measured with 1,000,000 rows on both servers).
    writers = 2
    hints = IndexHints(
        by_index="FORCE INDEX ({})",
        by_primary_key="FORCE INDEX (PRIMARY)",
        then_join="STRAIGHT_JOIN",
        by_load="FORCE INDEX (PRIMARY{})",
    )
    types = ColumnTypes(
        number=sa.BigInteger(),
        key_number=mysql.INTEGER(unsigned=True),
        time=mysql.DATETIME(fsp=6),
        long_text=mysql.LONGTEXT(),
        key_text=lambda length: mysql.VARCHAR(length, collation="utf8mb4_bin"),
        decimal=ExactDecimal,
    )
    #: InnoDB indexes 3072 bytes, 4 for each character of utf8mb4, and 312 are left for the other columns of the index,
    #: a source name of 64 characters among them. Source: MySQL reference manual, "InnoDB Limits".
    longest_key = 690
    #: Of the 65,535 that a row may have.
    #: Source: MySQL reference manual, "Limits on Table Column Count and Row Size".
    most_text_bytes = 60_000

    def engine(self, url: sa.URL) -> sa.Engine:
        """A database on the server, which must be there. Needs the extra `leadingest[mysql]`."""
        if not url.database:
            raise DestinationSetupError(
                f"the database URL {shown_url(str(url))} does not name a database",
                hint="the name comes last: mysql+mysqldb://user:password@host/leads",
            )
        _refuse_without_driver()
        engine = sa.create_engine(
            url.set(drivername="mysql+mysqldb"),
            connect_args={
                "charset": "utf8mb4",
                "local_infile": 1,
                **{name: seconds for name, seconds in _TIMEOUTS.items() if name not in url.query},
            },
            # A server lets go of a connection that was idle too long, as between two sources.
            pool_pre_ping=True,
            max_overflow=-1,
            hide_parameters=True,
        )
        # Before SQLAlchemy's own look at the server: how names are quoted is one of the things that it finds out.
        lost = _LostConnections()
        sa.event.listen(engine, "connect", lost.set_up, insert=True)
        sa.event.listen(engine, "invalidate", lost.note)
        return engine

    def table_options(
        self, *, numbered: bool = False, history: bool = False, clustered: bool = False
    ) -> dict[str, Any]:
        options = {
            "mysql_engine": "InnoDB",
            "mysql_charset": "utf8mb4",
            "mysql_collate": "utf8mb4_unicode_ci",
        }
        # Of 20 pages, the servers' default, they take a load for a few rows, as each page has rows of one load only.
        return options | ({"mysql_stats_sample_pages": "200"} if history else {})

    def key_digest(self, key: sa.ColumnElement[str]) -> sa.ColumnElement[bytes]:
        """Half of a SHA-256: a load of a million rows writes a third of the bytes (a quarter into a full buffer pool)."""
        return sa.func.unhex(sa.func.left(sa.func.sha2(key, 256), 32))

    def create_table(self, table: sa.Table) -> Iterator[str]:
        """MySQL has no CREATE INDEX IF NOT EXISTS: an index belongs into the table for the SQL to be repeatable."""
        sql = str(CreateTable(table, if_not_exists=True).compile(dialect=self.sql))
        keys = "".join(
            f", \n\tKEY {index.name} ({', '.join(index.columns.keys())})" for index in indexes_of(table)
        )
        yield re.sub(r"\n\)", lambda end: f"{keys}\n)", sql, count=1)

    def create_view(self, name: str, query: str) -> Iterator[str]:
        yield f"CREATE OR REPLACE VIEW {name} AS\n{query}"

    def widen(self, column: sa.Column[Any], described: str) -> str:
        return f"ALTER TABLE {column.table.name} MODIFY COLUMN {described}"

    def insert_or_lock(self, table: sa.Table, row: Mapping[str, Any], unchanged: str) -> sa.Executable:
        """Two sources that are locked for the first time at once do not meet."""
        same = {unchanged: table.c[unchanged]}
        return mysql.insert(table).values(row).on_duplicate_key_update(same)

    @contextmanager
    def lock(self, engine: sa.Engine, name: str, *, wait: float) -> Iterator[bool]:
        """A lock of the server, which falls with the connection."""
        with engine.connect() as connection:
            database = connection.scalar(sa.select(sa.func.database()))
            # Such a name holds for the whole server, and may have 64 characters.
            key = "leadingest " + hashlib.sha256(f"{database}/{name}".encode()).hexdigest()[:50]
            lost: _LostConnections = connection.info[_LOST_ONES]
            lost.end(connection.connection)
            if not _locked(connection, key, wait):
                yield False
                return
            try:
                yield True
            finally:
                # Where the connection is gone, the lock is.
                with suppress(sa.exc.DBAPIError):
                    connection.scalar(sa.select(sa.func.release_lock(key)))

    def let_others_add(self, connection: sa.Connection) -> None:
        """Under READ COMMITTED: else the server locks the place behind the rows that are deleted as well.

        A server that logs statements allows no such change; there the others wait.
        """
        with connection.begin():
            logs_statements = connection.scalar(sa.text("SELECT @@log_bin AND @@binlog_format = 'STATEMENT'"))
        if not logs_statements:
            connection.execution_options(isolation_level="READ COMMITTED")

    def bulk_writer(self, connection: sa.Connection) -> BulkWriter:
        """LOAD DATA where the server allows it: MySQL's own default does not."""
        allowed = connection.exec_driver_sql("SELECT @@GLOBAL.local_infile, @@max_allowed_packet").one()
        return LoadData() if allowed[0] and pipes_have_paths() else QuotedInsert(packet=int(allowed[1]))

    def classify(self, error: sa.exc.DBAPIError, url: str) -> Fault:
        """It is known by its number."""
        arguments = error.orig.args if error.orig else ()
        if arguments and isinstance(arguments[0], int):
            return _numbered(arguments[0], str(arguments[-1]), url)
        return Fault(DestinationError, f"the database {url} failed: {first_line(error)}")


class _LostConnections:
    """The connections of one engine that were lost on this side: the server may still keep them, with their locks."""

    def __init__(self) -> None:
        self._marks: list[str] = []

    def set_up(self, connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:
        """Make a new connection one that can be relied on, and end those on the server that it replaces."""
        _keep_alive(connection)
        mark = f"leadingest {token_hex(16)}"
        with connection.cursor() as cursor:
            cursor.execute(_SETTINGS)
            cursor.execute(_ISOLATION)
            # A lock of its own tells a connection from every other, even after the server was started again.
            cursor.execute("SELECT GET_LOCK(%s, 0)", (mark,))
        record.info.update({_MARK: mark, _LOST_ONES: self})
        self.end(connection)

    def end(self, connection: Any) -> None:
        """Have the server end those that it still keeps, by way of another connection."""
        import MySQLdb

        # Where this does not work out, the next statement tells why.
        with suppress(IndexError, MySQLdb.Error), connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT IS_USED_LOCK(%s)", (self._marks.pop(),))
                ((number,),) = cursor.fetchall()
                if number is not None:
                    # It may end by itself meanwhile.
                    with suppress(MySQLdb.Error):
                        cursor.execute("KILL %s", (number,))

    def note(self, _connection: Any, record: sa.pool.ConnectionPoolEntry, _error: object) -> None:
        """One was lost."""
        if mark := record.info.get(_MARK):
            self._marks.append(mark)


def _numbered(number: int, message: str, url: str) -> Fault:
    if number in _UNREACHABLE:
        return Fault(
            DestinationLostError,
            f"the database {url} cannot be reached: {message} ({number})",
            hint="check that the server is running, and that host, port or unix_socket in the URL are correct",
        )
    if number in _LOGIN:
        return Fault(
            DestinationSetupError,
            f"the database {url} rejected this user or password ({number})",
            hint="correct LEADINGEST_DATABASE_URL; in a password, write special characters such as @ or / as %40, %2F",
        )
    if number in _DATABASE:
        return Fault(
            DestinationSetupError,
            f"the database {url} does not exist, or this user has no access to it ({number})",
            hint="as an administrator: CREATE DATABASE ... CHARACTER SET utf8mb4; then ddl/mysql/grants.sql",
        )
    if number in _RIGHTS:
        return Fault(
            DestinationSetupError,
            f"a privilege is missing in {url}: {_right(message)} ({number})",
            hint="as an administrator, run ddl/mysql/grants.sql, which grants every privilege that leadingest needs",
        )
    if number in _LACKING:
        return Fault(DestinationSetupError, f"the database {url} {LACKING} ({number})", hint=LACKING_HINT)
    if number in _LOST | _IN_THE_WAY:
        kind = DestinationLockedError if number in _IN_THE_WAY else DestinationLostError
        return Fault(
            kind,
            f"the database {url} aborted the load: {message} ({number})",
            hint="nothing was published; run it again",
        )
    if number in _READ_ONLY or (number == _FORBIDDEN and "read-only" in message):
        return Fault(
            DestinationSetupError,
            f"the database {url} is read-only ({number})",
            hint="set LEADINGEST_DATABASE_URL to the primary server, not a replica; nothing was changed",
        )
    if number in _TOO_LARGE:
        return Fault(
            DestinationError,
            f"the database {url} rejected a row because it is too large ({number})",
            hint="as an administrator, raise the server's max_allowed_packet; this load was not published",
        )
    if number in _FULL or _NO_SPACE.search(message):
        return Fault(
            DestinationError,
            f"the database {url} is full: {message} ({number})",
            hint="free some space and run again; nothing was published",
        )
    # Messages about data quote the data: only the number is safe to show.
    return Fault(
        DestinationError,
        f"the database {url} rejected the load with error {number}",
        hint="nothing was published; look up the number in the server's manual",
    )


def _right(message: str) -> str:
    """`INSERT on leads.loads`, out of the server's message."""
    found = re.search(
        r"(?P<right>[A-Z ]+?) command denied to user .* for (?:column \S+ in )?table (?P<table>\S+)", message
    )
    if not found:
        return message
    table = re.sub(r"[`']", "", found["table"])
    return f"{found['right'].strip()} on {table}"


def _keep_alive(connection: Any) -> None:
    """Have the system look after the other side of a connection through the network."""
    # Not every system has all of it, or lends the socket.
    with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
        if line.family == socket.AF_UNIX:
            return
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _KEEP_ALIVE.items():
            if option := getattr(socket, name, None):
                line.setsockopt(socket.IPPROTO_TCP, option, value)


def _locked(connection: sa.Connection, key: str, wait: float) -> bool:
    """Asks once a second, so that Ctrl-C is heard."""
    deadline = monotonic() + wait
    while True:
        left = max(deadline - monotonic(), 0)
        if connection.scalar(sa.select(sa.func.get_lock(key, min(left, 1)))):
            return True
        if not left:
            return False


def _refuse_without_driver() -> None:
    try:
        import MySQLdb  # noqa: F401  # only to see whether it is there
    except ImportError as error:
        raise DestinationSetupError(
            "MySQL requires the driver mysqlclient, which is not installed",
            hint="on Debian and Ubuntu:\n"
            "  apt-get install -y build-essential python3-dev pkg-config libmariadb-dev\n"
            "  pip install 'leadingest[mysql]'",
        ) from error
