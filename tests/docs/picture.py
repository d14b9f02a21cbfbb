"""What the pictures of the documentation have in common: SVG that is light or dark as its reader likes it."""

from __future__ import annotations

from collections.abc import Sequence

import svg

_SHADES = """
svg { --ink: #1f2933; --paper: #ffffff; --band: #f2f5f9; --box: #d6e4f7; --line: #7b8794; --step: #1d4f91; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e4e7eb; --paper: #14181d; --band: #1d232a; --box: #234164; --line: #7b8794; --step: #9cc3f5; }
}
text { font: 15px system-ui, sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); }
"""


def drawn(title: str, elements: Sequence[svg.Element], *, size: tuple[float, float], style: str) -> str:
    """The elements on paper of this width and height; `style` has rules for their classes, in the shades above."""
    width, height = size
    head: list[svg.Element] = [
        svg.Title(text=title),
        svg.Style(text=_SHADES + style.lstrip()),
        svg.Rect(width=width, height=height, class_=["paper"]),
    ]
    picture = svg.SVG(viewBox=svg.ViewBoxSpec(0, 0, width, height), elements=[*head, *elements])
    return picture.as_str() + "\n"
