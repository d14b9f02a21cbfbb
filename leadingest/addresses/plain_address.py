"""The addresses of most lists, which can be taken apart in polars alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

from leadingest.addresses import street_words as of
from leadingest.addresses.one_line_address import SAYS_NOTHING
from leadingest.addresses.places import is_city, is_known_city, may_follow_street
from leadingest.addresses.streets import AFTER_SUFFIX, unit_end
from leadingest.addresses.us_states import OLD_ABBREVIATIONS, STATES
from leadingest.addresses.words import Words
from leadingest.expressions import let, on_distinct

#: What ends a street, and cannot be the beginning of something else: "Highway 50".
_SUFFIXES: Final = "|".join(
    sorted(
        of.SUFFIXES - of.SHORT_SUFFIXES - of.HIGHWAYS - of.UNITS - of.STREETS_OF_ONE_WORD,
        key=len,
        reverse=True,
    )
)
_DIRECTION: Final = "(?i:[NSEW]|[NS][EW]|North|South|East|West)[.]?"
_WORD: Final = "[A-Za-z]{2,}"
#: A house number, the name and suffix of a street, a unit perhaps, a city, a state, a ZIP code. The name is as short as
#: can be: the first suffix ends it.
_ADDRESS: Final = (
    rf"^(?P<street>[0-9]{{1,6}} (?:{_DIRECTION} )?(?P<name>[0-9]{{1,4}}(?i:st|nd|rd|th)|{_WORD}(?: {_WORD}){{0,2}}?)"
    rf" (?i:{_SUFFIXES})[.]?(?P<direction> {_DIRECTION})?)"
    r"(?:(?P<before_unit>,? )(?P<unit>(?:(?i:apt|ste|suite|unit)[.]? |# ?)[0-9]{1,5}[A-Z]?))?"
    rf"(?P<before_city>(?:,(?: ,)?)? )(?P<city>{_WORD}(?: {_WORD}){{0,3}}),? (?P<state>[A-Z]{{2}}),? (?P<zip>[0-9]{{5}}(?:-[0-9]{{4}})?)$"
)
#: "RenoNV", "StreetReno": two parts in one word.
_GLUED: Final = "[a-z][A-Z]"
#: What is more than a word of a street's name, or may be: it ends one, begins a road with a number or a unit, or names
#: somebody.
_NO_NAMES: Final = frozenset().union(
    of.DIRECTIONS,
    of.SUFFIXES,
    of.SHORT_SUFFIXES,
    of.HIGHWAY_LEADS,
    of.SAINT,
    of.UNITS,
    of.NUMBER_WORDS,
    ["ATTENTION", "ATTN", "CARE", "MILE", "TO"],
)


def plain_address(text: pl.Expr) -> pl.Expr:
    """What `take_apart` makes of most addresses, as a struct of the parts; null for the others.

    Plain is "12 N. Elm St Apt 4, Reno, NV 89501", and the same without a comma before the city, where that is a city of the
    state.
    """
    return let(text.str.extract_groups(_ADDRESS), lambda found: _parts(text, found))


def _parts(text: pl.Expr, found: pl.Expr) -> pl.Expr:
    street, name, direction, before_unit, unit, before_city, city, state, code = (
        found.struct.field(group)
        for group in (
            "street", "name", "direction", "before_unit", "unit", "before_city", "city", "state", "zip",
        )
    )  # fmt: skip
    place = on_distinct(pl.concat_str(state, pl.lit(" "), city.str.to_uppercase()), _place)
    # With nothing between street and city, the city must be known, and no comma before the unit may make it a part of that.
    close = before_city == " "
    plain = (
        on_distinct(name.str.to_uppercase(), _is_name, pl.Boolean())
        & pl.when(close).then((place == "known") & direction.is_null()).otherwise(place != "")
        & ~(close & (before_unit == ", ").fill_null(value=False))
        & ~text.str.contains(_GLUED)
    )
    line = pl.concat_str(street, before_unit, unit, ignore_nulls=True)
    parts = {
        "street": street,
        "unit": unit.fill_null(""),
        "line": line,
        "city": city,
        "state": state,
        "zip": code,
    }
    return pl.when(plain).then(pl.struct([part.alias(name) for name, part in parts.items()]))


def _is_name(name: str) -> bool:
    """Whether words in capitals can be nothing but the name of a street. "PCR" is a road of a county."""
    return all(
        word not in _NO_NAMES and not (len(word) == 3 and word.endswith("CR")) for word in name.split(" ")
    )


@lru_cache(maxsize=20_000)
def _place(text: str) -> str:
    """What a state and the words of a city are: a "known" city that may follow a street at once, a "city", or ""."""
    state, _, name = text.partition(" ")
    city = Words(name)
    first = city.key(0)
    if state not in STATES or state in OLD_ABBREVIATIONS:
        return ""
    if first in of.DIRECTIONS | {"JR", "SR"} or name.casefold() in SAYS_NOTHING or unit_end(city, 0):
        return ""
    if not is_city(city):
        return ""
    follows = first not in AFTER_SUFFIX and may_follow_street(Words(f"ST {name}"), 1)
    return "known" if follows and is_known_city(city.keys, state) else "city"
