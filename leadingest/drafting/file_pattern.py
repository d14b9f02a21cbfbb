"""By what names the deliveries of a source are known."""

from __future__ import annotations

import re
from collections.abc import Collection
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

#: The parts of a glob: a character, any one (`?`), a set of them, any number of them (`*`).
_TOKEN = re.compile(r"\[(!?)(\]?[^\]]*)\]|(\*+)|(.)", re.DOTALL)
_WILD: Final = re.compile(r"[*?\[]")

Token = tuple[str, str]


def example_of_both(one: str, other: str) -> str | None:
    """A path that both globs match, as short as can be; None where there is none.

    `*`, `?` and `[...]` stay within a folder, `**` stands for any number of folders.
    """
    if _differ_at_once(one, other):
        return None
    found = _folders(tuple(one.split("/")), tuple(other.split("/")))
    return "/".join(found) if found is not None else None


def _differ_at_once(one: str, other: str) -> bool:
    """Whether the plain beginnings already tell the two apart, as they do for almost all pairs."""
    a, b = _plain_beginning(one), _plain_beginning(other)
    return not (a.startswith(b) or b.startswith(a))


@lru_cache(maxsize=4096)
def _plain_beginning(pattern: str) -> str:
    return _WILD.split(pattern, maxsplit=1)[0]


@lru_cache(maxsize=4096)
def _folders(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    if not one and not other:
        return ()
    if one and one[0] == "**":
        return _any_folders(one, other)
    if other and other[0] == "**":
        return _any_folders(other, one)
    if not one or not other:
        return None
    here, below = _names(_tokens(one[0]), _tokens(other[0])), _folders(one[1:], other[1:])
    return None if here is None or below is None else (here, *below)


def _any_folders(wild: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    """`wild` begins with `**`: it stands for no folder, or for the next of the other and perhaps more."""
    if (found := _folders(wild[1:], other)) is not None:
        return found
    if not other:
        return None
    below = _folders(wild, other[1:])
    return None if below is None else (_any_name(other[0]), *below)


def _any_name(pattern: str) -> str:
    return _names(_tokens(pattern), (("*", ""),)) or "x"


@lru_cache(maxsize=4096)
def _tokens(pattern: str) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for negated, members, many, single in _TOKEN.findall(pattern):
        if many:
            tokens.append(("*", ""))
        elif single:
            tokens.append(("?", "") if single == "?" else ("=", single))
        else:
            tokens.append(("!" if negated else "[", _spelled_out(members)))
    return tuple(tokens)


def _spelled_out(members: str) -> str:
    """`a-c` as `abc`."""
    ranges = re.sub(
        "(.)-(.)", lambda found: "".join(map(chr, range(ord(found[1]), ord(found[2]) + 1))), members
    )
    return ranges


@lru_cache(maxsize=65536)
def _names(one: tuple[Token, ...], other: tuple[Token, ...]) -> str | None:
    """The shortest name that both patterns match, found by going through both at once.

    No name is empty: where both are `*`, one stands for the letters that there must be.
    """
    waiting: list[tuple[int, int, str]] = [(0, 0, "")]
    seen = {(0, 0)}
    for i, j, made in waiting:
        if i == len(one) and j == len(other):
            return made or "x"
        for step in _steps(one, other, i, j):
            if step[:2] not in seen:
                seen.add(step[:2])
                waiting.append((step[0], step[1], made + step[2]))
    return None


def _steps(one: tuple[Token, ...], other: tuple[Token, ...], i: int, j: int) -> list[tuple[int, int, str]]:
    a = one[i] if i < len(one) else None
    b = other[j] if j < len(other) else None
    steps = []
    if a and a[0] == "*":
        steps.append((i + 1, j, ""))
    if b and b[0] == "*":
        steps.append((i, j + 1, ""))
    if a and b and (letter := _common(a, b)) is not None:
        steps.append((i if a[0] == "*" else i + 1, j if b[0] == "*" else j + 1, letter))
    return steps


def _common(a: Token, b: Token) -> str | None:
    """A character that both tokens match."""
    candidates = [*(token[1] for token in (a, b) if token[0] in "=["), "x", "y", "_", "0"]
    return next((letter for letter in "".join(candidates) if _takes(a, letter) and _takes(b, letter)), None)


def _takes(token: Token, letter: str) -> bool:
    kind, members = token
    return kind in "*?" or ((letter in members) != (kind == "!"))


#: A day, a number or a month at the end of a name differs from one delivery to the next.
_CHANGES: Final = re.compile(
    r"[\W_]*(?:\d[\d\W_]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\W_]*(?:\d[\d\W_]*)?)$",
    re.IGNORECASE,
)
_SPECIAL: Final = re.compile(r"([*?\[])")
_MOST_ENDINGS: Final = 2


def file_patterns(name: str, file_name: str, taken: Collection[str] = ()) -> list[str]:
    """Globs that take files named after the source, and those named like the file that the mapping is drafted from.

    None of them takes a file that a glob in `taken`, of another source, takes, too: where all would, the source has a
    folder of its own in the inbox.
    """
    stem, ending = _parted(file_name)
    ending = escaped(ending)
    folder = f"{name}/*{ending}"
    patterns = [f"{name}*{ending}"]
    if not fnmatchcase(file_name, patterns[0]):
        patterns.append(f"{kept}{ending}" if (kept := _without_what_changes(stem)) else folder)
    free = [each for each in patterns if not any(example_of_both(each, other) for other in taken)]
    return free or [folder]


#: What stands for a day in the names of the next deliveries, and in no name of a neighbor: `homes_[0-9]*` does not take
#: `homes_closed_2026`. Months begin with one of these letters.
_A_NUMBER: Final = "[0-9]*"
_A_MONTH: Final = "[JFMASONDjfmasond]*[0-9]*"
_AT_START: Final = re.compile(r"^[0-9]{4}(?:[-_. ]?[0-9]{2}){0,2}(?=\D)")
_FEWEST_DIGITS: Final = 4


def _without_what_changes(stem: str) -> str:
    """The name as a glob, with what differs from one delivery to the next left open; nothing where that is all of it."""
    start, end = _AT_START.search(stem), _CHANGES.search(stem)
    first = start.end() if start else 0
    last = end.start() if end and end.start() > first else len(stem)
    if first >= len(stem) or (end and end.start() == 0):
        return ""
    kept = escaped(stem[first:last])
    if start and last == len(stem):
        return f"{_A_NUMBER}{kept}"
    return f"{_A_NUMBER if start else ''}{kept}{_open_end(stem[last:])}"


def _open_end(changes: str) -> str:
    """The end of a name that changes, with the signs before it."""
    rest = changes.lstrip("-_. ")
    gap = escaped(changes[: len(changes) - len(rest)])
    if rest[:1].isalpha() and rest[-1:].isdigit():
        return f"{gap}{_A_MONTH}"
    few = sum(map(str.isdigit, rest)) < _FEWEST_DIGITS
    return f"{gap}{_A_NUMBER}" if rest[:1].isdigit() and not few else "*"


def escaped(text: str) -> str:
    """The text as a glob that means just it."""
    return _SPECIAL.sub(r"[\1]", text)


def _parted(file_name: str) -> tuple[str, str]:
    """The name and its endings: `acme` and `.csv.gz`."""
    stem, ending = file_name, ""
    for _ in range(_MOST_ENDINGS):
        before, dot, last = stem.rpartition(".")
        if not before or not re.fullmatch("[A-Za-z]{2,4}[0-9]?", last):
            break
        stem, ending = before, dot + last + ending
    return stem, ending
