"""The word that somebody probably meant."""

from collections.abc import Iterable

#: rapidfuzz's score (0 to 100) below which a guess would only confuse.
LEAST_SCORE = 70.0


def nearest(word: str, known: Iterable[str], *, most: int = 1) -> list[str]:
    """The known words most like `word`, best first; none where nothing is like it."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        word, list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=LEAST_SCORE
    )
    return [name for name, _score, _index in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` to end a message with, or nothing."""
    guess = nearest(word, known)
    return f"; did you mean {guess[0]!r}?" if guess else ""


def listed(words: Iterable[str], *, last: str = "or") -> str:
    """`a, b or c`."""
    names = list(words)
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
