"""The unit within a building: "Apt 4", "Ste 100-B", "# 4", "2nd Floor", "Rear"."""

from __future__ import annotations

import re
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.words import Words

_NUMBER: Final = re.compile(
    r"[A-Z]{0,3}-?[0-9]{1,6}(?:-?[A-Z]{1,2})?(?:[-/&][A-Z]?[0-9]{0,5}[A-Z]?)?|[A-Z](?:[-/&][A-Z0-9]{1,3})?"
)
#: The word and the number in one: "Ste200", "Apt4B".
_GLUED: Final = re.compile(r"(?:APT|APARTMENT|BLDG|RM|ROOM|STE|SUITE|UNIT)-?[0-9]{1,6}[A-Z]?")
#: A number without a word for the unit: "12 Elm St 4B". A single letter may be a direction and is none then.
_BARE: Final = re.compile(r"[0-9]{1,4}(?:-?[A-Z])?|[A-DF-MO-RT-VX-Z](?:-?[0-9]{1,4})?|[NSEW]-?[0-9]{1,4}")
_FLOOR: Final = re.compile(r"[0-9]{1,3}(?:ST|ND|RD|TH)?")
_AND: Final = frozenset({"&", "AND", "-", "THRU", "TO"})


def unit_end(words: Words, start: int) -> int:
    """The place behind the units that begin at a place; that place where there is none."""
    place = start
    while (end := one_unit_end(words, place)) > place:
        place = end
    return place


def one_unit_end(words: Words, place: int) -> int:
    """The place behind the unit that begins at a place; that place where there is none."""
    key, following = words.key(place), words.key(place + 1)
    if following in of.FLOORS and (key in of.FLOOR_NUMBERS or _FLOOR.fullmatch(key)):
        return place + 2
    if _GLUED.fullmatch(key):
        return place + 1
    number = place
    if key == "#":
        number += 1 + (following in of.UNITS)
    elif key in of.UNITS:
        number += 1 + (following == "#")
    return _number_end(words, number) if number > place and _is_number(words, number) else place


def last_unit_end(words: Words, start: int, *, bare: bool) -> int:
    """As `unit_end`, where the units are the last words: then one may be "Rear", and with `bare` a mere number."""
    end = unit_end(words, start)
    rest = words.keys[end:]
    lone = len(rest) == 1 and (
        rest[0] in of.LONE_UNITS or (bare and end == start and _BARE.fullmatch(rest[0]) is not None)
    )
    return len(words) if lone or rest in (["LOWER", "LEVEL"], ["UPPER", "LEVEL"]) else end


def _is_number(words: Words, place: int) -> bool:
    key = words.key(place)
    pair = place == len(words) - 1 and len(key) == 2 and key.isalpha()
    return pair or _NUMBER.fullmatch(key) is not None


def _number_end(words: Words, place: int) -> int:
    """Behind "4", "20 C" as the last words, "4 & 5", "100 - 104"."""
    place += 1
    if (
        place == len(words) - 1
        and words.key(place - 1).isdecimal()
        and re.fullmatch("[A-Z]", words.key(place))
    ):
        return place + 1
    while words.key(place) in _AND and _NUMBER.fullmatch(words.key(place + 1)):
        place += 2
    return place
