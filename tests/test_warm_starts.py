"""A process that is forked is one as `python -c` starts it, and gets nothing from the one that forks but its imports."""

from __future__ import annotations

import signal
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from tests.warm_starts import WarmStarts

#: Names the threads of the process that forks.
THREADS = """
import os
from pathlib import Path
between = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[1]
print(*(name.read_text().strip() for name in Path(f"/proc/{between}/task").glob("*/comm")))
"""


def outcome(warm: WarmStarts, code: str, *words: str, folder: Path) -> tuple[int, str]:
    with warm.start(code, *words, folder=folder) as process:
        output = process.stdout.read().decode()
        return process.wait(), output


@pytest.mark.parametrize(
    ("code", "returncode", "output"),
    [
        ("print(__name__)", 0, "__main__\n"),
        ("import sys; sys.exit(3)", 3, ""),
        ("import os; os.kill(os.getpid(), 9)", -signal.SIGKILL, ""),
        ("1 / 0", 1, "ZeroDivisionError: division by zero\n"),
    ],
)
def test_it_ends_as_any_process_does(
    warm: WarmStarts, tmp_path: Path, code: str, returncode: int, output: str
) -> None:
    ended, written = outcome(warm, code, folder=tmp_path)
    assert ended == returncode
    assert written.endswith(output)


def test_it_has_the_words_the_folder_and_the_variables_of_whoever_starts_it(
    warm: WarmStarts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAK", "elm")
    code = "import os, sys; print(sys.argv, os.getcwd(), os.environ['OAK'])"
    expected = f"['-c', 'one', 'two'] {tmp_path} elm\n"
    assert outcome(warm, code, "one", "two", folder=tmp_path) == (0, expected)


def test_it_can_be_killed_while_it_runs_and_after_it_has_ended(warm: WarmStarts, tmp_path: Path) -> None:
    with warm.start("import time; print(1, flush=True); time.sleep(60)", folder=tmp_path) as process:
        assert process.stdout.readline() == b"1\n"
        with pytest.raises(TimeoutExpired):
            process.wait(0.01)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    with warm.start("print(1)", folder=tmp_path) as process:
        assert process.stdout.read() == b"1\n"
        process.kill()


def test_what_forks_has_no_threads_that_work(warm: WarmStarts, tmp_path: Path) -> None:
    """A thread is not there in who is forked, and what it holds is held for ever."""
    _, names = outcome(warm, THREADS, folder=tmp_path)
    assert not {name for name in names.split() if name.startswith(("polars-0", "polars-1", "tokio"))}
