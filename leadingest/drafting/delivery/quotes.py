"""Whether quotes stand around cells, or mean inches and nicknames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


class QuoteCount:
    """Counts the quotes of a file, and those that stand where a cell begins: after a line end or a delimiter."""

    def __init__(self, delimiters: Iterable[str]) -> None:
        self._delimiters = tuple(delimiters)
        self._quotes = 0
        self._after: Counter[str] = Counter()
        self._before = b"\n"

    def add(self, piece: bytes) -> None:
        """The next bytes, in an encoding that has ASCII's quote."""
        self._quotes += piece.count(b'"')
        joined = self._before + piece
        for sign in ("\n", "\r", *self._delimiters):
            self._after[sign] += joined.count(sign.encode() + b'"')
        self._before = piece[-1:] or self._before

    def mean_nothing(self, delimiter: str) -> bool:
        """Whether there are quotes and no cell begins with one."""
        return self._quotes > 0 and not any(self._after[sign] for sign in ("\n", "\r", delimiter))
