"""Tests of leadingest.cli.main."""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import leadingest.cli.commands
from leadingest import __version__
from leadingest.cli.main import COMMANDS, main
from tests.cli.made_up_project import MadeUpProject

HEAVY = ("polars", "sqlalchemy", "rich", "pydantic", "structlog", "rapidfuzz", "yaml")


def python(code: str) -> str:
    """What the code prints in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_every_command_is_registered_once() -> None:
    modules = [
        importlib.import_module(f"leadingest.cli.commands.{module.name}")
        for module in pkgutil.iter_modules(leadingest.cli.commands.__path__)
    ]
    found = {
        each.name for module in modules for each in vars(module).values() if isinstance(each, click.Command)
    }
    assert sorted(map(str, found)) == sorted(str(command.name) for command in COMMANDS)


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], *[[command.name, "--help"] for command in COMMANDS]]
)
def test_help_needs_none_of_the_heavy_libraries(words: list[str]) -> None:
    code = (
        "import sys\nfrom leadingest.cli.main import main\n"
        f"main({words!r}, standalone_mode=False)\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert python(code).splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_every_command_says_what_it_is_for_and_shows_an_example(command: click.Command) -> None:
    text = CliRunner().invoke(main, [str(command.name), "--help"]).output
    assert command.help and command.help.strip().split("\n")[0].endswith(".")
    assert "Examples:" in text
    assert f"leadingest {command.name}" in text


def test_help_lists_every_command_with_its_whole_sentence() -> None:
    text = CliRunner().invoke(main, ["--help"]).output
    assert all(f"  {command.name} " in text for command in COMMANDS)
    assert "..." not in text.partition("Commands:")[2]


def test_help_lists_every_setting_with_its_default() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    lines = re.findall(r"^ +(LEADINGEST_\w+) .*\[(.*)\]$", CliRunner().invoke(main, ["--help"]).stdout, re.M)
    assert dict(lines) == {
        name: value or "none" for name, value in re.findall(r"^(LEADINGEST_\w+)=(.*)$", example, re.M)
    }


def test_the_version_is_that_of_the_package() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"leadingest, version {__version__}\n"


@pytest.mark.parametrize(
    "words", [["nonsense"], ["run", "--nonsense"], ["approve", "x"], ["loads", "--limit", "0"]]
)
def test_wrong_usage_ends_with_two(project: MadeUpProject, words: list[str]) -> None:
    assert project.call(*words).exit_code == 2


def test_a_wrong_setting_is_one_error_line_on_standard_error(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_LOG_FORMAT", "xml")
    result = project.call("loads")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: LEADINGEST_LOG_FORMAT: input should be 'off', 'text' or 'json'\n"


def test_a_reader_that_goes_away_is_no_error(project: MadeUpProject) -> None:
    project.call("run", "--all")
    environment = {**os.environ, "PYTHONPATH": str(Path(leadingest.cli.commands.__path__[0]).parents[2])}
    line = f"{sys.executable} -m leadingest leads --format csv | true"
    piped = subprocess.run(line, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert piped.stderr == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_what_takes_a_file_takes_an_url_or_says_that_it_does_not(command: click.Command) -> None:
    for option in command.params:
        if not isinstance(option.type, click.Path):
            continue
        shown = option.metavar or ""
        if "URL" in shown:
            assert str(option.type.convert("s3://leads/a.csv", option, None)) == "s3://leads/a.csv"
        else:
            with pytest.raises(click.BadParameter, match="a path on this machine, not a URL"):
                option.type.convert("s3://leads/a.csv", option, None)
