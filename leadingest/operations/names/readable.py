"""Names of places, people and firms that are wholly in capitals, or in small letters, in readable case."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import polars as pl

from leadingest.addresses.street_words import STREET_WORDS
from leadingest.operations.names.capitals import APOSTROPHES, CAPITALS, SMALL, capitalized, small
from leadingest.operations.names.vocabulary import PARTICLES, STATES

#: A longer text is no name: it stays as it is.
_LONGEST: Final = 500
#: One name or several of up to three words each, in capitals without signs of their own.
_PLAIN_WORDS: Final = "^[A-Z]{2,}(?: [A-Z]{2,}){0,2}(?: ?[,&/;] ?[A-Z]{2,}(?: [A-Z]{2,}){0,2})*$"
_NOT_PLAIN: Final = rf"(?-u:\b)(?:{'|'.join(sorted(CAPITALS | SMALL | PARTICLES))}|PHD|EDD|PHARMD|PSYD|MDIV|MA?C[A-Z]+)(?-u:\b)"
#: A word that titlecase is not to look at: it takes a dot in it for a web address, and small letters for wanted.
_HAS_SIGNS: Final = re.compile(rf"[^\W\d_][.,;:/&{APOSTROPHES}-]+[^\W\d_]|\d")
_FIRST_LETTER: Final = re.compile(r"^[\W_]*[^\W\d_]")
#: Two letters at the end, behind a comma, or behind a blank where no vowel makes a word of them: `Reno, NV`, `Miami FL`.
_STATE: Final = re.compile(r"(?<=,)\s?[A-Za-z]{2}$|(?<=[A-Za-z] )[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{2}$")
#: What is written in capitals before a box or a number: `PO Box 9`, `RR 2`, `FM 1960`.
_BEFORE_A_NUMBER: Final = re.compile(r"\b(?:P\.?O\.?(?= Box\b)|(?:CR|FM|HC|RR)(?= \d))", re.IGNORECASE)
#: Of streets and buildings, without a vowel (USPS Publication 28): titlecase takes them for initials.
_SHORT_WORDS: Final = frozenset(
    word
    for word in (*STREET_WORDS, *STREET_WORDS.values(), "TWP")
    if word not in CAPITALS and set(word).isdisjoint("AEIOUY")
)
_BLANKS: Final = re.compile(r"(\s+)")


@lru_cache(maxsize=100_000)
def readable_place(text: str) -> str:
    """`COEUR D'ALENE` as `Coeur d'Alene`; a text in mixed case as it is."""
    if not _in_one_case(text):
        return text
    from titlecase import titlecase

    made = _FIRST_LETTER.sub(_capital, str(titlecase(text.lower(), callback=_of_a_place)))
    made = _BEFORE_A_NUMBER.sub(lambda found: found[0].upper(), made)
    if "," not in made and any(map(str.isdigit, made)):  # 12 Elm Ct
        return made
    return _STATE.sub(
        lambda found: found[0].upper() if found[0].strip().upper() in STATES else found[0], made
    )


def _of_a_place(word: str, **_: object) -> str | None:
    """The word, where titlecase would not find its capitals."""
    bare = word.upper().strip(".,;:()")
    if bare in CAPITALS | _SHORT_WORDS or _HAS_SIGNS.search(word) or not word.isascii():
        return capitalized(word, first=False)
    return None


@lru_cache(maxsize=100_000)
def readable_name(text: str) -> str:
    """`MCDONALD, ANN` as `McDonald, Ann`, and `THE OAK TREE, INC.` as `The Oak Tree, Inc.`; mixed case as it is."""
    if not _in_one_case(text):
        return text
    made: list[str] = []
    first, after_small = True, False
    words = _BLANKS.split(text)
    last = len(words) - 1
    for number, word in enumerate(words):
        if number % 2 or not word:
            made.append(word)
            continue
        lowered = None
        if not first and number < last:
            lowered = word.lower() if word.upper() in SMALL else small(word, after_small=after_small)
        made.append(lowered or capitalized(word, of_a_person=first and word.upper() == "VI"))
        first, after_small = False, lowered is not None or word.upper() in PARTICLES
    return "".join(made)


def plain_name(text: pl.Expr) -> pl.Expr:
    """What `readable_name` makes of most names, at a fraction of the time; null for the others."""
    as_it_is = pl.when((text != text.str.to_uppercase()) & (text != text.str.to_lowercase())).then(text)
    plain = text.str.contains(_PLAIN_WORDS) & ~text.str.contains(_NOT_PLAIN)
    return pl.when(plain).then(text.str.to_titlecase()).otherwise(as_it_is)


def _in_one_case(text: str) -> bool:
    return len(text) <= _LONGEST and text in (text.upper(), text.lower())


def _capital(found: re.Match[str]) -> str:
    return found[0].title()
