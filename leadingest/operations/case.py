"""`case`: capitals and small letters."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, Literal

import polars as pl

from leadingest.operations.base import Example, Word
from leadingest.operations.distinct import on_distinct


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
            (("JOHN MCDONALD II", "John McDonald II"), ("Ann de Witt", "Ann de Witt")),
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


@lru_cache(maxsize=100_000)
def _title(text: str) -> str:
    from titlecase import titlecase

    return str(titlecase(text.lower())) if _one_case(text) else text


@lru_cache(maxsize=100_000)
def _name(text: str) -> str:
    from nameparser import HumanName

    if not _one_case(text):
        return text
    name = HumanName(text)
    name.capitalize()
    return str(name) or text
