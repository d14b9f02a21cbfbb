"""Header names as they are compared and shown."""

from collections.abc import Collection, Iterable


def clean_names(cells: Iterable[str]) -> tuple[str, ...]:
    """White space at the ends is cut and inside, line ends included, made one blank."""
    return tuple(" ".join(cell.split()) for cell in cells)


def holds_all(cells: Iterable[str], wanted: Collection[str]) -> bool:
    """Whether a record holds all the names that a header is to be found by."""
    return set(clean_names(wanted)) <= set(clean_names(cells))
