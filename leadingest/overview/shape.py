"""What a value looks like, without the value: `999-999-9999`, `Xxxx xx`."""

from __future__ import annotations

import unicodedata

#: Characters of a shape; what is longer ends in an ellipsis.
MOST_SHOWN = 60


def shape(value: str) -> str:
    """The value with `X` for a capital, `x` for another letter and `9` for a digit; other signs stay."""
    shown = "".join(map(_sign, value[: MOST_SHOWN + 1]))
    return shown if len(value) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}…"


def _sign(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Lu":
        return "X"
    if kind[0] in "LM":
        return "x"
    if kind[0] == "N":
        return "9"
    # White space and what cannot be seen.
    return " " if kind[0] in "ZC" else character
