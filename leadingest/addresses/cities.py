"""The city of an address: what may be the name of one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.known_cities import is_known_city
from leadingest.addresses.us_states import OLD_ABBREVIATIONS, STATE_CODES
from leadingest.addresses.words import Words, is_name

_MOST_WORDS: Final = 5
#: A state that is glued to its city: "RenoNV".
_GLUED_STATE: Final = re.compile("[a-z][A-Z]{2}$")


def is_city(words: Words, start: int = 0) -> bool:
    """Whether the words from a place on may be the name of a city, where a separator says that they are."""
    keys = words.keys[start:]
    if not 0 < len(keys) <= _MOST_WORDS or not all(map(is_name, keys)) or "/" in "".join(keys):
        return False
    return not (
        _is_no_city(keys)
        or keys[-1] in of.STREET_ENDS | {"COUNTY"}
        or keys[-1] in STATE_CODES.keys() & {keys[-1][:2]}
        or _begins_otherwise(keys)
        or _is_doubled(keys)
        or any(_is_street(before, key) for before, key in pairwise(keys))
        or _GLUED_STATE.search(words.text)
    )


def may_follow_street(words: Words, start: int) -> bool:
    """Whether the words from a place on can be a city with nothing between it and the street before."""
    before, first = words.key(start - 1), words.key(start)
    if (
        first in of.SAINT
        and words.key(start + 1) not in of.SAINTS
        and not is_known_city(words.keys[start:], "")
    ):
        return False
    if first in of.SUFFIXES - of.SAINT or first in {"JR", "SR"} or (before == "ST" and first in of.SAINTS):
        return False
    return first in of.DIRECTIONS or len(first) > 2 or first in of.SHORT_BEGINNINGS


def _is_no_city(keys: list[str]) -> bool:
    """Whether words say that there is no city, or not which: "Various", "Northern Nevada", "Reno-Sparks"."""
    # One word that says nothing is no city though some place has that name: "Downtown".
    if is_known_city(keys, "") and (len(keys) > 1 or keys[0] not in of.NO_CITY):
        return False
    part_of_state = keys[0] in of.PARTS_OF_STATES and " ".join(keys[1:]) in STATE_CODES
    cities = " ".join(keys).split("-")
    several = len(cities) > 1 and all(city and is_known_city(city.split(), "") for city in cities)
    return not of.NO_CITY.isdisjoint(keys) or part_of_state or several or keys[-1] in OLD_ABBREVIATIONS


def _begins_otherwise(keys: list[str]) -> bool:
    """Whether the first word says that this is no city: a quadrant, a unit, a lone letter."""
    first, second = keys[0], keys[1] if len(keys) > 1 else ""
    if first in of.QUADRANTS or "".join(keys) in of.DIRECTIONS:
        return True
    if first in of.SAINT and (
        not second or second in of.DIRECTIONS or (first == "STE" and second not in of.SAINTS)
    ):
        return True
    unit = first in of.UNITS - of.SAINT and not (len(second) > 2 and is_known_city(keys, ""))
    # "Key" is an island far more often than a unit: "Key Haven".
    return (unit and not (first == "KEY" and len(second) > 2)) or (
        len(first) == 1 and first not in of.DIRECTIONS | {"O"}
    )


def _is_doubled(keys: list[str]) -> bool:
    half, odd = divmod(len(keys), 2)
    return not odd and keys[:half] == keys[half:] and keys[0] not in of.DOUBLED


def _is_street(before: str, key: str) -> bool:
    """Whether a word within is the suffix of a street: "Willow St Reno", but not "Port St Lucie"."""
    return key in of.STREET_ENDS and not (key in of.SAINT and before in of.SAINT_LEADS)
