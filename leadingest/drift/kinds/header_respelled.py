"""The kind DR108."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR108", "headers")
def header_respelled(comparison: Comparison) -> Iterator[Told]:
    """A header differs from the name in the mapping in capitals, or in signs that nobody sees.

    Safe: it is read all the same, unless another header has that name as well.
    """
    for name, written in comparison.delivered.respelled.items():
        yield Told("safe", name, repr(name), repr(written), "nothing: it is read", settled=True)
