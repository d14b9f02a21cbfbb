"""`case`: capitals and small letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Literal

import polars as pl

from leadingest.operations.base import Example, Word
from leadingest.operations.distinct import on_distinct

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


class Case(Word):
    """Change capitals. `title` and `name` change only what is wholly in capitals or wholly in small letters.

    `title` is for places, `name` for people (Mc, O', II, van); `upper` and `lower` change every letter.
    """

    case: Literal["title", "name", "upper", "lower"]

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
        return on_distinct(value, _title if self.case == "title" else _name)


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
