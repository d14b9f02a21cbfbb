"""What stands in a text and holds nothing: taken off its ends, and out of its middle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

#: What is never seen, wherever it stands: soft hyphens, zero-width characters, marks of the direction of writing.
UNSEEN: Final = (
    "\xad\u061c\u180e\u2060\ufeff"
    + "".join(map(chr, range(0x200B, 0x2010)))
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2066, 0x206A)))
)

#: Taken off both ends of every value: white space of all kinds, control characters, and what is never seen.
BLANKS: Final = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + UNSEEN
)


def _any_of(signs: Iterable[str]) -> str:
    """A class of these characters, as a regular expression."""
    return "[" + "".join(f"\\x{{{ord(sign):x}}}" for sign in signs) + "]"


_TO_TAKE_OUT: Final = _any_of(UNSEEN)
_RUN: Final = _any_of(sign for sign in BLANKS if sign not in UNSEEN) + "+"
#: Finds what `squeezed` may have to do something about; nearly every text is without it.
UNUSUAL: Final = "[^!-~ ]|  "


def trimmed(text: pl.Expr) -> pl.Expr:
    """The text without blanks at its ends; "" where nothing else is in it."""
    return text.str.strip_chars(BLANKS)


def squeezed(text: pl.Expr) -> pl.Expr:
    """The text with one blank for each run of blanks, none at its ends, and without what is never seen."""
    return text.map_batches(_squeezed, return_dtype=pl.String(), is_elementwise=True)


def _squeezed(texts: pl.Series) -> pl.Series:
    # Nearly all stay as they are, and are not copied.
    rows = texts.str.contains(UNUSUAL).arg_true()
    if rows.is_empty():
        return texts
    squeezing = texts[rows].str.replace_all(_TO_TAKE_OUT, "").str.replace_all(_RUN, " ")
    return texts.clone().scatter(rows, squeezing.str.strip_chars(BLANKS))
