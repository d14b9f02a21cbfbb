"""Every page is run: the commands in its `console` blocks, the changes in its `diff` blocks, and what they print.

A page begins in an empty folder. `make generated` writes what is printed; read it before it is
committed.
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from leadingest.cli.main import main
from leadingest.settings import Settings
from tests.docs.walkthrough import Change, rewritten, shown, steps
from tests.snapshots import REWRITE

ROOT = Path(__file__).parents[2]
MAPPING = Path("mappings/acme.yaml")
PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if list(steps(page.read_text(encoding="utf-8")))
]
#: Pages at whose end the mapping is that of an example, which is loaded into every database.
BECOMES = {
    "get-started.md": "add_a_source",
    "other-countries.md": "other_countries",
    "replay.md": "fix_and_replay",
}


@pytest.fixture(autouse=True)
def _an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests counts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLONE", str(ROOT))
    monkeypatch.delenv("COLUMNS", raising=False)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)


@pytest.mark.rewrites
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_on_the_page_is_as_it_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    printed: list[str] = []
    expected: list[str] = []
    for step in steps(text):
        if isinstance(step, Change):
            MAPPING.write_text(step.of(MAPPING.read_text(encoding="utf-8")), encoding="utf-8")
            continue
        output = ran(step.line)
        if step.printed is not None:
            printed.append(shown(output, folder=Path.cwd()))
            expected.append(step.printed)
    if REWRITE:
        page.write_text(rewritten(text, printed), encoding="utf-8")
    else:
        assert printed == expected
    if page.name in BECOMES:
        becomes = ROOT / "examples" / BECOMES[page.name] / "mapping.yaml"
        assert after_the_first_line(MAPPING) == after_the_first_line(becomes)


def ran(line: str) -> str:
    """What the command prints. It may find something; one that cannot do what it is asked says `error: `."""
    words = shlex.split(line)
    if words[0] != "leadingest":
        return subprocess.run(
            ["bash", "-c", line], capture_output=True, text=True, check=True, encoding="utf-8"
        ).stdout
    words, to = (words[:-2], Path(words[-1])) if words[-2] == ">" else (words, None)
    # Sources that are loaded at once get the numbers of their loads in any order.
    in_turn = ["--jobs", "1"] if words[1] == "run" and "--all" in words else []
    result = CliRunner().invoke(main, [*words[1:], *in_turn])
    assert result.exit_code in {0, 1} or "error: " in result.output, result.output
    if to:
        to.write_text(result.output, encoding="utf-8")
    return "" if to else result.output


def after_the_first_line(file: Path) -> str:
    """The text without the line that names the schema, which lies in another folder."""
    return file.read_text(encoding="utf-8").partition("\n")[2]
