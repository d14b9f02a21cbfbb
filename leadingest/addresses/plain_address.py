"""The addresses of most lists, which are taken apart by their form: `12 ELM ST RENO, NV 89501` as `4 OAK ST ELKO, NV 89801`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

import polars as pl

from leadingest.addresses import street_words
from leadingest.addresses.found_city import city_found
from leadingest.addresses.one_line_address import LONGEST, SAYS_NOTHING, take_apart
from leadingest.addresses.places import Ending, cities_at_end, is_known_city
from leadingest.addresses.us_states import OLD_ABBREVIATIONS, STATE_CODES, STATES
from leadingest.expressions import on_distinct

#: The parts that are cut out of the text; state and ZIP code end it.
_CUT: Final = ("street", "unit", "line", "city")
_PARTS: Final = pl.Struct(dict.fromkeys((*_CUT, "state", "zip"), pl.String))
_ADDRESS: Final = (
    "^(?P<before>[0-9A-Za-z#][0-9A-Za-z#&'., -]*[0-9A-Za-z])(?P<apart>,?) (?P<state>[A-Z]{2}),? "
    "(?P<zip>[0-9]{5}(?:-?[0-9]{4})?)$"
)
_STATES: Final = [state for state in STATES if state not in OLD_ABBREVIATIONS]
_WORD: Final = "[^ ,]+"
#: Words, and what stands between them.
_TOKENS: Final = f"{_WORD}|[ ,]+"
#: The last words behind a comma or a number: as many as the names of most cities have at most, and of any.
_LAST_WORDS: Final = "((?:[A-Z']+ +){0,2}[A-Z']+)$"
_MORE_LAST_WORDS: Final = "((?:[A-Z']+ +){0,5}[A-Z']+)$"
_NAME: Final = re.compile("[A-Z]+(?:'[A-Z]+)?[.]?")
_INITIALS: Final = re.compile("(?:[A-Z][.])+[A-Z]?")
_NUMBER: Final = re.compile("[0-9A-Z-]*[0-9][0-9A-Z-]*|#[0-9A-Z-]*|&")
_DIGIT: Final = re.compile("[0-9]")
#: A number of so many digits at most is as good as any other.
_FEW_DIGITS: Final = 3
#: A word of more letters is nothing but a name, where it is none of `_with_a_meaning`; one of fewer may be a number or a road.
_SHORT: Final = 3
#: "RenoNV", "StreetReno": two parts in one word.
_GLUED: Final = re.compile("[a-z][A-Z]")
#: Of labels, of the country, before the name of somebody.
_SPELLED: Final = frozenset(
    [
        *(
            "ADDRESS",
            "AMERICA",
            "ATTENTION",
            "ATTN",
            "CARE",
            "CURRENT",
            "FACILITY",
            "HOME",
            "LOCATION",
            "MAILING",
        ),
        *("PHYSICAL", "SITE", "UNITED", "USA"),
    ]
)
#: With them a comma, or the whole piece, is left out.
_LEFT_OUT: Final = frozenset({"JR", "SR", *map(str.upper, SAYS_NOTHING)})
#: States that are told from others wherever they stand; another one only where a word is its code, too.
_TOLD: Final = ("NE", "NY")


def plain_address(text: pl.Expr) -> pl.Expr:
    """What `take_apart` makes of most cells, as a struct of the parts; null for the others. Of no address the parts are null.

    Of a word without a meaning of its own `take_apart` asks no more than its `_kind`, and of the last words whether they are a
    city. So cells of one form, which have words of the same kinds, the same signs between them and cities at the same
    places, are taken apart alike: one of them is, and the others are cut at the same places.
    """
    return text.map_batches(_by_form, return_dtype=_PARTS, is_elementwise=True)


#: At which token a part begins and how many it has, and whether that holds where usaddress finds the same city.
_READING: Final = pl.Schema(
    {"form": pl.String()}
    | dict.fromkeys((f"{part} {side}" for part in _CUT for side in ("start", "tokens")), pl.Int64())
    | {"asks": pl.Boolean()}
)


def _by_form(cells: pl.Series) -> pl.Series:
    columns = ("text", "before", "state", "tokens", "words", "asks")
    text, before, state, tokens, words, asks = map(pl.col, columns)
    groups = pl.when(text.str.len_chars() <= LONGEST).then(text.str.extract_groups(_ADDRESS))
    distinct = cells.alias("text").to_frame().unique().with_columns(found=groups).unnest("found")
    plain = distinct.filter(state.is_in(_STATES)).with_columns(
        tokens=before.str.extract_all(_TOKENS), words=_spelled(before).str.extract_all(_WORD)
    )
    plain = plain.with_columns(form=_form(before, state, tokens, words)).drop_nulls("form")
    # Where a part begins can be told where no word stands there twice.
    examples = plain.filter(words.list.n_unique() == words.list.len()).unique("form")
    examples = examples.select("form", "text", "before", "state", "zip", "tokens")
    readings = map(_reading, (_AddressExample(*row) for row in examples.iter_rows()))
    known = pl.DataFrame([reading for reading in readings if reading], _READING, orient="row")
    starts = ((part, pl.col(f"{part} start"), pl.col(f"{part} tokens")) for part in _CUT)
    cut = [tokens.list.slice(start, count).list.join("").alias(part) for part, start, count in starts]
    plain = plain.join(known, on="form").with_columns(cut)
    query = pl.when(asks).then(pl.concat_str(before, pl.lit(", "), state, pl.lit(" "), "zip"))
    city, found = _spelled(pl.col("city")), on_distinct(query, city_found)
    ends = (pl.when(pl.col("city").is_not_null()).then(pl.col(part)).alias(part) for part in ("state", "zip"))
    read = plain.filter(~asks | (found == city) | (found == "ST " + city))
    read = read.select(text, pl.struct(*_CUT, *ends).alias("parts"))
    return cells.alias("text").to_frame().join(read, on="text", how="left", maintain_order="left")["parts"]


def _form(before: pl.Expr, state: pl.Expr, tokens: pl.Expr, words: pl.Expr) -> pl.Expr:
    """The kinds of the words, which of the last are a city, and the state where it counts; null where a word has no kind."""
    one, two, three, four = (words.list.get(-place, null_on_oob=True) for place in range(1, 5))
    twice = (one == two) | ((one == three) & (two == four))  # "New York New York" is no city
    return pl.when(~twice.fill_null(value=False)).then(
        pl.concat_str(
            tokens.list.eval(on_distinct(pl.element(), _kind)).list.join("\n", ignore_nulls=False),
            pl.lit("\n"),
            _cities(_spelled(before), state),
            "apart",
            pl.when(state.is_in(_TOLD) | words.list.contains(state)).then(state).otherwise(pl.lit("")),
        )
    )


def _spelled(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase().str.replace_all(".", "", literal=True)


def _cities(words: pl.Expr, state: pl.Expr) -> pl.Expr:
    """Which of the last words are a city. Few words tell it nearly always, and there are few of those."""
    few = on_distinct(pl.concat_str(state, pl.lit(" "), words.str.extract(_LAST_WORDS)), _cities_at_end)
    longer = pl.when(few.str.ends_with("+")).then(words).str.extract(_MORE_LAST_WORDS)
    return pl.coalesce(on_distinct(pl.concat_str(state, pl.lit(" "), longer), _cities_at_end), few)


def _cities_at_end(state_and_words: str) -> str:
    state, *words = state_and_words.split()
    return cities_at_end(words, state)


@lru_cache(maxsize=100_000)
def _kind(token: str) -> str | None:
    """All that `take_apart` asks of a word; what has a meaning as it is, and None for a word that may hide one."""
    if token[0] in " ,":
        return token
    if token.isdecimal():
        return "9" * max(len(token), _FEW_DIGITS)
    upper = token.upper()
    key = upper.replace(".", "")
    if _GLUED.search(token) or key in _LEFT_OUT:
        return None
    if _NUMBER.fullmatch(upper):
        return _DIGIT.sub("9", upper)
    if _INITIALS.fullmatch(upper):
        return key
    if not _NAME.fullmatch(upper):
        return None
    # "Unit B", "County Road KK", "PCR 902"
    if key in _with_a_meaning() or len(key) < _SHORT or key.endswith("CR"):
        return key
    # "County Road KLM"
    return f"name {key.isalpha()} {len(key) == _SHORT and set(key).isdisjoint('AEIOUY')} {len(key) == _SHORT}"


@cache
def _with_a_meaning() -> frozenset[str]:
    tables = (table for table in vars(street_words).values() if isinstance(table, (frozenset, dict)))
    phrases = (*STATE_CODES, *OLD_ABBREVIATIONS, *(phrase for table in tables for phrase in table))
    return _SPELLED.union(word for phrase in phrases for word in phrase.split())


@dataclass(frozen=True)
class _AddressExample:
    """A cell of a form, which stands for all of them."""

    form: str
    text: str = field(compare=False)
    before: str = field(compare=False)
    state: str = field(compare=False)
    zip: str = field(compare=False)
    tokens: list[str] = field(compare=False)


class _UncertainCityError(Exception):
    """The form does not tell what usaddress finds."""


@lru_cache(maxsize=20_000)
def _reading(example: _AddressExample) -> tuple[object, ...] | None:
    """What `_READING` says of a form; None where it alone does not tell."""
    questions: list[str] = []

    def is_found(keys: list[str], ending: Ending) -> bool:
        text = f"{', '.join(ending.pieces)}, {ending.state} {ending.zip}"
        one_question = not questions and text == f"{example.before}, {example.state} {example.zip}"
        if not one_question or not is_known_city(keys, example.state):
            raise _UncertainCityError
        questions.append(" ".join(keys))
        return True

    try:
        address = take_apart(example.text, is_found)
    except _UncertainCityError:
        return None
    if not address:
        return None if questions else (example.form, *[None] * (2 * len(_CUT)), False)
    if (address.state, address.zip) != (example.state, example.zip):
        return None
    if questions and questions != [address.city.upper().replace(".", "")]:
        return None
    places = [_place(example.tokens, getattr(address, part)) for part in _CUT]
    numbers = (number for place in places if place for number in place)
    return (example.form, *numbers, bool(questions)) if all(places) else None


def _place(tokens: Sequence[str], part: str) -> tuple[int, int] | None:
    """At which token the part begins, and how many it has; None where it is not written so, or stands there twice."""
    count = len(re.findall(_TOKENS, part))
    starts = [start for start in range(len(tokens)) if "".join(tokens[start : start + count]) == part]
    return (starts[0] if part else 0, count) if not part or len(starts) == 1 else None
