"""Pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: A fence and what is in it: the language, and the text.
FENCE = re.compile(r"^```([\w{}]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """The lines of a table."""
    names = list(head)
    return [row(names), "|" + "---|" * len(names), *(row(cells) for cells in rows)]


def row(cells: Iterable[str]) -> str:
    """One line of a table; what would end a cell is escaped."""
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def code(text: object) -> str:
    """The text as code; nothing where there is none."""
    return f"`{text}`" if text not in (None, "") else ""


def page(*parts: str | Iterable[str]) -> str:
    """A page, of paragraphs and of the lines of tables, with a blank line between them."""
    return "\n\n".join(part if isinstance(part, str) else "\n".join(part) for part in parts) + "\n"
