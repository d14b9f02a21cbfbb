"""Where an address ends: city, state and ZIP code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.us_states import OLD_ABBREVIATIONS, STATE_CODES
from leadingest.addresses.words import Words, is_name

_FILE: Final = Path(__file__).with_name("us_cities.txt")
#: How words at the beginning of a city are written out in the list.
_WRITTEN_OUT: Final = {
    "N": "NORTH", "NO": "NORTH", "S": "SOUTH", "SO": "SOUTH", "E": "EAST", "W": "WEST",
    "ST": "SAINT", "STE": "SAINTE", "FT": "FORT", "MT": "MOUNT",
}  # fmt: skip


def is_known_city(keys: Sequence[str], state: str) -> bool:
    """Whether words, in capitals and without dots, are a city of a state; of any state where none is given."""
    name = " ".join([_WRITTEN_OUT.get(keys[0], keys[0]), *keys[1:]])
    return name in (_cities().get(state, ()) if state else _cities_of_any_state())


def hides_known_city(keys: list[str], state: str) -> bool:
    """Whether the first or the last of the words are a city of the state, but all of them are not.

    "Oak Plaza Reno", "Reno Washoe".
    """
    if not state or is_known_city(keys, state):
        return False
    parts = (part for place in range(1, len(keys)) for part in (keys[:place], keys[place:]))
    return any(is_known_city(part, state) for part in parts)


@cache
def _cities() -> dict[str, frozenset[str]]:
    """The names by the code of their state. Read where they are needed first: most addresses do without."""
    text = _FILE.read_text(encoding="utf-8").replace("\n    ", " ")
    states = (line.split(": ") for line in text.splitlines() if not line.startswith("#"))
    return {state: frozenset(names.split("; ")) for state, names in states}


@cache
def _cities_of_any_state() -> frozenset[str]:
    return frozenset().union(*_cities().values())


def cities_at_end(keys: Sequence[str], state: str) -> str:
    """Which of the last words are a known city, from the last one on: "s" of the state, "k" of another one, "-" none.

    It ends where no more of them can be one, else in "+": more words before them may make one.
    """
    of_state, of_any, ends = _cities().get(state, frozenset()), _cities_of_any_state(), _ends_of_cities()
    found = behind = ""
    for key in reversed(keys):
        name = f"{_WRITTEN_OUT.get(key, key)}{behind}"
        found += "s" if name in of_state else "k" if name in of_any else "-"
        behind = f" {key}{behind}"
        if behind not in ends:
            return found
    return f"{found}+"


@cache
def _ends_of_cities() -> frozenset[str]:
    """What stands in the names of cities behind their first words, with the blank before it."""
    names = _cities_of_any_state()
    return frozenset(name[place:] for name in names for place, sign in enumerate(name) if sign == " ")


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


#: No part of an address, and left out.
_COUNTRY: Final = re.compile(
    r"(?<![^\s.])(?:USA|US|U\.S\.A\.?|U\.S\.?|United States(?: of America)?)\.?$", re.IGNORECASE
)
_ZIP: Final = re.compile(r"(?<![0-9-])([0-9]{5}(?: ?[-–] ?[0-9]{4}|[0-9]{4})?)[-.]?$")
#: A ZIP code whose first zeros a spreadsheet has eaten, and the states where that can be.
_SHORT_ZIP: Final = re.compile(r"(?<![0-9-])([0-9]{3,4})$")
_WITH_ZEROS: Final = {4: {"CT", "MA", "ME", "NH", "NJ", "RI", "VT"}, 3: {"PR", "VI"}}
#: A state in two letters right before its ZIP code: "NV89501".
_CODE_AT_END: Final = re.compile(r"(?<![^\W_])[A-Za-z]{2}$")
#: A number behind such a word is no ZIP code: "PO Box 12345". "CT" is as likely a state as a court.
_NUMBERED: Final = (of.UNITS | of.HIGHWAYS | of.ROADS | {"#", "BOX", "DRAWER", "POB"}) - STATE_CODES.keys()
#: "Washington DC" is the city and the district.
_STATES: Final = {
    name: code for name, code in (STATE_CODES | OLD_ABBREVIATIONS).items() if name != "WASHINGTON DC"
}
_LONGEST_NAME: Final = max(name.count(" ") + 1 for name in _STATES)


@dataclass(frozen=True)
class Ending:
    """What the end of an address says, and the pieces before it."""

    pieces: list[str]
    state: str = ""
    zip: str = ""
    #: A separator stands between this and the pieces.
    apart: bool = False
    #: The state is written out, and so may be the name of a city.
    written_out: bool = False


def without_country(pieces: list[str]) -> list[str]:
    """The pieces without the country at their end."""
    if not pieces:
        return []
    last = _COUNTRY.sub("", pieces[-1]).rstrip(" -")
    return [*pieces[:-1], last] if last else pieces[:-1]


def read_ending(pieces: list[str]) -> Ending:
    """The ZIP code and the state off the end of the pieces; both are "" where there is none."""
    *left, last = pieces
    before, code = _zip_off(last)
    if not code:
        before, code = _short_zip_off(left, last)
    if before[-1:].isalpha() and code and not _CODE_AT_END.search(before) and last[len(before)].isdecimal():
        return Ending(pieces)
    before = before.rstrip(" -") if code else before
    left = [*left, before] if before else left
    if code:
        left = without_country(left)
    state, rest, written_out = _state_off(left, any_case=bool(code) or "".join(pieces).islower())
    apart = not rest or not rest[-1] if state else not before
    return Ending([piece for piece in rest if piece], state, code, apart, written_out)


def _zip_off(piece: str) -> tuple[str, str]:
    """What stands before the ZIP code at the end of a piece, and the code; "" where there is none."""
    found = _ZIP.search(piece)
    if not found:
        return piece, ""
    before = piece[: found.start()]
    words = Words(before)
    return (piece, "") if words.key(len(words) - 1) in _NUMBERED else (before, found[1].replace("–", "-"))


def _short_zip_off(left: list[str], last: str) -> tuple[str, str]:
    found = _SHORT_ZIP.search(last)
    if not found:
        return last, ""
    before = last[: found.start()].rstrip(" .-")
    state, _, _ = _state_off([*left, before] if before else left, any_case=True)
    return (before, found[1]) if state in _WITH_ZEROS.get(len(found[1]), ()) else (last, "")


def _state_off(pieces: list[str], *, any_case: bool) -> tuple[str, list[str], bool]:
    """The code of the state, the pieces without it, and whether it was written out.

    The last piece is "" where it was but the state. Two small letters are a state only with `any_case`: "la" is a
    word of many streets.
    """
    words = Words(pieces[-1]) if pieces else Words("")
    for start in range(max(0, len(words) - _LONGEST_NAME), len(words)):
        keys = words.keys[start:]
        name = "".join(keys) if len(keys) == 2 and max(map(len, keys)) == 1 else " ".join(keys)
        if name not in _STATES:
            continue
        written_out = len(name) > 2
        if start and not written_out and not any_case and not words.between(start, len(words)).isupper():
            break
        if start and name in OLD_ABBREVIATIONS and not words.text.endswith("."):
            # "Wash", "Del" and "Miss" are words of streets, too.
            break
        before = words.text[: words.spans[start][0]].rstrip(" -.") if start else ""
        return _STATES[name], [*pieces[:-1], before], written_out
    return "", pieces, False
