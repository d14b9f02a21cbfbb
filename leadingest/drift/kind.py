"""A difference of a delivery, and what a kind of drift is: a function with a code that finds it and explains it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from leadingest.destinations.ledger import DriftClass, DriftNote
from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import Fix

#: Differences of one kind that are told one by one: a file may have thousands of columns.
MOST_OF_A_KIND: Final = 100

#: What the first digit of a code stands for.
FAMILIES = {"DR1": "Columns", "DR2": "Values", "DR3": "The delivery as a whole"}

#: Worst first.
CLASSES: Final[tuple[DriftClass, ...]] = ("breaking", "lossy", "safe")

#: What each class means for a load.
CLASS_MEANINGS: Final[dict[DriftClass, str]] = {
    "breaking": "the load fails or is held",
    "lossy": "it loads, but values are lost",
    "safe": "it loads, and nothing is lost",
}


@dataclass(frozen=True)
class DriftDetail:
    """What a kind of drift has to say of a delivery; it holds nothing that is somebody's."""

    kind_class: DriftClass
    #: The column; "" where it is the delivery as a whole.
    header: str
    expected: str
    found: str
    advice: str
    #: Whether the mapping has an answer to it, so that there is nothing to do.
    settled: bool = False
    #: Change the mapping so that the delivery loads.
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What is told of a delivery, with the kind that tells it; `word` is what `on_drift` of a mapping calls it."""

    code: str
    name: str
    word: str
    detail: DriftDetail

    @property
    def kind_class(self) -> DriftClass:
        """breaking, lossy or safe."""
        return self.detail.kind_class

    @property
    def sort_key(self) -> tuple[int, str]:
        """The worst first, then by code."""
        return CLASSES.index(self.kind_class), self.code

    def note(self) -> DriftNote:
        """As it is kept with the load."""
        detail = self.detail
        return DriftNote(
            code=self.code,
            name=self.name,
            kind_class=detail.kind_class,
            header=detail.header,
            expected=detail.expected,
            found=detail.found,
            advice=detail.advice,
        )


Look = Callable[[Comparison], Iterable[DriftDetail]]


@dataclass(frozen=True)
class Kind:
    """A kind of drift. `code` never changes its meaning; `word` is what `on_drift` of a mapping calls it."""

    code: str
    word: str
    look: Look

    @property
    def name(self) -> str:
        """What it is called, the name of its function."""
        return self.look.__name__

    @property
    def summary(self) -> str:
        """The kind in a sentence."""
        return self.explanation.split("\n", 1)[0]

    @property
    def explanation(self) -> str:
        """What it means, and what its class depends on."""
        return inspect.cleandoc(self.look.__doc__ or "")

    def differences(self, comparison: Comparison) -> Iterator[Difference]:
        """What the delivery differs in, in this respect; of very many the first, and how many more there are."""
        found = list(self.look(comparison))
        if len(found) > MOST_OF_A_KIND:
            rest, found = found[MOST_OF_A_KIND:], found[:MOST_OF_A_KIND]
            worst = min((detail.kind_class for detail in rest), key=CLASSES.index)
            found.append(DriftDetail(worst, "", "", f"{len(rest):,} more", "as above"))
        for detail in found:
            yield Difference(self.code, self.name, self.word, detail)


def kind(code: str, word: str) -> Callable[[Look], Kind]:
    """Make a kind of drift of a function that compares."""
    return lambda look: Kind(code, word, look)
