"""`case`: capitals and small letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Literal

import polars as pl

from leadingest.expressions.distinct import on_distinct
from leadingest.expressions.usually import usually
from leadingest.operations.base import Example, Word
from leadingest.operations.plain_names import has_only_plain_words

#: What stands between the names of several people, or between the parts of one.
_BETWEEN_NAMES = re.compile(r"(\s*[,&/;]\s*|\s+and\s+)", re.IGNORECASE)

#: Words that are written in capitals, in places and in names.
_CAPITALS = frozenset(
    [
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "NE",
        "NW",
        "SE",
        "SW",
        "LLC",
        "LLP",
        "PLLC",
        "PC",
        "USA",
        "US",
        "YMCA",
        "YWCA",
        "MD",
        "PHD",
    ]
)

#: One name or several of up to three words each, in capitals without signs of their own.
_PLAIN_WORDS = "^[A-Z]+(?: [A-Z]+){0,2}(?: ?[,&/;] ?[A-Z]+(?: [A-Z]+){0,2})*$"
_WRITTEN_IN_CAPITALS = rf"\b(?:{'|'.join(sorted(_CAPITALS))})\b"


class Case(Word):
    """Change capitals. `title` and `name` change only what is wholly in capitals or wholly in small letters.

    `title` is for places, `name` for people (Mc, O', II, van); `upper` and `lower` change every letter.
    """

    case: Literal["title", "name", "upper", "lower"]

    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "settles"
    examples: ClassVar = (
        Example(
            "{from: City, case: title}",
            (("EL PASO", "El Paso"), ("O'FALLON", "O'Fallon"), ("McAllen", "McAllen")),
        ),
        Example(
            "{from: Owner, case: name}",
            (
                ("JOHN MCDONALD II", "John McDonald II"),
                ("REED, ANN & MAY", "Reed, Ann & May"),
                ("Ann de Witt", "Ann de Witt"),
            ),
        ),
        Example("{from: Code, case: upper}", (("k8-b", "K8-B"),)),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        if self.case == "upper":
            return value.str.to_uppercase()
        if self.case == "lower":
            return value.str.to_lowercase()
        if self.case == "title":
            return on_distinct(value, _title)
        return usually(value, _plain_name, lambda name: on_distinct(name, _name))


def _plain_name(text: pl.Expr) -> pl.Expr:
    as_it_is = pl.when((text != text.str.to_uppercase()) & (text != text.str.to_lowercase())).then(text)
    plain = (
        text.str.contains(_PLAIN_WORDS)
        & has_only_plain_words(text)
        & ~text.str.contains(_WRITTEN_IN_CAPITALS)
    )
    return pl.when(plain).then(text.str.to_titlecase()).otherwise(as_it_is)


def _one_case(text: str) -> bool:
    return text in (text.upper(), text.lower())


def _kept(word: str, **_: object) -> str | None:
    """The word in capitals where that is how it is written."""
    return word.upper() if word.upper().strip(".,") in _CAPITALS else None


@lru_cache(maxsize=100_000)
def _title(text: str) -> str:
    from titlecase import titlecase

    return str(titlecase(text.lower(), callback=_kept)) if _one_case(text) else text


@lru_cache(maxsize=100_000)
def _name(text: str) -> str:
    if not _one_case(text):
        return text
    pieces = _BETWEEN_NAMES.split(text)
    return "".join(piece.lower() if number % 2 else _one_name(piece) for number, piece in enumerate(pieces))


def _one_name(text: str) -> str:
    """A name without commas, in readable case. The library may set parts in another order: then word by word."""
    from nameparser import HumanName

    name = HumanName(text)
    name.capitalize()
    shown = str(name)
    readable = shown if shown.casefold() == text.casefold() else text.title()
    readable = re.sub(r"(?<=\w)'S\b", "'s", readable)  # a possessive is no O'Brien
    return " ".join(_kept(word) or word for word in readable.split(" "))
