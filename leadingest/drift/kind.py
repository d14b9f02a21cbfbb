"""What a kind of drift is: a function with a code, whose docstring explains it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import CLASSES, Difference, Told

Look = Callable[[Comparison], Iterable[Told]]

#: Differences of one kind that are told one by one: a file may have thousands of columns.
MOST_OF_A_KIND: Final = 100

#: What the first digit of a code stands for.
FAMILIES = {"DR1": "Columns", "DR2": "Values", "DR3": "The delivery as a whole"}


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
            found.append(Told(worst, "", "", f"{len(rest):,} more like these", "as for these"))
        for detail in found:
            yield Difference(self.code, self.name, self.word, detail)


def kind(code: str, word: str) -> Callable[[Look], Kind]:
    """Make a kind of drift of a function that compares."""
    return lambda look: Kind(code, word, look)
