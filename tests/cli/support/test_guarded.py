"""Tests of leadingest.cli.support.guarded."""

from collections.abc import Callable

import click
import polars as pl
import pytest
from click.testing import CliRunner, Result

from leadingest.cli.support.guarded import GuardedGroup
from leadingest.errors import (
    DeliveryError,
    DestinationSetupError,
    LeadingestError,
    NothingToDoError,
    UsageError,
)


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
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "error: No space left on device\n"),
        (PermissionError(13, "Permission denied", "/data/inbox"), "error: /data/inbox: Permission denied\n"),
        (OSError("No space left on device (os error 28)"), "error: No space left on device\n"),
    ],
)
def test_what_the_system_refuses_is_one_line(error: OSError, said: str) -> None:
    result = ending(raising(error))
    assert (result.exit_code, result.stderr) == (1, said)


def test_a_package_that_is_missing_is_no_bug() -> None:
    result = ending(raising(ModuleNotFoundError("No module named 'made_up.part'", name="made_up.part")))
    assert (result.exit_code, result.stderr) == (
        1,
        "error: the Python package of 'made_up' is not installed, which leadingest needs\n"
        "hint: install leadingest once more, in the same way as before: what it needs has changed since\n",
    )
    assert "This is a bug" in ending(raising(ModuleNotFoundError("gone", name="leadingest.gone"))).stderr


def test_the_code_that_a_command_chooses_is_kept() -> None:
    assert ending(raising(click.exceptions.Exit(3))).exit_code == 3


def test_the_usage_errors_of_click_stay_as_they_are() -> None:
    result = ending(raising(click.UsageError("no such thing")))
    assert result.exit_code == 2
    assert "Error: no such thing" in result.stderr
