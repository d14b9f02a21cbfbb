"""docs/python.md is run: each `python` block after the one before, and what it prints is what the `text` block below says.

`make generated` writes what is printed, as for the commands of the other pages.
"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.docs.test_commands import ran
from tests.docs.walkthrough import shown
from tests.snapshots import REWRITE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/python.md"
_BLOCK = re.compile(r"^(?:```|<!-- )(python|text|run unseen)\n(.*?)^(?:```|-->)$", re.MULTILINE | re.DOTALL)


@pytest.mark.rewrites
def test_the_examples_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLONE", str(ROOT))
    text = PAGE.read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "example"}
    printed, expected = "", list[tuple[str, str]]()

    def anew(block: re.Match[str]) -> str:
        nonlocal printed
        kind, content = block.groups()
        if kind == "text":
            expected.append((content, printed))
            return f"```text\n{printed}```"
        if kind == "run unseen":
            for line in content.splitlines():
                ran(line)
        else:
            with redirect_stdout(io.StringIO()) as output:
                exec(compile(content, PAGE.name, "exec"), names)
            printed = shown(output.getvalue(), folder=tmp_path)
        return block[0]

    rewritten = _BLOCK.sub(anew, text)
    assert len(expected) > 5
    if REWRITE:
        PAGE.write_text(rewritten, encoding="utf-8")
    else:
        assert [written for written, _ in expected] == [came for _, came in expected]
