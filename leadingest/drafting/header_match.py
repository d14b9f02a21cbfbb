"""What a header means by its words: known phrases, and names that are nearly those."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import prod
from typing import Final

from leadingest.deliveries.header_names import SPELLED_OUT, header_words
from leadingest.documents.nearest import LONGEST_NAME
from leadingest.drafting.headers import english, english_parts
from leadingest.drafting.known_headers import (
    AVERSE,
    KNOWN_HEADERS,
    NEUTRAL,
    OF_A_PERSON,
    OF_THE_FACILITY,
)

#: What becomes of a phrase's weight: with words that say "of the facility", and others that change nothing; and
#: what each further word takes off it.
_OF_THE_FACILITY: Final = 1.02
_NEUTRAL_MORE: Final = 0.95
_OTHER_WORD: Final = 0.15
_AVERSE_WORD: Final = 0.45
#: A header that another meaning knows to the word hardly has this one; still less where a phrase has all of its words.
_KNOWN_AS_ANOTHER: Final = {False: 0.6, True: 0.4}
#: Of 100, by rapidfuzz: what is less like a phrase is not taken for a misspelling of it.
_ALIKE: Final = 86
_MISSPELLED: Final = 0.8
#: A word of so many letters or more is surely short for one; of fewer it may be for many.
_ABBREVIATED: Final = {False: 0.7, True: 0.85}
_LETTERS: Final = 3
#: Of two words that it may be short for the shorter is surer: what each letter takes off that it leaves out.
_LEFT_OUT: Final = 0.005
_MOST_READINGS: Final = 60
_SHORTEST: Final = 2
_LONGEST_SHORT: Final = 5
#: `Max Age` is the oldest, as `Max` is; `Max Positions` is none.
_OF_AGES: Final = frozenset(["oldest", "youngest"])
_VOWELS: Final = frozenset("aeiou")
_LEAST: Final = 0.4


@dataclass(frozen=True)
class MeaningMatch:
    """How sure a header has a meaning, about 1 at most, and the phrase that says so; `exact` where it says no more."""

    score: float
    phrase: str
    exact: bool


_NONE: Final = MeaningMatch(0, "", exact=False)


@dataclass(frozen=True)
class _Phrase:
    meaning: str
    text: str
    words: frozenset[str]
    weight: float


def match_headers(headers: Sequence[str], meanings: Collection[str]) -> list[dict[str, MeaningMatch]]:
    """For each header its meanings. A meaning that is not known by phrases is known by the words of its own name."""
    phrases = [*_known_phrases(), *_by_their_names(meanings)]
    with_word: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        for word in phrase.words:
            with_word[word].append(phrase)
    headers = _with_letters_spelled(headers)
    split = [_apart(header_words(header)) for header in headers]
    found = [
        matches | _in_both_languages(header, matches, with_word)
        for header, matches in zip(headers, (_by_words(words, with_word) for words in split), strict=True)
    ]
    for words, matches in zip(split, found, strict=True):
        for meaning, match in _by_abbreviations(words, with_word).items():
            if match.score > matches.get(meaning, _NONE).score:
                matches[meaning] = match
    for matches, nearly in zip(found, _by_spelling(split, phrases), strict=True):
        for meaning, match in nearly.items():
            if not matches:
                matches[meaning] = match
    for header, matches in zip(headers, found, strict=True):
        if any(_singular(word) != word for word in header_words(header)):
            matches |= {meaning: replace(match, exact=False) for meaning, match in matches.items()}
    own = {header_words(meaning): meaning for meaning in meanings}
    return [
        _its_own(matches, own.get(words)) or _unless_another(matches, frozenset(words))
        for words, matches in zip(split, found, strict=True)
    ]


#: A letter before the name of a part of an address: that of the place, or that for letters.
_LETTERED: Final = re.compile(r"(?i)^([LPMB])_?((?:ADDR|STREET|CITY|STATE|ZIP)\w*)$")
_MEANS: Final = {"L": "location", "P": "physical", "M": "mailing", "B": "billing"}
_SEVERAL: Final = 3


def _with_letters_spelled(headers: Sequence[str]) -> list[str]:
    """`LSTREET1, LCITY, LSTATE` are of the location; where several headers begin so, the letter is a word."""
    found = [_LETTERED.match(header) for header in headers]
    letters = [each[1].upper() for each in found if each]
    return [
        f"{_MEANS[each[1].upper()]} {each[2]}"
        if each and letters.count(each[1].upper()) >= _SEVERAL
        else header
        for header, each in zip(headers, found, strict=True)
    ]


def _in_both_languages(
    header: str, matches: dict[str, MeaningMatch], with_word: dict[str, list[_Phrase]]
) -> dict[str, MeaningMatch]:
    """What the two halves of `Phone / Téléphone` both mean, where that is surer than what the whole means."""
    halves = re.split(r" [/|] ", header)
    if len(halves) != _HALVES:
        return {}
    first, second = (_by_words(_apart(header_words(half)), with_word) for half in halves)
    both = {
        meaning: MeaningMatch(max(match.score, second[meaning].score), match.phrase, exact=True)
        for meaning, match in first.items()
        if meaning in second
    }
    return {
        meaning: match
        for meaning, match in both.items()
        if match.score > matches.get(meaning, _NONE).score or not matches[meaning].exact
    }


_HALVES: Final = 2
#: Kinds of care and of licenses are told by the same columns.
_TOLD_TOGETHER: Final = frozenset(["license_type", "facility_type"])


def _its_own(matches: dict[str, MeaningMatch], field: str | None) -> dict[str, MeaningMatch]:
    """A header that is the name of a field has no other meaning; nothing for any other header."""
    if field is None or field not in matches:
        return {}
    together = _TOLD_TOGETHER if field in _TOLD_TOGETHER else {field}
    return {meaning: match for meaning, match in matches.items() if meaning in together}


def _by_words(words: Sequence[str], with_word: dict[str, list[_Phrase]]) -> dict[str, MeaningMatch]:
    """The surest phrase of each meaning; one that has all words of the header before any other."""
    here = frozenset(words)
    best: dict[str, MeaningMatch] = {}
    for phrase in {id(each): each for word in here for each in with_word.get(word, ())}.values():
        if not phrase.words <= here:
            continue
        score = _score(here - phrase.words, phrase)
        known = best.get(phrase.meaning, _NONE)
        if score >= _LEAST and (phrase.words == here, score) > (_is_whole(known, here), known.score):
            exact = here - phrase.words - _changes_nothing(phrase.meaning) <= NEUTRAL - AVERSE
            best[phrase.meaning] = MeaningMatch(score, phrase.text, exact)
    return best


#: Fields that are names, and words that say that something else of somebody stands there.
_NAMES: Final = frozenset(["company", "licensee_name", "operator", "contact", "first_name", "last_name"])
_KINDS_OF_THINGS: Final = frozenset(
    ["county", "city", "state", "zip", "phone", "email", "address", "type", "date", "status", "number", "id"]
)
_OF_PERSONS: Final = frozenset(["contact", "first_name", "last_name", "title"])
#: Ages are in years unless a header says otherwise.
_YEARS: Final = frozenset(["years", "yrs", "yr", "year"])
_AGE_GROUPS: Final = frozenset(["infant", "toddler", "preschool", "school_age"])
#: What stands beside the name of an age group: `Infant_0_To_12mos`, `School_Age_5yrs_Plus`.
_OF_AN_AGE_GROUP: Final = re.compile(
    r"[0-9]\w*|w(?:ee)?ks?|mos?|mths?|months?|y(?:ea)?rs?|plus|up|over|under|through|ages?|accepts|program|birth"
)


@cache
def _changes_nothing(meaning: str) -> frozenset[str]:
    """Words that change nothing beside a phrase of this meaning."""
    if meaning in ("min_age", "max_age"):
        return _YEARS
    return OF_A_PERSON if meaning in _OF_PERSONS else frozenset()


def _is_whole(match: MeaningMatch, words: frozenset[str]) -> bool:
    """Whether the phrase has all of these words."""
    return frozenset(match.phrase.split()) == words


def _by_abbreviations(words: Sequence[str], with_word: dict[str, list[_Phrase]]) -> dict[str, MeaningMatch]:
    """What a header with abbreviations may mean: `CNTY_NM` is read as "county name"; nothing where it has none."""
    short = [word for word in words if word not in _english_words()]
    readings = [_spelled_out(word) if word in short else (word,) for word in words]
    if not short or not 0 < prod(map(len, readings)) <= _MOST_READINGS:
        return {}
    kept = min(_ABBREVIATED[len(word) >= _LETTERS] for word in short)
    best: dict[str, MeaningMatch] = {}
    for reading in product(*readings):
        left_out = sum(map(len, reading)) - sum(map(len, words))
        for meaning, match in _by_words(reading, with_word).items():
            score = match.score * kept - _LEFT_OUT * left_out
            if score >= _LEAST and score > best.get(meaning, _NONE).score:
                best[meaning] = MeaningMatch(score, match.phrase, exact=False)
    return best


@cache
def _english_words() -> frozenset[str]:
    meanings = (*english.HEADERS.values(), *english_parts.HEADERS.values())
    phrases = [text for weights in meanings for texts in weights.values() for text in texts]
    return frozenset(word for text in phrases for word in header_words(text)) | NEUTRAL | AVERSE


def _apart(words: Sequence[str]) -> tuple[str, ...]:
    """The words, those that were written as one taken apart: `FACILITYNAME` is facility, name."""
    apart = tuple(part for word in words for part in (_parts(word) or (_singular(word),)))
    # "What is your best phone number?" asks for a phone number.
    return tuple(word for word in apart if word not in _ASKING) if len(apart) > _LETTERS else apart


_ASKING: Final = frozenset(
    [
        "what",
        "which",
        "who",
        "how",
        "your",
        "you",
        "we",
        "our",
        "us",
        "are",
        "do",
        "does",
        "should",
        "can",
        "use",
        "please",
        "enter",
        "list",
        "give",
        "best",
        "reach",
        "all",
        "any",
        "have",
    ]
)


def _singular(word: str) -> str:
    """`Classifications` is read as the known word without its `s`."""
    one = word.removesuffix("s")
    return one if one != word and not _is_word(word) and _is_word(one) else word


@cache
def _parts(word: str) -> tuple[str, ...]:
    """The known words that the word is made of; nothing where it is known itself, or made of anything else."""
    if len(word) < 2 * _LETTERS or _is_word(word):
        return ()
    for length in range(len(word) - _LETTERS, _LETTERS - 1, -1):
        first, rest = word[:length], word[length:]
        if not _is_word(first) and not _is_word(first := first.removesuffix("s")):
            continue
        if behind := (rest,) if _is_word(rest) else _parts(rest):
            return header_words(" ".join((first, *behind)))
    return ()


def _is_word(text: str) -> bool:
    """Whether it is a known word of any language."""
    return len(text) >= _LETTERS and (
        text in SPELLED_OUT or text in _english_words() or text in _foreign_words()
    )


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(word for phrase in _known_phrases() for word in phrase.words)


@cache
def _spelled_out(word: str) -> tuple[str, ...]:
    """The words that it may be short for: it begins like them, and leaves out letters, or their end."""
    if not word.isalpha() or not _SHORTEST <= len(word) <= _LONGEST_SHORT:
        return ()
    longer = {each for each in (*_english_words(), *SPELLED_OUT) if _is_short_for(word, each)}
    return tuple(sorted({SPELLED_OUT.get(each, each) for each in longer}))


def _is_short_for(word: str, other: str) -> bool:
    if len(other) <= len(word) or word[0] != other[0]:
        return False
    if len(word) >= _LETTERS and other.startswith(word):
        return True
    letters = iter(other[1:])
    # `TYPE_CDE`: the `e` at the end is that of the word.
    inside = word[1:-1] if word[-1] == other[-1] == "e" else word[1:]
    return not set(inside) & _VOWELS and all(letter in letters for letter in word[1:])


def _score(more: frozenset[str], phrase: _Phrase) -> float:
    more -= _changes_nothing(phrase.meaning)
    if phrase.meaning in _AGE_GROUPS:
        more = frozenset(word for word in more if not _OF_AN_AGE_GROUP.fullmatch(word))
    if not more:
        return phrase.weight
    # `Program Contact` is a contact; `Contact Email` and `Provider Type` are something else.
    says_whom = more <= OF_THE_FACILITY and not phrase.words <= OF_THE_FACILITY
    if phrase.words <= _OF_AGES or (phrase.words <= NEUTRAL and not says_whom):
        return 0.0
    averse = more & (AVERSE | _KINDS_OF_THINGS if phrase.meaning in _NAMES else AVERSE)
    other = more - averse - NEUTRAL
    kept = _OF_THE_FACILITY if more <= OF_THE_FACILITY else _NEUTRAL_MORE
    return phrase.weight * kept - _OTHER_WORD * len(other) - _AVERSE_WORD * len(averse)


def _by_spelling(split: Sequence[Sequence[str]], phrases: Sequence[_Phrase]) -> list[dict[str, MeaningMatch]]:
    """Misspelt phrases. Numbers are no misspellings: `address 2` is not `address 1`."""
    from rapidfuzz import fuzz, process

    # A text too long to be a name is like none, and would take long to compare.
    names = [text if len(text := " ".join(words)) <= LONGEST_NAME else "" for words in split]
    texts = [phrase.text for phrase in phrases]
    alike = process.cdist(names, texts, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    found: list[dict[str, MeaningMatch]] = [{} for _ in split]
    for row, column in zip(*alike.nonzero(), strict=True):
        phrase, best = phrases[column], found[row]
        # A word that is known is no misspelling of another one.
        known = _english_words().intersection(split[row])
        if _numbers(split[row]) != _numbers(phrase.words) or not known <= phrase.words:
            continue
        score = phrase.weight * _MISSPELLED * float(alike[row, column]) / 100
        if score > best.get(phrase.meaning, _NONE).score:
            best[phrase.meaning] = MeaningMatch(score, phrase.text, exact=False)
    return found


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _unless_another(matches: dict[str, MeaningMatch], words: frozenset[str]) -> dict[str, MeaningMatch]:
    """The meanings; those that the header does not name exactly are less sure where it names another so.

    `Contact Name` is a phrase of its own, so that the word `Name` in it says little.
    """
    whole = {meaning for meaning, match in matches.items() if _is_whole(match, words)}
    named = whole or {meaning for meaning, match in matches.items() if match.exact}
    if not named:
        return matches
    lowered = {
        meaning: match
        if meaning in named
        else MeaningMatch(match.score * _KNOWN_AS_ANOTHER[bool(whole)], match.phrase, exact=False)
        for meaning, match in matches.items()
    }
    return {meaning: match for meaning, match in lowered.items() if match.score >= _LEAST}


@cache
def _known_phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(meaning, " ".join(words), frozenset(words), weight)
        for meaning, weights in KNOWN_HEADERS.items()
        for weight, texts in weights.items()
        for text in texts
        if (words := header_words(text))
    )


def _by_their_names(meanings: Iterable[str]) -> list[_Phrase]:
    named = ((meaning, header_words(meaning)) for meaning in meanings if meaning not in KNOWN_HEADERS)
    return [_Phrase(meaning, " ".join(words), frozenset(words), 1.0) for meaning, words in named if words]
