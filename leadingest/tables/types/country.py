"""`country`: a country of the world."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import ClassVar

import polars as pl

from leadingest.addresses.countries import country_codes, country_names
from leadingest.expressions import usually
from leadingest.tables.comparison_forms import fold_text, meaning_of_names
from leadingest.tables.types.base import ColumnType, Storage, TypeExample


class CountryCode(ColumnType):
    """A country or dependent territory of ISO 3166-1. Stored as its two-letter code.

    Codes of two or three letters are accepted in any case, with or without dots, and so are names, in English and in the
    languages of Europe and East Asia. `UK` and the names of its parts, such as England, are GB. A name that stands for
    two countries is invalid.
    """

    name: ClassVar[str] = "country"
    problem: ClassVar[str] = "not a country"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("FR", "FR"),
        TypeExample("fra", "FR"),
        TypeExample("U.K.", "GB"),
        TypeExample("united kingdom", "GB"),
        TypeExample("Korea, Republic of", "KR"),
        TypeExample("Deutschland", "DE"),
        TypeExample("Allemagne", "DE"),
        TypeExample("Scotland", "GB"),
        TypeExample("Congo-Brazzaville", None),
        TypeExample("Europe", None),
        TypeExample("XX", None),
    )
    nearly: ClassVar[str] = r"[A-Za-z]{2,3}|[A-Z]\.[A-Z]\.|(?:New|North|South) [A-Z][a-z]{3,8}"
    personal: ClassVar[bool] = False

    @property
    def storage(self) -> Storage:
        return Storage("text", length=2)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return text.map_batches(_read, return_dtype=pl.String(), is_elementwise=True)


def _read(texts: pl.Series) -> pl.Series:
    # The library is imported where there is something to read.
    if texts.null_count() == len(texts):
        return texts
    return texts.to_frame("text").select(usually(pl.col("text"), _by_code, _by_name)).to_series()


def _by_code(text: pl.Expr) -> pl.Expr:
    plain = text.str.to_uppercase().str.replace_all(".", "", literal=True)
    return plain.replace_strict(country_codes(), default=None, return_dtype=pl.String)


def _by_name(text: pl.Expr) -> pl.Expr:
    return fold_text(text).map_batches(_named, return_dtype=pl.String(), is_elementwise=True)


def _named(forms: pl.Series) -> pl.Series:
    return forms.replace_strict(_names(), default=None, return_dtype=pl.String)


@cache
def _names() -> dict[str, str]:
    return meaning_of_names(*country_names())
