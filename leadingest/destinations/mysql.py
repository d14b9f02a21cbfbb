"""MySQL and MariaDB, by way of mysqlclient."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex
from time import monotonic
from typing import Any

import sqlalchemy as sa

from leadingest.destinations.database import Database
from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql_destination import SqlDestination
from leadingest.destinations.ways.load_data import LoadData
from leadingest.destinations.ways.pipe import pipes_have_paths
from leadingest.destinations.ways.quoted_insert import QuotedInsert
from leadingest.destinations.ways.way import Way
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

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

#: Under which a connection of the pool has its mark.
_MARK = "leadingest_mark"

#: Sources that are loaded side by side with profit.
JOBS = 4


def open_mysql(url: sa.URL, table: LoadTable) -> SqlDestination:
    """Leads in a MySQL or MariaDB database, which must be there. Needs the extra `leadingest[mysql]`."""
    if not url.database:
        raise DestinationSetupError(
            f"the database URL {shown_url(str(url))} names no database",
            hint="it ends with the name: mysql+mysqldb://user:password@host/leads",
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
    return SqlDestination(MySQL(engine), table)


class MySQL(Database):
    """A database on a MySQL or MariaDB server."""

    #: Two use the server well; four are no faster (measured with 1,000,000 rows on both servers).
    streams = 2

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        #: Marks of connections that were lost on this side: the server may still keep them, with their locks.
        self._lost: list[str] = []
        # Before SQLAlchemy's own look at the server: how names are quoted is one of the things that it finds out.
        sa.event.listen(engine, "connect", self._set_up, insert=True)
        sa.event.listen(engine, "invalidate", self._note_lost)

    def way(self, connection: sa.Connection) -> Way:
        """LOAD DATA where the server allows it: MySQL's own default does not."""
        allowed = connection.exec_driver_sql("SELECT @@GLOBAL.local_infile, @@max_allowed_packet").one()
        return LoadData() if allowed[0] and pipes_have_paths() else QuotedInsert(packet=int(allowed[1]))

    @contextmanager
    def replacing(self) -> Iterator[sa.Connection]:
        """Under READ COMMITTED: else the server locks the place behind the rows that are deleted as well.

        A server that logs statements allows no such change; there the others wait.
        """
        with self.writing() as connection:
            with connection.begin():
                logs_statements = connection.scalar(
                    sa.text("SELECT @@log_bin AND @@binlog_format = 'STATEMENT'")
                )
            if not logs_statements:
                connection.execution_options(isolation_level="READ COMMITTED")
            yield connection

    @contextmanager
    def lock(self, name: str, *, wait: float) -> Iterator[bool]:
        """A lock of the server, which falls with the connection."""
        with self.reading() as connection:
            database = connection.scalar(sa.select(sa.func.database()))
            # Such a name holds for the whole server, and may have 64 characters.
            key = "leadingest " + hashlib.sha256(f"{database}/{name}".encode()).hexdigest()[:50]
            self._end_lost(connection.connection)
            if not _locked(connection, key, wait):
                yield False
                return
            try:
                yield True
            finally:
                # Where the connection is gone, the lock is.
                with suppress(sa.exc.DBAPIError):
                    connection.scalar(sa.select(sa.func.release_lock(key)))

    def _set_up(self, connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:
        """Make a new connection one that can be relied on, and end those on the server that it replaces."""
        _keep_alive(connection)
        mark = f"leadingest {token_hex(16)}"
        with connection.cursor() as cursor:
            cursor.execute(_SETTINGS)
            cursor.execute(_ISOLATION)
            # A lock of its own tells a connection from every other, even after the server was started again.
            cursor.execute("SELECT GET_LOCK(%s, 0)", (mark,))
        record.info[_MARK] = mark
        self._end_lost(connection)

    def _end_lost(self, connection: Any) -> None:
        """Have the server end the connections that were lost here and that it still keeps."""
        import MySQLdb

        # Where this does not work out, the next statement tells why.
        with suppress(IndexError, MySQLdb.Error), connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT IS_USED_LOCK(%s)", (self._lost.pop(),))
                ((number,),) = cursor.fetchall()
                if number is not None:
                    # It may end by itself meanwhile.
                    with suppress(MySQLdb.Error):
                        cursor.execute("KILL %s", (number,))

    def _note_lost(self, _connection: Any, record: sa.pool.ConnectionPoolEntry, _error: object) -> None:
        if mark := record.info.get(_MARK):
            self._lost.append(mark)


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
            "MySQL needs the driver mysqlclient, which is not installed",
            hint="on Debian and Ubuntu:\n"
            "  apt-get install -y build-essential python3-dev pkg-config libmariadb-dev\n"
            "  pip install 'leadingest[mysql]'",
        ) from error
