"""Tests of leadingest.cli.support.interrupting: Ctrl-C in a process of its own, which would work on for minutes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from leadingest.cli.support.interrupting import EXIT_INTERRUPTED, INTERRUPTED, ending_soon

#: What a command is at when Ctrl-C comes; none of it ends by itself within the time that a test waits.
WORK = {
    "python": "started()\n    while True: pass",
    "a query of polars": (
        "import polars as pl; numbers = pl.LazyFrame({'a': range(200_000)}); "
        "started(); numbers.join(numbers, how='cross').join(numbers, how='cross', suffix='_2').select(pl.col('a').sum()).collect()"
    ),
    "a pattern of polars": (
        "import polars as pl; started(); "
        "pl.Series(['a' * 20_000] * 100_000).str.count_matches('(?:a?){800}(?:[ab]?){99}b')"
    ),
    "threads that are waited for": (
        "from concurrent.futures import ThreadPoolExecutor; import threading\n"
        "    with ThreadPoolExecutor() as pool: pool.submit(threading.Event().wait); started(); pool.submit(int).result()"
    ),
    "library work on many texts": (
        "import usaddress; started()\n    while True:\n        try: usaddress.parse('12 Elm St, Reno NV 89501')\n"
        "        except BaseException: pass"
    ),
    "what takes every exception": (
        "started()\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    ),
}
PROGRAM = """
import os
import signal
from threading import Timer
import click
from leadingest.cli.support.guarded import GuardedGroup

def started():
    # Ctrl-C comes when the work is well under way.
    Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()

def work():
    {work}

GuardedGroup("test", commands=[click.Command("it", callback=work)])(["it"])
"""


@pytest.mark.parametrize("kind", WORK)
def test_an_interrupted_command_ends_whatever_it_is_at(kind: str) -> None:
    program = PROGRAM.format(work=WORK[kind])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (EXIT_INTERRUPTED, f"\n{INTERRUPTED}\n")


def test_what_was_told_of_signals_before_is_told_again_afterwards() -> None:
    before = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(before)
    with ending_soon():
        assert "leadingest-interrupt" in {thread.name for thread in threading.enumerate()}
    assert signal.set_wakeup_fd(before) == before
    assert "leadingest-interrupt" not in {thread.name for thread in threading.enumerate()}


def test_a_thread_that_is_not_the_main_one_may_use_it_as_well() -> None:
    ended = []

    def work() -> None:
        with ending_soon():
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended
