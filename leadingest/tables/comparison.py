"""The forms in which texts are compared: what looks different but means the same becomes the same.

They are made for keys, not for the eye; nothing but the key keeps them.
"""

from __future__ import annotations

import polars as pl

from leadingest.tables.street_words import STREET_WORDS

_APOSTROPHES = "'`\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"

#: A point before a digit parts (`29.5 RD`); other points and apostrophes go: `N.W.` is `NW`, `DEE'S` is `DEES`.
#: `#` becomes a word. Every other sign becomes a blank, below.
_SIGNS = (
    {f".{digit}": f" {digit}" for digit in "0123456789"}
    | dict.fromkeys("." + _APOSTROPHES, "")
    | {"#": " # "}
)

_SPACED = {f" {word} ": f" {short} " for word, short in STREET_WORDS.items()}

#: Words that belong together, once every word stands between two blanks of its own.
_PAIRS = {
    " P  O  BOX ": " PO  BOX ",
    " POST  OFC  BOX ": " PO  BOX ",
    " N  E ": " NE ",
    " N  W ": " NW ",
    " S  E ": " SE ",
    " S  W ": " SW ",
}


def fold_text(text: pl.Expr) -> pl.Expr:
    """Upper case, accents folded, signs turned to single blanks; null where no letter or digit is left.

    `#` stays a word of its own, for it tells a unit in an address.
    """
    plain = text.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"\p{M}+", "")
    words = _replaced(plain, _SIGNS).str.replace_all(r"[^\p{L}\p{N}#]+", " ").str.strip_chars()
    return words.replace(["", "#"], None)


def fold_street(folded: pl.Expr) -> pl.Expr:
    """A street address out of `fold_text`, with the abbreviations of USPS Publication 28: `12 N OAK ST`.

    Suite, apartment, room, unit and # are all UNIT: the same door goes by all of these names.
    """
    words = pl.concat_str([pl.lit(" "), folded.str.replace_all(" ", "  ", literal=True), pl.lit(" ")])
    short = _replaced(_replaced(words, _SPACED), _PAIRS).str.replace_all("(?: UNIT ){2,}", " UNIT ")
    return short.str.replace_all("  ", " ", literal=True).str.strip_chars()


def _replaced(text: pl.Expr, words: dict[str, str]) -> pl.Expr:
    return text.str.replace_many(list(words), list(words.values()), leftmost=True)
