"""Header names as they are compared and shown."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

#: What the column is called that has no name in `header: {row_names: true}`.
ROW_NAMES: Final = "row_names"


def clean_names(cells: Iterable[str]) -> tuple[str, ...]:
    """White space at the ends is cut and inside, line ends included, made one blank."""
    return tuple(" ".join(cell.split()) for cell in cells)


def holds_all(cells: Iterable[str], wanted: Collection[str]) -> bool:
    """Whether a record holds all the names that a header is to be found by."""
    return set(clean_names(wanted)) <= set(clean_names(cells))


def joined_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names of a header of several rows, each from the top to the bottom with blanks between.

    A title in an upper row counts for the cells on its right too, as long as they have none and there are names below
    them: it is one above several columns. A name that stands there twice, merged over both rows, counts once.
    """
    *upper, lowest = map(clean_names, rows)
    names = lowest
    for titles in reversed(upper):
        names = tuple(_titled(titles, names))
    return names


def _titled(titles: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    group = ""
    for title, name in zip_longest(titles, names, fillvalue=""):
        if title:
            group = title if name not in ("", title) else ""
        elif not name:
            group = ""
        yield " ".join(filter(None, dict.fromkeys((title or group, name))))
