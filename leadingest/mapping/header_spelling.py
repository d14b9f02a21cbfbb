"""How headers are compared: capitals do not count, nor do signs that nobody sees."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from unicodedata import category


def plain_header(name: str) -> str:
    """The name without capitals, and without signs that nobody sees: soft hyphens, marks of direction and the like."""
    return "".join(letter for letter in name if category(letter) not in ("Cf", "Cc")).casefold()


def is_ignored(header: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns under `ignore` takes the header."""
    plain = plain_header(header)
    return any(fnmatchcase(plain, plain_header(pattern)) for pattern in patterns)
