"""A name taken apart by `nameparser`, which does it once for all names of one shape."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from leadingest.operations.names.vocabulary import DEGREES, DEGREES_SET_OFF, GENERATIONS, TITLES

if TYPE_CHECKING:
    from nameparser import Parser

#: Words that stand by themselves. Two letters may be initials, and a dot, a hyphen or an apostrophe may tell something.
_WORD: Final = re.compile(r"(?<![^\s,])(?:[A-Z]{3,}|[a-z]{3,}|[A-Z][a-z]{2,})(?![^\s,])")
#: What stands in for a word, with a letter behind it that tells for which one.
_STAND_IN: Final = "Zqx"
_STANDING_IN: Final = re.compile(rf"{_STAND_IN}[a-z]", re.IGNORECASE)
#: Generations, where they end a name.
_NUMERALS: Final = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"])
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class ParsedName(NamedTuple):
    """The parts that `nameparser` finds, each as it is written, and "" where there is none."""

    given: str
    middle: str
    family: str
    suffix: str
    title: str
    nickname: str
    maiden: str


def parsed_name(text: str) -> ParsedName:
    """The parts of the name, by our forms of address and degrees.

    `nameparser` knows no names: words that its vocabularies do not have are alike to it if they are written alike. So others
    stand in for them, and names of one shape are parsed once, which takes a few times as long as all else.
    """
    if _STANDING_IN.search(text):
        return _parsed(text)
    words: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        word = found[0]
        if len(words) == len(_LETTERS) or word.upper() in words_with_a_meaning():
            return word
        words.append(word)
        other = _STAND_IN + _LETTERS[len(words) - 1]
        return other.upper() if word.isupper() else other.lower() if word.islower() else other

    def word_of(found: re.Match[str]) -> str:
        return words[_LETTERS.index(found[0][-1].lower())]

    parts = _parsed(_WORD.sub(stand_in, text))
    return ParsedName(*(_STANDING_IN.sub(word_of, part) for part in parts)) if words else parts


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> ParsedName:
    parsed = _parser().parse(text)
    return ParsedName(*(getattr(parsed, part) for part in ParsedName._fields))


@cache
def words_with_a_meaning() -> frozenset[str]:
    """The words in capitals that the parser takes for more than a name."""
    lexicon = _parser().lexicon
    vocabularies = (getattr(lexicon, field.name) for field in fields(lexicon))
    words = (word for vocabulary in vocabularies if isinstance(vocabulary, frozenset) for word in vocabulary)
    return _NUMERALS.union(part for word in words for part in word.upper().split())


@cache
def _parser() -> Parser:
    """The parser with our forms of address and degrees: its own hold `King`, `Ace` and `Ma`."""
    from dataclasses import replace

    from nameparser import Lexicon, Parser

    default = Lexicon.default()
    lexicon = replace(
        default,
        titles=_lower(TITLES),
        given_name_titles=frozenset(["brother", "father", "sir", "sister"]),
        after_given_titles=frozenset(),
        honorific_tails=frozenset(),
        suffix_words=_lower(GENERATIONS),
        suffix_acronyms=_lower(DEGREES | DEGREES_SET_OFF),
        suffix_acronyms_ambiguous=_lower(DEGREES_SET_OFF),
        particles=default.particles | {"el"},
        conjunctions=frozenset(["y"]),
        conjunctions_ambiguous=frozenset(),
    )
    return Parser(lexicon=lexicon)


def _lower(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
