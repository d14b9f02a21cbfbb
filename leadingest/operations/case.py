"""`case`: capitals and small letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

import polars as pl

from leadingest.expressions import on_distinct, usually
from leadingest.operations.base import Example, Operation
from leadingest.operations.names.readable import plain_name, readable_name, readable_place


class Case(Operation):
    """Change capitalization. `title` and `name` change only text that is all uppercase or all lowercase.

    Use `title` for places, `name` for people and companies (Mc, O', II, van); `upper` and `lower` change every letter.
    """

    case: Literal["title", "name", "upper", "lower"]

    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "settles"
    examples: ClassVar = (
        Example(
            "{from: City, case: title}",
            (
                ("EL PASO", "El Paso"),
                ("O'FALLON", "O'Fallon"),
                ("ST.HELENS", "St.Helens"),
                ("COEUR D'ALENE", "Coeur d'Alene"),
                ("McAllen", "McAllen"),
            ),
        ),
        Example(
            "{from: Owner, case: name}",
            (
                ("JOHN MCDONALD II", "John McDonald II"),
                ("REED, ANN & MAY", "Reed, Ann & May"),
                ("THE OAK TREE, INC.", "The Oak Tree, Inc."),
                ("Ann de Witt", "Ann de Witt"),
            ),
        ),
        Example("{from: Code, case: upper}", (("k8-b", "K8-B"),)),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        match self.case:
            case "upper":
                return value.str.to_uppercase()
            case "lower":
                return value.str.to_lowercase()
            case "title":
                return _unless_long(value, readable_place)
            case "name":
                return usually(value, plain_name, lambda name: _unless_long(name, readable_name))


def _unless_long(value: pl.Expr, function: Callable[[str], str]) -> pl.Expr:
    """A text that is too long for a name is left as it is."""
    return pl.coalesce(on_distinct(value, function), value)
