"""Reports as tests look at them."""

from __future__ import annotations

from leadingest.reports.render import rendered
from leadingest.reports.render.text import blocks_text
from leadingest.reports.report import Report


def text(document: Report, *, width: int | None = None) -> str:
    """What a person reads in a terminal, colors and all."""
    return blocks_text(document.body(), width=width)


def written(document: Report, name: str) -> str:
    """What stands in a file of the format."""
    return b"".join(rendered(document, name)).decode()
