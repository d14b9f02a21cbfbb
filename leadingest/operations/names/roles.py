"""Take the role off that stands in a cell beside a person's name: `Ann Reed, Owner`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from leadingest.operations.names.vocabulary import BEFORE_ROLES, ROLES, ROLES_SET_OFF

#: A word, hyphens in it included; else one sign.
_TOKEN: Final = re.compile(r"(?i)att(?:orne)?y[ -]at[ -]law|[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?|\S")
#: What sets a role off from a name, and what may join two words of a role.
_SETS_OFF: Final = frozenset(",;:()[]|/–—-")
_JOINS: Final = frozenset("&/")
_HEADS: Final = ROLES | ROLES_SET_OFF
_WORDS_OF_ROLES: Final = _HEADS | BEFORE_ROLES


class WithRole(NamedTuple):
    """A name and the role beside it, "" where there is none."""

    name: str
    role: str


def take_off_role(text: str) -> WithRole:
    """The role behind the name, else the one before it; each as the cell has it."""
    tokens = list(_TOKEN.finditer(text))
    end = _start_of_role_behind(tokens)
    if end < len(tokens):
        at = tokens[end].start()
        return WithRole(_trimmed(text[:at]), _trimmed(text[at:]))
    start = _end_of_role_before(tokens)
    if start:
        at = tokens[start - 1].end()
        return WithRole(_trimmed(text[at:]), _trimmed(text[:at]))
    return WithRole(text, "")


def names_role(text: str) -> bool:
    """Whether a word of the text is that of a role, so that the text is no name alone."""
    halves = (half for token in _TOKEN.finditer(text) for half in (token[0], *token[0].split("-")))
    return any(_is(half, ROLES) for half in halves)


def _start_of_role_behind(tokens: Sequence[re.Match[str]]) -> int:
    """The number of the token with which the roles at the end begin; the number of tokens where there is none."""
    end, beginning = len(tokens), len(tokens)
    while end:
        while end and tokens[end - 1][0] in _SETS_OFF:
            end -= 1
        start = _start_of_segment(tokens, end)
        words = [token[0] for token in tokens[start:end]]
        if start and _is_role(words):
            beginning = end = start
            continue
        if beginning == len(tokens):
            return _start_of_last_words(tokens, end)
        break
    return beginning


def _start_of_segment(tokens: Sequence[re.Match[str]], end: int) -> int:
    """Where the words begin that the last sign sets off. A stroke within a role (`Owner/Director`) sets nothing off."""
    start = end
    while start and (tokens[start - 1][0] not in _SETS_OFF or _joins_roles(tokens, start - 1)):
        start -= 1
    return start


def _joins_roles(tokens: Sequence[re.Match[str]], number: int) -> bool:
    return tokens[number][0] in _JOINS and number > 0 and _is(tokens[number - 1][0], ROLES)


def _is_role(words: Sequence[str]) -> bool:
    """Whether the words, set off from a name, are a role and nothing else."""
    return any(_is(word, _HEADS) for word in words) and all(
        word in _JOINS or _is(word, _WORDS_OF_ROLES) for word in words
    )


def _start_of_last_words(tokens: Sequence[re.Match[str]], end: int) -> int:
    """Where a role begins that nothing sets off from the name: behind two words of a name at least."""
    start, heads = end, 0
    for number in range(end - 1, -1, -1):
        word = tokens[number][0]
        if _is(word, ROLES):
            heads += 1
        elif not (heads and (word in _JOINS or _is(word, BEFORE_ROLES))):
            break
        if word not in _JOINS:
            start = number
    return start if heads and start >= 2 else len(tokens)


def _end_of_role_before(tokens: Sequence[re.Match[str]]) -> int:
    """The number of the token behind the role at the beginning; 0 where there is none."""
    words = [token[0] for token in tokens]
    if ":" in words[1:] and _is_role(words[: words.index(":", 1)]):
        return words.index(":", 1) + 1
    end, heads = 0, 0
    for number, token in enumerate(tokens):
        word = token[0]
        if _is(word, ROLES):
            heads, end = heads + 1, number + 1
        elif heads and word in _SETS_OFF - _JOINS:
            return number + 1
        elif word not in _JOINS and not _is(word, BEFORE_ROLES):
            break
    return end if len(tokens) - end >= 2 else 0


@lru_cache(maxsize=50_000)
def _is(word: str, of: frozenset[str]) -> bool:
    """Whether the word is one of those; of a word with a hyphen, each half or both together."""
    upper = re.sub("[ .]", "", word.upper())
    halves = upper.split("-")
    return "".join(halves) in of or (
        len(halves) > 1 and all(half in of or half in BEFORE_ROLES for half in halves)
    )


def _trimmed(text: str) -> str:
    return text.strip(" ,;:()[]|/–—-&")
