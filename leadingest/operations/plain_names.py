"""Tell the names that the parser of names does nothing to but change capitals: most of a list."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

#: Where nameparser keeps the words that mean something to it.
_VOCABULARIES = (
    "bound_first_names",
    "capitalization_exceptions",
    "conjunctions",
    "first_name_titles",
    "prefixes",
    "suffix_acronyms",
    "suffix_not_acronyms",
    "titles",
)


def has_only_plain_words(names: pl.Expr) -> pl.Expr:
    """Whether no word of the names is a title, a suffix, a particle and the like, begins with Mc, or is a number.

    Of two such words the first is the first name and the other the last; each has one capital.
    """
    return ~names.str.to_uppercase().str.contains(_not_plain())


@cache
def _not_plain() -> str:
    from nameparser.config import CONSTANTS

    found = (getattr(CONSTANTS, name, ()) for name in _VOCABULARIES)
    words = {
        word.upper()
        for vocabulary in found
        for entry in vocabulary
        for word in re.findall("[A-Za-z]+", entry)
    }
    return rf"(?-u:\b)(?:{'|'.join(sorted(words))}|MA?C[A-Z]*|[IVXLCDM]+|[A-Z])(?-u:\b)"
