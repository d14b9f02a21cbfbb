"""The word, or the name, that somebody probably meant."""

from collections.abc import Iterable

#: Of 1: how alike a misspelt word and the one meant must be for a guess not to confuse.
_LEAST_LIKE_WORD = 0.6
#: Of 100: the same for names that may have gained or lost words, by rapidfuzz's weighted ratio.
_LEAST_LIKE_NAME = 70.0
#: Characters. To compare two texts takes the product of their lengths: a longer one is like none.
LONGEST_NAME = 200


def nearest_word(word: str, candidates: Iterable[str]) -> str | None:
    """The known word that this is a misspelling of: letters added, dropped, changed or swapped."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) > LONGEST_NAME:
        return None
    found = process.extractOne(
        word.lower(), list(candidates), scorer=OSA.normalized_similarity, score_cutoff=_LEAST_LIKE_WORD
    )
    return str(found[0]) if found else None


def nearest_names(name: str, candidates: Iterable[str], *, most: int = 1) -> list[str]:
    """The known names that this one may have become: `Phone` and `Phone No`; best first."""
    from rapidfuzz import fuzz, process, utils

    if len(name) > LONGEST_NAME:
        return []
    clean = utils.default_process
    names = [each for each in candidates if len(each) <= LONGEST_NAME]
    found = process.extract(
        name, names, scorer=fuzz.WRatio, processor=clean, limit=None, score_cutoff=_LEAST_LIKE_NAME
    )
    # The weighted ratio forgives words that one of the two has more: among equals the plainly alike come first.
    ranked = sorted(found, key=lambda match: (-match[1], -fuzz.ratio(clean(name), clean(match[0]))))
    return [known_name for known_name, _score, _index in ranked[:most]]


def nearest_of_each(names: Iterable[str], candidates: Iterable[str]) -> dict[str, str]:
    """What each of the names may have become, no two the same: those that are plainly alike first.

    A name that may have become nothing is left out.
    """
    from rapidfuzz import fuzz, utils

    likely = {name: nearest_names(name, candidates, most=3) for name in dict.fromkeys(names)}
    pairs = [
        (fuzz.ratio(name, other, processor=utils.default_process), name, other)
        for name, others in likely.items()
        for other in others
    ]
    found: dict[str, str] = {}
    for _, name, other in sorted(pairs, key=lambda pair: -pair[0]):
        if name not in found and other not in found.values():
            found[name] = other
    return found


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """`; did you mean 'x'?` to end a message with, or nothing."""
    guess = nearest_word(word, candidates)
    return f"; did you mean {guess!r}?" if guess else ""


def listed(words: Iterable[str], *, last: str = "or") -> str:
    """`a, b or c`."""
    names = list(words)
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def unknown_word(word: str, what: str, candidates: Iterable[str]) -> str:
    """`'x' is not <what>; did you mean 'y'?`, or all the known words where none is like it."""
    choices = list(candidates)
    hint = did_you_mean(word, choices) or f"; known: {', '.join(choices)}"
    return f"{word!r} is not {what}{hint}"


def did_you_mean_code(code: str, candidates: Iterable[str]) -> str:
    """`; did you mean LI103?` to end a message with, or nothing."""
    guess = nearest_word(code, [each.lower() for each in candidates])
    return f"; did you mean {guess.upper()}?" if guess else ""
