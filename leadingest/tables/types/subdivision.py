"""`subdivision`: a state, province, county or the like of any country."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import polars as pl

from leadingest.addresses.countries import subdivision_codes, subdivision_names
from leadingest.expressions import usually
from leadingest.tables.comparison_forms import fold_text, meaning_of_names
from leadingest.tables.types.base import Storage, TypeExample
from leadingest.tables.types.regional import Regional


class Subdivision(Regional):
    """A state, province, department, county or the like of ISO 3166-2. Stored as its code there, such as `US-TX`.

    The whole code is always accepted. With a `region`, so is what follows the country in it, `TX`, and its name, as the
    standard has it or in a language of Europe or East Asia. A name that two subdivisions of the country share is invalid.
    """

    name: ClassVar[str] = "subdivision"
    problem: ClassVar[str] = "not a subdivision of the country"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("US-TX", "US-TX"),
        TypeExample("fr-59", "FR-59"),
        TypeExample("TX", None),
        TypeExample("tx", "US-TX", "region: US"),
        TypeExample("N.S.W.", "AU-NSW", "region: AU"),
        TypeExample("Bayern", "DE-BY", "region: DE"),
        TypeExample("Bavaria", "DE-BY", "region: DE"),
        TypeExample("Comunidad de Madrid", "ES-MD", "region: ES"),
        TypeExample("US-TX", None, "region: FR"),
        TypeExample("Paris Centre", None, "region: FR"),
    )
    nearly: ClassVar[str] = r"[A-Za-z]{2}-[A-Z0-9]{1,3}|[A-Z]{2}"
    personal: ClassVar[bool] = False

    @property
    def storage(self) -> Storage:
        return Storage("text", length=6)

    def parse_in(self, text: pl.Expr, region: str | None) -> pl.Expr:
        def by_code(given: pl.Expr) -> pl.Expr:
            code = given.str.to_uppercase()
            return pl.when(code.is_in(subdivision_codes(region))).then(code)

        def otherwise(given: pl.Expr) -> pl.Expr:
            if region is None:
                return pl.lit(None, pl.String)
            short = given.str.to_uppercase().str.replace_all(".", "", literal=True)
            code = pl.concat_str([pl.lit(f"{region}-"), short])
            return pl.coalesce(by_code(code), _by_name(given, region))

        return usually(text, by_code, otherwise)


def _by_name(text: pl.Expr, country: str) -> pl.Expr:
    return fold_text(text).replace_strict(_names(country), default=None, return_dtype=pl.String)


@cache
def _names(country: str) -> dict[str, str]:
    return meaning_of_names(*subdivision_names(country))
