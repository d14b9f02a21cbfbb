"""What every word promises, for the tests of each to hold it to."""

from __future__ import annotations

from hypothesis import strategies as st

from leadingest.operations.base import Operation, without_blanks

#: Cells as the engine hands them to a word: no blanks at the ends, never empty, or null.
CELLS = st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(without_blanks).filter(
    bool
)
COLUMNS = st.lists(CELLS, max_size=8)


def applied(word: Operation, cells: list[str | None]) -> list[str | None]:
    """What the word makes of each cell."""
    return word.made_of(cells)


def hold(word: Operation, cells: list[str | None], *, fills_blanks: bool = False) -> None:
    """The word takes any text, leaves blanks blank, and looks at one cell at a time."""
    together = applied(word, cells)
    alone = {cell: applied(word, [cell]) for cell in set(cells)}
    assert together == [each for cell in cells for each in alone[cell]], word
    if not fills_blanks:
        assert all(value is None for cell, value in zip(cells, together, strict=True) if cell is None), word
