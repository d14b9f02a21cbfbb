"""The tutorials under examples/: every command and every change in them, and what is printed.

`LEADINGEST_TEST_REWRITE_EXAMPLES=1 pytest tests/test_tutorial.py` writes what is printed anew; read it before it is
committed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from leadingest.cli.main import main
from leadingest.settings import Settings
from tests.test_examples import REWRITE, TUTORIALS
from tests.tutorial import Command, rewritten, shown, steps

ROOT = Path(__file__).parents[1]
MAPPING = Path("mappings/acme.yaml")


@pytest.fixture(autouse=True)
def _an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests counts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLONE", str(ROOT))
    monkeypatch.delenv("COLUMNS", raising=False)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)


@pytest.mark.parametrize("story", TUTORIALS)
def test_everything_in_the_tutorial_is_as_it_says(story: str) -> None:
    tutorial = ROOT / "examples" / story / "README.md"
    text = tutorial.read_text(encoding="utf-8")
    printed: list[str] = []
    expected: list[str] = []
    for step in steps(text):
        if isinstance(step, Command):
            printed.append(shown(ran(step.line), folder=Path.cwd()))
            expected.append(step.printed)
        else:
            MAPPING.write_text(step.of(MAPPING.read_text(encoding="utf-8")), encoding="utf-8")
    if os.environ.get(REWRITE):
        tutorial.write_text(rewritten(text, printed), encoding="utf-8")
    else:
        assert printed == expected
    assert after_the_first_line(MAPPING) == after_the_first_line(tutorial.with_name("mapping.yaml"))


def ran(line: str) -> str:
    """What the command prints; it must succeed, unless that is an error."""
    words = shlex.split(line)
    if words[0] != "leadingest":
        return subprocess.run(
            line, shell=True, capture_output=True, text=True, check=True, encoding="utf-8"
        ).stdout
    words, to = (words[:-2], Path(words[-1])) if words[-2] == ">" else (words, None)
    result = CliRunner().invoke(main, words[1:])
    assert (result.exit_code == 0) == ("error: " not in result.output), result.output
    if to:
        to.write_text(result.output, encoding="utf-8")
    return "" if to else result.output


def after_the_first_line(file: Path) -> str:
    """The text without the line that names the schema, which lies in another folder."""
    return file.read_text(encoding="utf-8").partition("\n")[2]
