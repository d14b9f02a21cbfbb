"""The pattern by which later deliveries of the same source are known."""

from __future__ import annotations

import re
from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Final

from leadingest.drafting.delivery.globs import example_of_both

#: A day, a number or a month at the end of a name differs from one delivery to the next.
_CHANGES: Final = re.compile(
    r"[\W_]*(?:\d[\d\W_]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\W_]*(?:\d[\d\W_]*)?)$",
    re.IGNORECASE,
)
_SPECIAL: Final = re.compile(r"([*?\[])")
_MOST_ENDINGS: Final = 2


def file_patterns(name: str, file_name: str, taken: Collection[str] = ()) -> list[str]:
    """Globs that take files named after the source, and those named like the file that the mapping is drafted from.

    None of them takes a file that a glob in `taken`, of another source, takes, too: where all would, the source has a
    folder of its own in the inbox.
    """
    stem, ending = _parted(file_name)
    ending = escaped(ending)
    folder = f"{name}/*{ending}"
    patterns = [f"{name}*{ending}"]
    if not fnmatchcase(file_name, patterns[0]):
        kept = _CHANGES.sub("", stem)
        patterns.append(f"{escaped(kept)}*{ending}" if kept else folder)
    free = [each for each in patterns if not any(example_of_both(each, other) for other in taken)]
    return free or [folder]


def escaped(text: str) -> str:
    """The text as a glob that means just it."""
    return _SPECIAL.sub(r"[\1]", text)


def _parted(file_name: str) -> tuple[str, str]:
    """The name and its endings: `acme` and `.csv.gz`."""
    stem, ending = file_name, ""
    for _ in range(_MOST_ENDINGS):
        before, dot, last = stem.rpartition(".")
        if not before or not re.fullmatch("[A-Za-z]{2,4}[0-9]?", last):
            break
        stem, ending = before, dot + last + ending
    return stem, ending
