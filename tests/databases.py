"""Throw-away databases for the tests: SQLite files, and a MySQL or MariaDB server of our own.

The server runs in a temporary folder on a private socket, without a network, and is stopped at the end of
the session. `LEADINGEST_TEST_MYSQL_URL` names another server to use instead, by the URL of an
administrator and without a database. Every test gets a database of its own.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

#: Seconds until a server must answer.
_PATIENCE = 60


class NoServerError(Exception):
    """Why there is no MySQL for the tests."""


@dataclass(frozen=True)
class Server:
    """A running server, by the URL of its administrator."""

    url: sa.URL

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new database, by its URL; it is dropped afterwards."""
        name = f"leadingest_{uuid.uuid4().hex[:12]}"
        self.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            self.execute(f"DROP DATABASE {name}")

    def execute(self, *statements: str, database: str | None = None) -> None:
        """Run statements as the administrator."""
        engine = sa.create_engine(self.url.set(database=database))
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement.replace("%", "%%"))
            connection.commit()
        engine.dispose()


@contextmanager
def running_server() -> Iterator[Server]:
    """The server of this session. Raises NoServerError, saying what is missing, where there can be none."""
    try:
        import MySQLdb  # noqa: F401  # only to see whether it is there
    except ImportError:
        raise NoServerError("mysqlclient is not installed: .ci/database installs it") from None
    if url := os.environ.get("LEADINGEST_TEST_MYSQL_URL"):
        yield Server(sa.make_url(url))
        return
    program = _find("mariadbd", "mysqld")
    if program is None:
        raise NoServerError("there is no mariadbd or mysqld on this machine: .ci/database installs it")
    # A socket's path may have 107 characters, too few for pytest's folders.
    with tempfile.TemporaryDirectory(prefix="leadingest-", dir="/tmp") as folder:
        yield from _served(Path(folder), program)


def _served(folder: Path, program: str) -> Iterator[Server]:
    user = getpass.getuser()
    options = ["--no-defaults", f"--datadir={folder}/data", f"--user={user}"]
    _make_data(program, options, folder)
    log = folder / "server.log"
    speed = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M", "--skip-log-bin"]
    place = [f"--socket={folder}/s", "--skip-networking", f"--pid-file={folder}/pid", f"--log-error={log}"]
    server = subprocess.Popen(
        [program, *options, *speed, *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        url = sa.URL.create(
            "mysql+mysqldb", username=user, host="localhost", query={"unix_socket": f"{folder}/s"}
        )
        if Path(program).name == "mysqld":
            url = url.set(username="root")
        _wait_for(server, url, log)
        yield Server(url)
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(_PATIENCE)
        server.kill()
        server.wait()


def _make_data(program: str, options: list[str], folder: Path) -> None:
    if Path(program).name == "mariadbd":
        install = _find("mariadb-install-db", "mysql_install_db")
        if install is None:
            raise NoServerError("mariadbd is here, but mariadb-install-db is not")
        command = [install, *options, "--auth-root-authentication-method=normal", "--skip-test-db"]
    else:
        command = [program, *options, "--initialize-insecure"]
    made = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    if made.returncode:
        raise NoServerError(f"{command[0]} failed: {made.stderr or made.stdout}")


def _wait_for(server: subprocess.Popen[bytes], url: sa.URL, log: Path) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with engine.connect():
                return
        except sa.exc.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise NoServerError(f"the server did not start: {log.read_text()[-2000:]}") from error
            time.sleep(0.05)


def _find(*programs: str) -> str | None:
    """The first of the programs that is there; servers often lie where no user's path leads."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"])
    return next((found for program in programs if (found := shutil.which(program, path=path))), None)
