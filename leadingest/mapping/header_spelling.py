"""How headers are compared: capitals do not count, nor do signs that nobody sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from unicodedata import category


def plain_header(name: str) -> str:
    """The name without capitals, and without signs that nobody sees: soft hyphens, marks of direction and the like."""
    return "".join(letter for letter in name if category(letter) not in ("Cf", "Cc")).casefold()


def is_ignored(header: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns under `ignore` takes the header."""
    plain = plain_header(header)
    return any(fnmatchcase(plain, plain_header(pattern)) for pattern in patterns)


def position_of(name: str, headers: Sequence[str]) -> int | None:
    """Where the one header stands that is spelled so, or differs in what does not count if none is spelled so."""
    spelled = ((name, headers), (plain_header(name), [plain_header(header) for header in headers]))
    return next((there.index(wanted) for wanted, there in spelled if there.count(wanted) == 1), None)
