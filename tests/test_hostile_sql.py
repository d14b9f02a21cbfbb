"""No SQL expression of a mapping opens a file, calls an address, stops the program or fills the machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.hostile_sql import hostile_expressions

ROOT = Path(__file__).parents[1]
#: A mapping has an expression in each of these places.
PLACES = (
    "let: {{x: {{first_of: [{{sql: {}}}, a]}}}}\n",
    "where: {}\n",
    "fields:\n  company: {{from: a, when: {}}}\n",
    "  city: {{sql: {}}}\n",
    "  phone: {{join: [a, {{sql: {}}}]}}\n",
)


@pytest.fixture(name="listener")
def _listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def project_of(folder: Path, expressions: list[str]) -> None:
    """A project of mappings that have all of the expressions, each with a test and a delivery."""
    for name in ("mappings", "inbox", "ddl"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "ddl/lead_sources.yaml", folder / "ddl")
    (folder / "pyproject.toml").write_text("[tool.leadingest]\n", encoding="utf-8")
    for number, texts in enumerate(batched(expressions, len(PLACES))):
        head = f'source: hostile{number}\ndelivery: {{match: "hostile{number}.csv"}}\n'
        # Where there are no more, the places of the last are filled up.
        filled = zip(PLACES, cycle(texts), strict=False)
        body = "".join(place.format(json.dumps(text)) for place, text in filled)
        tests = "tests: [{record: {a: x}, lead: {}}]\n"
        (folder / f"mappings/hostile{number}.yaml").write_text(head + body + tests, encoding="utf-8")
        (folder / f"inbox/hostile{number}.csv").write_text("a\nx\n", encoding="utf-8")


def batched(texts: list[str], size: int) -> list[list[str]]:
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def test_no_expression_opens_a_file_or_calls_an_address(tmp_path: Path, listener: socket.socket) -> None:
    fifo = tmp_path / "secret.csv"
    os.mkfifo(fifo)
    expressions = hostile_expressions(str(fifo), f"http://127.0.0.1:{listener.getsockname()[1]}")
    assert len(expressions) >= 150
    project = tmp_path / "project"
    project.mkdir()
    project_of(project, expressions)
    # polars opens files and sockets without Python's knowledge: whoever opened the FIFO would wait for ever.
    child = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.hostile_sql_child",
            str(project),
            f"sqlite:///{tmp_path}/leads.db",
            str(fifo),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    did = json.loads(child.stdout.splitlines()[-1])
    assert did["opened"] == []
    assert did["output"].count("LI212") >= len(expressions)
    assert did["codes"] == {"lint": 1, "test": 2, "preview": 2, "run": 2}
    for traces in ("Traceback", "panicked", "PanicException", "polars", "SQLInterface", "sqlparser"):
        assert traces not in did["output"] + child.stderr
    with pytest.raises(BlockingIOError):
        listener.accept()
    with pytest.raises(OSError, match="No such device or address"):
        os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
