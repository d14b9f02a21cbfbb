"""Header names as they are compared and shown."""

from collections.abc import Collection, Iterable
from typing import Final

#: What the column is called that has no name in `header: {row_names: true}`.
ROW_NAMES: Final = "row_names"


def clean_names(cells: Iterable[str]) -> tuple[str, ...]:
    """White space at the ends is cut and inside, line ends included, made one blank."""
    return tuple(" ".join(cell.split()) for cell in cells)


def holds_all(cells: Iterable[str], wanted: Collection[str]) -> bool:
    """Whether a record holds all the names that a header is to be found by."""
    return set(clean_names(wanted)) <= set(clean_names(cells))
