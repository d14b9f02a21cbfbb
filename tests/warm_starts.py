"""Processes of their own that need not import everything anew: a program that has imported leadingest forks each of them.

What is killed, or dies, in a test has to be a process; and its start takes several times what it does. The one that forks
has imported modules and done nothing with them, so none of its threads, connections or locks are left in the others.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final, Self

#: What most of these processes need.
_IMPORTED: Final = (
    "MySQLdb",
    "boto3",
    "leadingest.cli.commands.replay",
    "leadingest.cli.commands.run",
    "leadingest.cli.commands.worker",
    "leadingest.cli.main",
    "leadingest.cli.support.replaying",
    "leadingest.cli.support.run_output",
    "leadingest.cloud.worker",
    "leadingest.deliveries.readers.csv",
    "leadingest.destinations.lake.destination",
    "leadingest.destinations.sql.destination",
    "leadingest.destinations.sql.dialects.mysql",
    "leadingest.destinations.sql.dialects.sqlite",
    "leadingest.exporting.export_leads",
    "leadingest.ingest.run",
    "obstore",
    "sqlalchemy.dialects.mysql.mysqldb",
    "sqlalchemy.dialects.sqlite.pysqlite",
)
#: A request is one message.
_LONGEST: Final = 1 << 16


class Started:
    """A process that runs some Python, as `python -c` would, with its output to be read; killed at the end of the block."""

    def __init__(self, pid: int, line: socket.socket, output: BinaryIO) -> None:
        self.stdout = output
        self._pid, self._line = pid, line
        self._returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """What it ended with, below zero for a signal. Raises TimeoutExpired where it goes on for longer."""
        if self._returncode is None:
            self._line.settimeout(timeout)
            try:
                self._returncode = int(self._line.recv(_LONGEST))
            except TimeoutError as error:
                raise subprocess.TimeoutExpired("python", timeout or 0) from error
        return self._returncode

    def kill(self) -> None:
        """End it as the system does."""
        if self._returncode is None:
            os.kill(self._pid, signal.SIGKILL)
            self.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.stdout.close()
        self._line.close()


class WarmStarts:
    """Starts processes from one that has imported what they need."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def start(self, code: str, *words: str, folder: Path) -> Started:
        """A process that runs the code in this folder, with these arguments."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        reading, writing = os.pipe()
        request = {"code": code, "words": words, "folder": str(folder), "variables": dict(os.environ)}
        with theirs:
            socket.send_fds(self._line, [json.dumps(request).encode()], [theirs.fileno(), writing])
        os.close(writing)
        return Started(int(ours.recv(_LONGEST)), ours, os.fdopen(reading, "rb"))


@contextmanager
def warm_starts() -> Iterator[WarmStarts]:
    """What starts processes, for as long as the block lasts."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.warm_starts", str(theirs.fileno())]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, pass_fds=[theirs.fileno()]) as program:
        theirs.close()
        with ours:
            yield WarmStarts(ours)
        program.wait()


def _serve(line: socket.socket) -> None:
    """Fork for each request, until there can be no more."""
    for name in _IMPORTED:
        import_module(name)
    while True:
        message, given, _, _ = socket.recv_fds(line, _LONGEST, 2)
        if not message:
            return
        if not os.fork():
            line.close()
            _run(json.loads(message), *given)
            return
        for descriptor in given:
            os.close(descriptor)
        # Those that have ended are counted, and gone.
        while _ended():
            pass


def _ended() -> bool:
    try:
        return bool(os.waitpid(-1, os.WNOHANG)[0])
    except ChildProcessError:
        return False


def _run(request: dict[str, object], teller: int, output: int) -> None:
    """Run the code in one more process, and tell its number and what it ended with."""
    if pid := os.fork():
        os.close(output)
        with socket.socket(fileno=teller) as line:
            line.send(str(pid).encode())
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            assert ended
            line.send(str(ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status).encode())
            # Nobody else gets its number before the other side lets go of it.
            line.recv(_LONGEST)
            os.waitpid(pid, 0)
        return
    os.close(teller)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    # Of the one before, they remember what kind of a file it was.
    sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
    os.chdir(str(request["folder"]))
    os.environ.clear()
    os.environ.update(request["variables"])  # type: ignore[call-overload]  # as `start` has sent them
    sys.argv = ["-c", *request["words"]]  # type: ignore[misc]
    exec(compile(str(request["code"]), "<string>", "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
