"""The colours of shares in a table: the fuller, the stronger."""

from __future__ import annotations

from typing import Final

#: Each class of the page with the least share that has it, and what the key says.
LEVELS: Final = (
    ("h5", 0.95, "95–100"),
    ("h4", 0.75, "75–94"),
    ("h3", 0.5, "50–74"),
    ("h2", 0.25, "25–49"),
    ("h1", 0.0, "1–24"),
    ("h0", -1.0, "0"),
)


def level(share: float) -> str:
    """The class of the share, from 0 to 1."""
    if not share:
        return "h0"
    return next(name for name, least, _ in LEVELS if shown_share(share) / 100 >= least)


def shown_share(share: float) -> int:
    """The share in whole per cent: 0 is nothing at all, 100 is all."""
    told = round(100 * share)
    if 0 < share < 1:
        return min(max(told, 1), 99)
    return told
