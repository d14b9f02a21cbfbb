"""The city that the statistics of usaddress find in an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from leadingest.addresses.places import Ending, hides_known_city

#: Whether the last words of an address are found to be the city; asked where they alone do not tell.
IsFound = Callable[[list[str], Ending], bool]


@dataclass(frozen=True, eq=False)
class _Look:
    """All that usaddress looks at in a word; one for all words that look alike."""

    features: tuple[str, ...]


_look_of = cache(_Look)


def city_found(text: str) -> str:
    """The city in capitals and without dots, as `usaddress.parse` labels the words; "" where it finds none."""
    import usaddress

    words = usaddress.tokenize(text)
    labels = _labels(tuple(map(_look, words)))
    city = " ".join(
        word.strip(",") for word, label in zip(words, labels, strict=True) if label == "PlaceName"
    )
    return city.upper().replace(".", "").replace("’", "'")


def is_found(keys: list[str], ending: Ending) -> bool:
    """Whether usaddress, too, finds that the last words are the city, and no known one hides in it.

    It takes the "ST" of a street before a city for a saint.
    """
    if hides_known_city(keys, ending.state):
        return False
    found = city_found(f"{', '.join(ending.pieces)}, {ending.state} {ending.zip}")
    return found in (" ".join(keys), " ".join(["ST", *keys]))


@lru_cache(maxsize=20_000)
def _labels(words: tuple[_Look, ...]) -> tuple[str, ...]:
    """What usaddress calls the words of a text, of each of which it looks at the words beside it, too.

    House numbers of one length, and names that it has never learned, look alike to it: it is not asked of each address.
    """
    import usaddress

    if not words:
        return ()
    seen = [list(word.features) for word in words]
    seen[0].append("address.start")
    seen[-1].append("address.end")
    before = [[], *([f"previous:{feature}" for feature in word] for word in seen[:-1])]
    behind = [*([f"next:{feature}" for feature in word] for word in seen[1:]), []]
    items = [[*own, *more, *most] for own, more, most in zip(seen, before, behind, strict=True)]
    return tuple(usaddress.TAGGER.tag(items))


@lru_cache(maxsize=50_000)
def _look(word: str) -> _Look:
    """That of a word alone, without its spelling where that means nothing to the model."""
    import usaddress

    features = usaddress.tokenFeatures(word)
    spelled = features["word"]
    if spelled and f"word:{spelled}".encode() not in _model():
        del features["word"]
    return _look_of(
        tuple(
            f"{name}:{value}" if isinstance(value, str) else name
            for name, value in features.items()
            if value is not False
        )
    )


@cache
def _model() -> bytes:
    """The file of the model, in which each spelling that it has learned stands as it is."""
    import usaddress

    return Path(usaddress.MODEL_PATH).read_bytes()
