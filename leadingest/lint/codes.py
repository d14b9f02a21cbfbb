"""The code that somebody probably meant."""

from collections.abc import Iterable

from leadingest.documents.nearest import nearest_word


def did_you_mean_code(code: str, known: Iterable[str]) -> str:
    """`; did you mean LI103?` to end a message with, or nothing."""
    guess = nearest_word(code, [each.lower() for each in known])
    return f"; did you mean {guess.upper()}?" if guess else ""
