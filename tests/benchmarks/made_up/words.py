"""Names, streets, places and numbers of nobody: made of words that are themselves made up."""

from __future__ import annotations

import polars as pl

from tests.benchmarks.made_up.dice import Dice


def _words(text: str) -> list[str]:
    return text.split()


_HEADS = _words(
    "Aster Bram Calder Dorn Ember Fen Garn Hazel Iver Jun Kessel Lark Marl Nettle Orrin Pell Quill Rowan "
    "Sorrel Thistle Umber Vesper Wend Yarrow Zephyr Brindle Copper Drift Elder Fallow"
)
_TAILS = _words(
    "berry bourne brook by combe croft dale den fall fen ford gate ham holt hurst ley lock mere moor more "
    "ness rick shaw stead thorpe tree vale wick wold worth"
)
#: 900 words such as Quillberry and Fenwick, for people, streets, towns and firms alike.
WORDS = [head + tail for head in _HEADS for tail in _TAILS]
SHOUTED = [word.upper() for word in WORDS]

FIRST_NAMES = _words(
    "Ada Ben Cleo Dana Edna Frank Gwen Hugo Ida Jonas Kira Leon Mona Nina Olga Pia Rose Rita Saul Tess Una "
    "Vera Wade Wanda Yvonne Zoe"
)
#: What is not ASCII, and what is not in the first plane of Unicode.
FOREIGN_NAMES = ["Zoë", "Iñigo", "Šárka", "Łucja", "Søren", "Ngọc", "Μαρία", "小林", "𠮷田"]

_KINDS = [
    "Academy",
    "Child Care",
    "Child Development Center",
    "Day School",
    "Early Learning Center",
    "Family Day Care",
    "Kids",
    "Learning Station",
    "Nursery School",
    "Play & Learn",
    "Preschool",
    "Tots",
]
_TOWNS = ["", " CITY", " FALLS", " HEIGHTS", " PARK", " SPRINGS"]
#: As many towns as a large state has, and their counties.
TOWNS = [word + more for word in SHOUTED[::4] for more in _TOWNS]
COUNTIES = SHOUTED[1::4]

_DIRECTIONS = {"": 6, "N ": 1, "S ": 1, "E ": 1, "W ": 1}
_STREETS = {
    "ST": 5,
    "AVE": 3,
    "DR": 3,
    "RD": 3,
    "LN": 2,
    "BLVD": 1,
    "CT": 1,
    "PKWY": 1,
    "STREET": 1,
    "AVENUE": 1,
}
_UNITS = {"": 8, " STE {}": 1, " #{}": 0.5, " APT {}": 0.5}

#: Every area code that the numbering plan allows; none of the numbers in exchange 555 belongs to a child-care provider.
_AREAS = [str(100 * hundreds + rest) for hundreds in range(2, 10) for rest in range(90) if rest != 11]


def joined(*parts: pl.Series | str) -> pl.Series:
    """The parts one after the other, as text."""
    texts = [pl.lit(part) if isinstance(part, str) else pl.lit(part.cast(pl.String)) for part in parts]
    return pl.select(pl.concat_str(texts)).to_series()


def firm(dice: Dice) -> pl.Series:
    """Names of providers; one in ten has a comma, so that a CSV file has to quote it."""
    ends = dice.weigh({"": 6, " LLC": 2, ", LLC": 0.7, ", Inc.": 0.3, " II": 1})
    return joined(dice.pick(WORDS), " ", dice.pick(WORDS), " ", dice.pick(_KINDS), ends)


def person(dice: Dice) -> pl.Series:
    """First and last name."""
    return joined(dice.pick(FIRST_NAMES), " ", dice.pick(WORDS))


def street(dice: Dice, *, units: bool = True) -> pl.Series:
    """House number and street, in capitals."""
    line = joined(
        dice.number(1, 19_999), " ", dice.weigh(_DIRECTIONS), dice.pick(SHOUTED), " ", dice.weigh(_STREETS)
    )
    if not units:
        return line
    numbers = dice.number(1, 420).cast(pl.String)
    form = dice.weigh(_UNITS)
    return joined(line, pl.select(pl.lit(form).str.replace("{}", pl.lit(numbers), literal=True)).to_series())


def phone(dice: Dice, *, form: str = "{}-{}-{}") -> pl.Series:
    """Numbers of exchange 555: seven million of them, and each has the shape of a real one."""
    area, line = dice.pick(_AREAS), dice.number(0, 9_999).cast(pl.String).str.zfill(4)
    head, middle, tail, _ = form.split("{}")
    return joined(head, area, middle, "555", tail, line)


def email(dice: Dice) -> pl.Series:
    """Addresses of a domain that there never will be. Source of `.example`: RFC 2606, section 2."""
    name, domain = dice.pick(FIRST_NAMES).str.to_lowercase(), dice.pick(WORDS).str.to_lowercase()
    return joined(name, ".", dice.pick(WORDS).str.to_lowercase(), dice.number(1, 99), "@", domain, ".example")


def zip_code(dice: Dice, low: int, high: int) -> pl.Series:
    """Codes of a state's range."""
    return dice.number(low, high).cast(pl.String)
