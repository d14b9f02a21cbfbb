"""Runs every command that reads mappings over a project of hostile ones, and records what is opened and called.

    python -m tests.hostile_sql_child PROJECT DATABASE_URL FORBIDDEN

Prints one line of JSON: the exit code of each command, and the sockets, programs and forbidden paths that it asked
the system for.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import sys
from pathlib import Path

from leadingest.cli.main import main as leadingest


def main() -> None:
    """Run the commands and print what they did."""
    project, database, forbidden = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.chdir(project)
    opened: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        # A pair of local sockets, by which a process wakes itself up, reaches nobody.
        inside = event == "socket.__new__" and arguments[1] in (socket.AF_UNIX, -1)
        if (event.startswith("socket.") and not inside) or event in (
            "subprocess.Popen",
            "os.system",
            "os.exec",
            "os.posix_spawn",
        ):
            opened.append(f"{event} {arguments}")
        if event == "open" and forbidden in str(arguments[0]):
            opened.append(str(arguments[0]))

    sys.addaudithook(note)
    codes, output = {}, io.StringIO()
    for command in (
        ["lint", "mappings"],
        ["test"],
        ["preview", "--source", "hostile1"],
        ["run", "--all", "--database-url", database],
    ):
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                leadingest(command)
            except SystemExit as end:
                codes[command[0]] = end.code
    print(json.dumps({"codes": codes, "opened": opened, "output": output.getvalue()}))


if __name__ == "__main__":
    main()
