"""Tests of leadingest.reports.problem."""

from pathlib import Path

import click
import pytest

from leadingest.reports.problem import hinted, problem
from leadingest.reports.render.text import blocks_text


def shown(message: str, *, hint: str = "", about: str = "") -> str:
    return click.unstyle(blocks_text(problem(message, hint=hint, about=about)))


def test_an_error_is_told_with_what_to_do() -> None:
    assert shown("there is no source 'sorce3'", hint="did you mean 'source3'?") == (
        "error: there is no source 'sorce3'\n"
        "hint: did you mean 'source3'?\n"
    )  # fmt: skip


def test_lines_that_follow_stand_under_the_first() -> None:
    assert shown("no header 'A'\nno header 'B'", hint="add an alias\nor take it out", about="nevada") == (
        "error: nevada: no header 'A'\n"
        "       no header 'B'\n"
        "hint: add an alias\n"
        "      or take it out\n"
    )  # fmt: skip


def test_in_a_terminal_lines_are_broken_between_words() -> None:
    text = blocks_text(
        problem("the file has no header 'Phone'", hint="add an alias to it", about="nevada"), width=30
    )
    assert click.unstyle(text) == (
        "error: nevada: the file has no\n"
        "       header 'Phone'\n"
        "hint: add an alias to it\n"
    )  # fmt: skip


def test_a_command_to_copy_stays_on_its_line() -> None:
    assert blocks_text(hinted("run:\n  pip install 'leadingest[mysql]'"), width=20).splitlines()[1] == (
        "        pip install 'leadingest[mysql]'"
    )


def test_an_error_without_advice_has_no_hint() -> None:
    assert shown("broken") == "error: broken\n"
    assert blocks_text(hinted("")) == ""


def test_each_problem_of_a_mapping_shows_its_line_and_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nevada.yaml").write_text("source: nevada\nfields:\n  phonee: Phone\n  city: {cas: title}\n")
    message = "nevada.yaml:3:3: there is no field 'phonee'\nnevada.yaml:4:10: there is no word 'cas'"
    assert shown(message) == (
        "error: nevada.yaml:3:3: there is no field 'phonee'\n"
        "    3 |   phonee: Phone\n"
        "      |   ^\n"
        "error: nevada.yaml:4:10: there is no word 'cas'\n"
        "    4 |   city: {cas: title}\n"
        "      |          ^\n"
    )


def test_of_a_long_line_the_part_around_the_column_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.yaml").write_text("x" * 300 + "WRONG" + "y" * 300)
    _, line, mark = shown("m.yaml:1:301: wrong").splitlines()
    assert len(line) < 120
    assert line[mark.index("^") :].startswith("WRONG")
    narrow = click.unstyle(blocks_text(problem("m.yaml:1:301: wrong"), width=60)).splitlines()
    assert max(map(len, narrow)) <= 60
    assert narrow[1][narrow[2].index("^") :].startswith("WRONG")


@pytest.mark.parametrize(
    "place", ["gone.yaml:1:1", "m.yaml:9:1", "m.yaml:1:40", "data.csv:1:1", "m.yaml:0:1", "binary.yaml:1:1"]
)
def test_a_line_that_is_not_there_is_not_shown(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.yaml").write_text("source: x\n")
    Path("data.csv").write_text("Jane,555\n")
    Path("binary.yaml").write_bytes(b"\xff\xfe")
    assert shown(f"{place}: wrong") == f"error: {place}: wrong\n"


def test_a_header_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in shown("no header '\x1b[2J'")
