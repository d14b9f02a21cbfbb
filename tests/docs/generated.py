"""The files under docs/ that are made from the program."""

from __future__ import annotations

import re
from pathlib import Path

from leadingest.drift.explain import kinds_text
from leadingest.lint.explain import rules_text
from leadingest.mapping.reference import reference_text
from tests.docs.architecture import floors_table, picture
from tests.docs.cli_page import cli_page
from tests.docs.settings_page import settings_page
from tests.docs.tables_page import tables_page

DOCS = Path(__file__).parents[2] / "docs"
_MADE = re.compile(r"(?<=<!-- made by: make generated -->\n)\n.*?(?=\n<!-- the end of it -->)", re.DOTALL)


def generated() -> dict[Path, str]:
    """Each file with what must stand in it."""
    pages = {
        "language": reference_text(),
        "cli": cli_page(),
        "lint-rules": rules_text(),
        "drift-kinds": kinds_text(),
        "settings": settings_page(),
        "tables": tables_page(),
    }
    architecture = DOCS / "architecture.md"
    text = architecture.read_text(encoding="utf-8")
    return {
        **{DOCS / "reference" / f"{name}.md": page for name, page in pages.items()},
        DOCS / "architecture.svg": picture(),
        architecture: _MADE.sub(lambda _: f"\n{floors_table()}\n", text),
    }
