"""The forms in which texts are compared: what looks different but means the same becomes the same.

They are made for keys, not for the eye; nothing but the key keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from leadingest.addresses.street_words import STREET_WORDS
from leadingest.expressions import usually

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

#: Capitals and digits with a blank between: nothing is left to fold.
_WORDS = "^[A-Z0-9]+(?: [A-Z0-9]+)*$"

#: Whatever stands between words, but for the single blank that is to stand there.
_BETWEEN_WORDS = r"[^\p{L}\p{N}# ][^\p{L}\p{N}#]*| [^\p{L}\p{N}#]+"

#: What `fold_street` has something to do for.
_ABBREVIATED = f"(?:^| )(?:{'|'.join([*STREET_WORDS, *(' '.join(pair.split()) for pair in _PAIRS), 'UNIT UNIT'])})(?: |$)"


def fold_text(text: pl.Expr) -> pl.Expr:
    """Upper case, accents folded, signs turned to single blanks; null where no letter or digit is left.

    `#` stays a word of its own, for it tells a unit in an address.
    """
    return usually(usually(text, _ascii_capitals, _capitals), _already_words, _words)


def fold_street(folded: pl.Expr) -> pl.Expr:
    """A street address out of `fold_text`, with the abbreviations of USPS Publication 28: `12 N OAK ST`.

    Suite, apartment, room, unit and # are all UNIT: the same door goes by all of these names.
    """
    return usually(folded, _already_short, _short)


def meaning_of_names(*groups: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is meant by each name as `fold_text` has it; a name that means two things means nothing.

    Names of an earlier group win over those of a later one.
    """
    found: dict[str, str | None] = {}
    for group in groups:
        named = pl.DataFrame(list(group), schema={"name": pl.String, "meaning": pl.String}, orient="row")
        forms = named.group_by(fold_text(pl.col("name")).alias("form")).agg(pl.col("meaning").unique())
        for form, meanings in forms.filter(pl.col("form").is_not_null()).iter_rows():
            found.setdefault(form, meanings[0] if len(meanings) == 1 else None)
    return {form: meaning for form, meaning in found.items() if meaning}


def _ascii_capitals(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.len_bytes() == text.str.len_chars()).then(text.str.to_uppercase())


def _capitals(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"\p{M}+", "")


def _already_words(capitals: pl.Expr) -> pl.Expr:
    return pl.when(capitals.str.contains(_WORDS)).then(capitals)


def _words(capitals: pl.Expr) -> pl.Expr:
    words = _replaced(capitals, _SIGNS).str.replace_all(_BETWEEN_WORDS, " ").str.strip_chars()
    return words.replace(["", "#"], None)


def _already_short(folded: pl.Expr) -> pl.Expr:
    return pl.when(~folded.str.contains(_ABBREVIATED)).then(folded)


def _short(folded: pl.Expr) -> pl.Expr:
    words = pl.concat_str([pl.lit(" "), folded.str.replace_all(" ", "  ", literal=True), pl.lit(" ")])
    short = _replaced(_replaced(words, _SPACED), _PAIRS).str.replace_all("(?: UNIT ){2,}", " UNIT ")
    return short.str.replace_all("  ", " ", literal=True).str.strip_chars()


def _replaced(text: pl.Expr, words: dict[str, str]) -> pl.Expr:
    return text.str.replace_many(list(words), list(words.values()), leftmost=True)
