"""The files under docs/ that are made from the program."""

from __future__ import annotations

import re
from pathlib import Path

from leadingest.drift.explain import kinds_text
from leadingest.lint.explain import rules_text
from leadingest.mapping.reference import reference_text
from tests.docs.architecture import a_word, floors_table, formats_table, picture
from tests.docs.benchmark_pictures import benchmark_pictures
from tests.docs.cli_page import cli_page
from tests.docs.python_page import python_page
from tests.docs.settings_page import settings_page
from tests.docs.tables_page import tables_page

DOCS = Path(__file__).parents[2] / "docs"
#: A part of a page that is made from the program; it begins with what it is.
_MADE = re.compile(r"(<!-- made by make generated: ([a-z ]+) -->\n).*?(<!-- the end of it -->\n)", re.DOTALL)


def generated() -> dict[Path, str]:
    """Each file with what must stand in it."""
    pages = {
        "language": reference_text(),
        "cli": cli_page(),
        "python": python_page(),
        "lint-rules": rules_text(),
        "drift-kinds": kinds_text(),
        "settings": settings_page(),
        "tables": tables_page(),
    }
    architecture = DOCS / "architecture.md"
    text = architecture.read_text(encoding="utf-8")
    parts = {"floors": floors_table(), "a word": a_word(), "formats": formats_table()}
    made = {
        **{DOCS / "reference" / f"{name}.md": page for name, page in pages.items()},
        DOCS / "architecture.svg": picture(),
        **{DOCS / name: text for name, text in benchmark_pictures().items()},
        architecture: _MADE.sub(lambda found: f"{found[1]}\n{parts.pop(found[2])}\n\n{found[3]}", text),
    }
    assert not parts, f"architecture.md has no place for {', '.join(parts)}"
    return made
