"""Databases that tests may do anything with: a throw-away MySQL or MariaDB server, and fresh databases on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import sqlalchemy as sa

#: Another server to use instead, as a URL of a user who may create databases and users.
ANOTHER_SERVER = "LEADINGEST_TEST_MYSQL_URL"
#: Set to 1 where a test of MySQL that cannot run is a failure.
REQUIRED = "LEADINGEST_TEST_REQUIRE_MYSQL"

#: Seconds a server may take until it answers.
PATIENCE = 60
_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/local/mysql/bin")
#: Nothing has to survive a crash here, so nothing waits for the disk.
_FAST = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=64M",
    "--performance-schema=OFF",
    "--skip-log-bin",
    "--loose-mysqlx=OFF",
)

#: A server that differs from the usual ones in what a connection can be thought to rely on.
ODD = (
    *(option for option in _FAST if option != "--skip-log-bin"),
    "--transaction-isolation=READ-COMMITTED",
    "--sql-mode=ANSI,NO_BACKSLASH_ESCAPES",
    "--autocommit=0",
    "--lower-case-table-names=1",
    "--log-bin=binlog",
    "--server-id=1",
    "--sync-binlog=0",
    "--default-time-zone=-07:00",
    "--loose-innodb-snapshot-isolation=1",
)


class MissingError(Exception):
    """What this machine lacks for tests of MySQL."""


@contextmanager
def mysql_server(options: Sequence[str] = _FAST) -> Iterator[sa.URL]:
    """The URL of a server on which everything is allowed, for as long as the block lasts.

    The options are those of the server program. Raises MissingError where there is no driver, or no server program.
    """
    try:
        import MySQLdb  # noqa: F401  # only to see whether it is there
    except ImportError as error:
        raise MissingError("the driver mysqlclient is not installed") from error
    if another := os.environ.get(ANOTHER_SERVER):
        yield sa.make_url(another)
        return
    with throw_away_server(options=options) as server:
        yield server.url


@contextmanager
def fresh_database(server: sa.URL) -> Iterator[str]:
    """The URL of an empty database on the server, dropped afterwards."""
    name = f"leadingest_test_{token_hex(6)}"
    # Latin-1, so that a table that relies on the default of its database cannot keep most texts.
    run_sql(server, f"CREATE DATABASE {name} CHARACTER SET latin1")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        run_sql(server, f"DROP DATABASE {name}")


def run_sql(url: sa.URL | str, script: str) -> list[tuple[Any, ...]]:
    """Run a script of statements as it stands, as the client `mysql` would; the rows of the last one."""
    import MySQLdb

    _, options = sa.create_engine(url).dialect.create_connect_args(sa.make_url(url))
    connection = MySQLdb.connect(**options, charset="utf8mb4", autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute(script)
            rows = list(cursor.fetchall())
            while cursor.nextset():
                rows = list(cursor.fetchall())
            return rows
    finally:
        connection.close()


class ThrowAwayServer:
    """A server of the tests' own, in a folder of its own. It can be killed and started again on the same data.

    It listens on a socket in its folder, and on 127.0.0.1 where the options name a port.
    """

    def __init__(self, folder: Path, *, options: Sequence[str] = _FAST) -> None:
        program = _program("mariadbd", "mysqld")
        data, socket, scratch = folder / "data", folder / "socket", folder / "tmp"
        scratch.mkdir()
        # A server that starts removes the temporary tables of others from the folder that they share.
        common = ["--no-defaults", f"--datadir={data}", f"--tmpdir={scratch}"]
        common += ["--user=root"] if os.geteuid() == 0 else []
        _initialize(program, common, data)
        self._folder, self._log = folder, folder / "log"
        self._command = [
            *_ends_with_us(),
            program,
            *common,
            *options,
            f"--socket={socket}",
            "--bind-address=127.0.0.1",
            *([] if any(option.startswith("--port=") for option in options) else ["--skip-networking"]),
        ]
        self.url = sa.URL.create(
            "mysql+mysqldb", "root", host="localhost", query={"unix_socket": str(socket)}
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, cwd=self._folder, start_new_session=True
            )
        _wait_until_it_answers(self.url, self._process, self._log)
        # MariaDB makes a nobody who comes before every user of any host.
        run_sql(self.url, "DROP USER IF EXISTS ''@'localhost'")

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()


@contextmanager
def throw_away_server(*, options: Sequence[str] = _FAST) -> Iterator[ThrowAwayServer]:
    """A server that runs for as long as the block lasts. Raises MissingError where there is no server program."""
    # Not pytest's own folder: the path of a socket may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="leadingest-", ignore_cleanup_errors=True) as folder:
        server = ThrowAwayServer(Path(folder), options=options)
        try:
            server.start()
            yield server
        finally:
            # Its data are thrown away: there is nothing to shut down in good order.
            server.kill()


def _program(*names: str) -> str:
    path = os.pathsep.join([os.environ.get("PATH", ""), *_FOLDERS])
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    raise MissingError(f"there is no server program, {' or '.join(names)}")


def _initialize(program: str, common: Sequence[str], data: Path) -> None:
    """Make the system tables, with a root who needs no password."""
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if "MariaDB" in version:
        data.mkdir()
        install = _program("mariadb-install-db", "mysql_install_db")
        command = [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
    else:
        command = [program, *common, "--initialize-insecure"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _ends_with_us() -> list[str]:
    """In front of a command: it is killed when the tests are, however that comes about."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _wait_until_it_answers(url: sa.URL, server: subprocess.Popen[bytes], log: Path) -> None:
    import MySQLdb

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            run_sql(url, "SELECT 1")
        except MySQLdb.OperationalError as error:
            if server.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            raise RuntimeError(f"{server.args!r} does not answer: {error}\n{log.read_text()}") from error
        return
