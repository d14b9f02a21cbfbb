"""`us_state`: a state of the United States."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from leadingest.addresses.us_states import STATE_CODES, STATES
from leadingest.expressions import usually
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample


class UsState(ColumnType):
    """A state, the District of Columbia, a territory or a military mail region. Stored as its two-letter code.

    Codes and full names are accepted in any case, with or without dots.
    """

    name: ClassVar[str] = "us_state"
    problem: ClassVar[str] = "not a state"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("nv", "NV"),
        TypeExample("New  york", "NY"),
        TypeExample("D.C.", "DC"),
        TypeExample("Puerto Rico", "PR"),
        TypeExample("Nevadaa", None),
    )
    nearly: ClassVar[str] = r"[A-Za-z]{2}|[A-Z]\.[A-Z]\.|New +[A-Za-z]{4,9}"
    look: ClassVar[Look] = Look(
        "us_state",
        rf"^(?i:{'|'.join([*STATES, *STATES.values()])})$",
        "states",
        Evidence.NO_OTHER_TYPE,
        header="State",
    )
    personal: ClassVar[bool] = False

    @property
    def storage(self) -> Storage:
        return Storage("text", length=2)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, _as_it_is, _spelled_otherwise)


def _as_it_is(text: pl.Expr) -> pl.Expr:
    return pl.when(text.is_in(list(STATES))).then(text)


def _spelled_otherwise(text: pl.Expr) -> pl.Expr:
    name = text.str.to_uppercase().str.replace_all(".", "", literal=True).str.replace_all(r"\s+", " ")
    return name.str.strip_chars().replace_strict(STATE_CODES, default=None, return_dtype=pl.String)
