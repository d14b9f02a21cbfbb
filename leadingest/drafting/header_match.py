"""What a header means by its words: known phrases, and names that are nearly those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from leadingest.deliveries.header_names import header_words
from leadingest.documents.nearest import LONGEST_NAME
from leadingest.drafting.known_headers import AVERSE, KNOWN_HEADERS, NEUTRAL, OF_THE_FACILITY

#: What becomes of a phrase's weight: with words that say "of the facility", and others that change nothing; and
#: what each further word takes off it.
_OF_THE_FACILITY: Final = 1.02
_NEUTRAL_MORE: Final = 0.95
_OTHER_WORD: Final = 0.15
_AVERSE_WORD: Final = 0.45
#: A header that another meaning knows to the word hardly has this one.
_KNOWN_AS_ANOTHER: Final = 0.6
#: Of 100, by rapidfuzz: what is less like a phrase is not taken for a misspelling of it.
_ALIKE: Final = 86
_MISSPELLED: Final = 0.8
_LEAST: Final = 0.4


@dataclass(frozen=True)
class MeaningMatch:
    """How sure a header has a meaning, about 1 at most, and the phrase that says so; `exact` where it says no more."""

    score: float
    phrase: str
    exact: bool


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
    split = [header_words(header) for header in headers]
    found = [_by_words(words, with_word) for words in split]
    for matches, nearly in zip(found, _by_spelling(split, phrases), strict=True):
        for meaning, match in nearly.items():
            if not matches:
                matches[meaning] = match
    own = {header_words(meaning): meaning for meaning in meanings}
    return [
        _its_own(matches, own.get(words)) or _unless_another(matches)
        for words, matches in zip(split, found, strict=True)
    ]


#: Kinds of care and of licenses are told by the same columns.
_TOLD_TOGETHER: Final = frozenset(["license_type", "facility_type"])


def _its_own(matches: dict[str, MeaningMatch], field: str | None) -> dict[str, MeaningMatch]:
    """A header that is the name of a field has no other meaning; nothing for any other header."""
    if field is None or field not in matches:
        return {}
    together = _TOLD_TOGETHER if field in _TOLD_TOGETHER else {field}
    return {meaning: match for meaning, match in matches.items() if meaning in together}


def _by_words(words: Sequence[str], with_word: dict[str, list[_Phrase]]) -> dict[str, MeaningMatch]:
    here = frozenset(words)
    best: dict[str, MeaningMatch] = {}
    for phrase in {id(each): each for word in here for each in with_word.get(word, ())}.values():
        if not phrase.words <= here:
            continue
        score = _score(here - phrase.words, phrase)
        if score >= _LEAST and score > best.get(phrase.meaning, MeaningMatch(0, "", exact=False)).score:
            best[phrase.meaning] = MeaningMatch(score, phrase.text, here - phrase.words <= NEUTRAL - AVERSE)
    return best


def _score(more: frozenset[str], phrase: _Phrase) -> float:
    if not more:
        return phrase.weight
    if phrase.words <= NEUTRAL:
        return 0.0
    averse, other = more & AVERSE, more - AVERSE - NEUTRAL
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
        if _numbers(split[row]) != _numbers(phrase.words):
            continue
        score = phrase.weight * _MISSPELLED * float(alike[row, column]) / 100
        if score > best.get(phrase.meaning, MeaningMatch(0, "", exact=False)).score:
            best[phrase.meaning] = MeaningMatch(score, phrase.text, exact=False)
    return found


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _unless_another(matches: dict[str, MeaningMatch]) -> dict[str, MeaningMatch]:
    if not any(match.exact for match in matches.values()):
        return matches
    lowered = {
        meaning: match
        if match.exact
        else MeaningMatch(match.score * _KNOWN_AS_ANOTHER, match.phrase, exact=False)
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
