"""The city that the statistics of usaddress find in an address."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

#: All that usaddress looks at in a word.
_Features = tuple[str, ...]


def city_found(text: str) -> str:
    """The city in capitals and without dots, as `usaddress.parse` labels the words; "" where it finds none."""
    import usaddress

    words = usaddress.tokenize(text)
    labels = _labels(tuple(map(_features, words)))
    city = " ".join(
        word.strip(",") for word, label in zip(words, labels, strict=True) if label == "PlaceName"
    )
    return city.upper().replace(".", "").replace("’", "'")


@lru_cache(maxsize=20_000)
def _labels(words: tuple[_Features, ...]) -> tuple[str, ...]:
    """What usaddress calls the words of a text, of each of which it looks at the words beside it, too.

    House numbers of one length, and names that it has never learned, look alike to it: it is not asked of each address.
    """
    import usaddress

    if not words:
        return ()
    seen = [list(word) for word in words]
    seen[0].append("address.start")
    seen[-1].append("address.end")
    before = [[], *([f"previous:{feature}" for feature in word] for word in seen[:-1])]
    behind = [*([f"next:{feature}" for feature in word] for word in seen[1:]), []]
    items = [[*own, *more, *most] for own, more, most in zip(seen, before, behind, strict=True)]
    return tuple(usaddress.TAGGER.tag(items))


@lru_cache(maxsize=50_000)
def _features(word: str) -> _Features:
    """Those of a word alone, without its spelling where that means nothing to the model."""
    import usaddress

    features = usaddress.tokenFeatures(word)
    spelled = features["word"]
    if spelled and f"word:{spelled}".encode() not in _model():
        del features["word"]
    return tuple(
        f"{name}:{value}" if isinstance(value, str) else name
        for name, value in features.items()
        if value is not False
    )


@cache
def _model() -> bytes:
    """The file of the model, in which each spelling that it has learned stands as it is."""
    import usaddress

    return Path(usaddress.MODEL_PATH).read_bytes()
