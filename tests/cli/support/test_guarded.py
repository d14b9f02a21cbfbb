"""Tests of leadingest.cli.support.guarded."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import click
import polars as pl
import pytest
from click.testing import CliRunner, Result

from leadingest.cli.support.guarded import EXIT_INTERRUPTED, INTERRUPTED, GuardedGroup, ending_soon
from leadingest.errors import (
    DeliveryError,
    DestinationSetupError,
    LeadingestError,
    NothingToDoError,
    UsageError,
)

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


def ending(act: Callable[[], None]) -> Result:
    """How a command that does so ends."""
    group = GuardedGroup("test", commands=[click.Command("it", callback=act)])
    return CliRunner().invoke(group, ["it"])


def raising(error: BaseException) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DeliveryError("no header", hint="add one"), 1),
        (UsageError("no header", hint="add one"), 2),
        (DestinationSetupError("no header", hint="add one"), 2),
        (NothingToDoError("no header", hint="add one"), 3),
    ],
)
def test_what_we_raise_on_purpose_is_told_without_a_traceback(error: LeadingestError, code: int) -> None:
    result = ending(raising(error))
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr == "error: no header\nhint: add one\n"


def test_an_interruption_is_one_line_and_130() -> None:
    result = ending(raising(KeyboardInterrupt()))
    assert result.exit_code == 130
    assert result.stderr == "\nInterrupted. The unfinished load was not published.\n"


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("a cell"), RecursionError("a cell"), pl.exceptions.PanicException("a cell")]
)
def test_a_bug_of_ours_says_where_it_is_without_a_traceback_or_what_it_was_about(
    error: BaseException,
) -> None:
    result = ending(raising(error))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {type(error).__name__} in cli/support/guarded.py:")
    assert "hint: This is a bug in leadingest; your data and mapping are fine." in result.stderr
    assert "Traceback" not in result.stderr and "a cell" not in result.stderr


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(28, "No space left on device"), "error: No space left on device\n"),
        (PermissionError(13, "Permission denied", "/data/inbox"), "error: /data/inbox: Permission denied\n"),
        (OSError("No space left on device (os error 28)"), "error: No space left on device\n"),
    ],
)
def test_what_the_system_refuses_is_one_line(error: OSError, message: str) -> None:
    result = ending(raising(error))
    assert (result.exit_code, result.stderr) == (1, message)


def test_a_package_that_is_missing_is_no_bug() -> None:
    result = ending(raising(ModuleNotFoundError("No module named 'made_up.part'", name="made_up.part")))
    assert (result.exit_code, result.stderr) == (
        1,
        "error: the Python package of 'made_up', which leadingest requires, is not installed\n"
        "hint: install leadingest again, in the same way as before: its dependencies have changed\n",
    )
    assert "This is a bug" in ending(raising(ModuleNotFoundError("gone", name="leadingest.gone"))).stderr


def test_the_code_that_a_command_chooses_is_kept() -> None:
    assert ending(raising(click.exceptions.Exit(3))).exit_code == 3


def test_the_usage_errors_of_click_stay_as_they_are() -> None:
    result = ending(raising(click.UsageError("no such thing")))
    assert result.exit_code == 2
    assert "Error: no such thing" in result.stderr


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
