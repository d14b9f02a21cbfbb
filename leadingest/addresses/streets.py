"""The street of an address, and where it ends: told by its words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.words import Words, is_name

_BOX_NUMBER: Final = re.compile(r"[0-9]{1,7}(?:-?[A-Z]|-[0-9]{1,7})?|[A-Z]{1,2}(?:-?[0-9]{1,6})?")
_ROUTE_NUMBER: Final = re.compile(r"[0-9]{1,5}(?:-?[A-Z])?|[A-Z]")


def _by_first_word(leads: str) -> dict[str, list[list[str]]]:
    """The words before a number, by the first of them."""
    found: dict[str, list[list[str]]] = {}
    for lead in leads.split("|"):
        found.setdefault(lead.split()[0], []).append(lead.split())
    return found


_BOXES: Final = _by_first_word(
    "PO BOX|PO DRAWER|P O BOX|P O DRAWER|POST OFFICE BOX|POSTAL BOX|CALLER BOX|LOCK BOX|BOX|DRAWER|POB|POBOX|LOCKBOX"
)
_ROUTES: Final = _by_first_word(
    "RR|R R|RURAL ROUTE|RURAL RTE|RFD|RT|RTE|ROUTE|HC|HCR|HC R|HC ROUTE|HC RTE|STAR ROUTE|STAR RTE|HIGHWAY CONTRACT ROUTE|"
    "PSC|CMR|UNIT"
)


def box_end(words: Words) -> int:
    """The place behind a box, with its route where it has one; 0 where the words do not begin with a box."""
    route = route_end(words)
    if route and words.key(route) == "BOX":
        return _numbered(words, route + 1, _BOX_NUMBER)
    leads = _BOXES.get(words.key(0), ())
    return next((end for lead in leads if (end := _behind(words, lead, _BOX_NUMBER))), 0)


def route_end(words: Words) -> int:
    """The place behind a rural route, without its box; 0 where the words do not begin with one."""
    leads = _ROUTES.get(words.key(0), ())
    return next((end for lead in leads if (end := _behind(words, lead, _ROUTE_NUMBER))), 0)


def is_box_of_route(words: Words) -> bool:
    """Whether the words are but the box on a rural route, which was named before."""
    return _behind(words, ["BOX"], _BOX_NUMBER) == len(words)


def is_route(words: Words) -> bool:
    """Whether the words are but a rural route, whose box is still to come."""
    return route_end(words) == len(words)


def _behind(words: Words, lead: list[str], number: re.Pattern[str]) -> int:
    return _numbered(words, len(lead), number) if words.keys[: len(lead)] == lead else 0


def _numbered(words: Words, place: int, number: re.Pattern[str]) -> int:
    place += words.key(place) == "#"
    return place + 1 if number.fullmatch(words.key(place)) else 0


_UNIT_NUMBER: Final = re.compile(
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
    return pair or _UNIT_NUMBER.fullmatch(key) is not None


def _number_end(words: Words, place: int) -> int:
    """Behind "4", "20 C" as the last words, "4 & 5", "100 - 104"."""
    place += 1
    if (
        place == len(words) - 1
        and words.key(place - 1).isdecimal()
        and re.fullmatch("[A-Z]", words.key(place))
    ):
        return place + 1
    while words.key(place) in _AND and _UNIT_NUMBER.fullmatch(words.key(place + 1)):
        place += 2
    return place


_HOUSE: Final = re.compile(r"[0-9]{1,6}[¼½¾]?(?:-?[A-Z])?(?:[-/][0-9]{1,6}[A-Z]?)?-?")
#: House numbers of a grid, as in Wisconsin: "N165 W2123 Oak Ct", "N6W23001", "T703"; also "N 165 W 2123".
_GRID_HOUSE: Final = re.compile(r"[A-Z]{1,2}[0-9]{1,6}[A-Z]?(?:[NSEW][0-9]{1,6}[A-Z]?)?")
_FRACTION: Final = re.compile(r"[1-9]/[1-9]|[¼½¾]")
_ORDINAL: Final = re.compile(r"(?:[NSEW]|NORTH|SOUTH|EAST|WEST)?[0-9]{1,4}(?:ST|ND|RD|TH)")
_NUMBER: Final = re.compile(r"[0-9]{1,5}")
_ROAD_NUMBER: Final = re.compile(r"[A-Z]?[0-9]{1,5}(?:-?[A-Z]|-[0-9]{1,4})?|[A-Z](?:-[0-9]{1,4})?|([A-Z])\1")
#: A highway in one word: "I-35", "US50", "FM-1960".
_HIGHWAY: Final = re.compile(r"(?:I|IH|US|SR|SH|CR|FM|RM|TR|PR)-?[0-9]{1,4}[NSEW]?")
#: Highways whose letters stand apart: "F M 1960".
_SPACED: Final = {("F", "M"), ("R", "R"), ("R", "M"), ("C", "R"), ("I", "H")}
#: Roads of a county whose letter comes before: "PCR 902".
_COUNTY_ROAD: Final = re.compile("[A-Z]CR")
_AVENUES: Final = frozenset({"AVENUE", "AVE", "STREET"})
#: What may follow the suffix of a street and still belong to it.
AFTER_SUFFIX: Final = of.DIRECTIONS | of.SUFFIXES | of.SHORT_SUFFIXES | of.WEAK_SUFFIXES
#: What of that may be the last word.
_MODIFIERS: Final = frozenset(
    [
        "ACCESS",
        "ALT",
        "ALTERNATE",
        "BUS",
        "BUSINESS",
        "CONNECTOR",
        "EXT",
        "EXTENSION",
        "FRONTAGE",
        "MALL",
        "RAMP",
        "SPUR",
    ]
)
_MOST_NAMES: Final = 6


@dataclass(frozen=True)
class StreetEnd:
    """Where a street may end."""

    place: int
    #: It ends in a suffix, a direction or a number: what follows is no part of its name.
    closed: bool
    #: A bare number behind it is a unit.
    takes_bare_unit: bool = False


def street_ends(words: Words) -> Iterator[StreetEnd]:
    """Where a street that begins with the first word may end, the shortest first.

    One that ends in a mere name does so only as the last words, or before a unit.
    """
    if box := box_end(words):
        yield StreetEnd(box, closed=True)
    elif house := _house_end(words):
        ends = _named_ends(words, house, open_too=words.key(0)[0].isdecimal())
        if words.key(house) in of.NUMBER_WORDS:
            # "100 One Jackson Place" is a suite in a building.
            ends = (end for end in ends if words.key(end.place - 1) not in of.BUILDINGS)
        yield from ends
    elif words.key(0) in of.NUMBER_WORDS:
        ends = _named_ends(words, 1, open_too=False)
        yield from (end for end in ends if words.key(end.place - 1) in of.SUFFIXES)
    elif route := route_end(words):
        yield StreetEnd(route, closed=True)
    else:
        yield from _ends_without_house(words)


def _house_end(words: Words) -> int:
    """The place behind the house number; 0 where there is none."""
    if _HOUSE.fullmatch(words.key(0)):
        place = 1
    elif _GRID_HOUSE.fullmatch(words.key(0)) and not _HIGHWAY.fullmatch(words.key(0)):
        place = 1 + (_GRID_HOUSE.fullmatch(words.key(1)) is not None)
    elif all(
        map(re.fullmatch, ("[NSEW]", "[0-9]{1,6}", "[NSEW]", "[0-9]{1,6}"), (*words.keys[:4], *[""] * 4))
    ):
        return 4
    else:
        return 0
    place += _FRACTION.fullmatch(words.key(place)) is not None
    joined = words.key(place) in {"-", "&", "AND"}
    if joined or words.key(place - 1).endswith("-"):
        # "52 - 54 Oak St" has two numbers, "52 - 54 St" and "52 - 8th St" one.
        second = place + joined
        if _HOUSE.fullmatch(words.key(second)) and words.key(second + 1) not in of.SUFFIXES:
            return second + 1
        return place + (words.key(place) == "-")
    return place


def _named_ends(words: Words, start: int, *, open_too: bool) -> Iterator[StreetEnd]:
    """Where a street ends whose name begins at a place. `over` is where its suffix has ended it."""
    names, over, place = 0, 0, start
    while place < len(words) and (place == start or one_unit_end(words, place) == place):
        here, key = place, words.key(place)
        road = _road_end(words, here, first=names == 0)
        if over and (road or key not in AFTER_SUFFIX):
            return
        if not (road or is_name(key) or _ORDINAL.fullmatch(key) or _is_name_in_digits(words, here, start)):
            return
        place = road or here + 1
        direction = key in of.DIRECTIONS
        grid = _NUMBER.fullmatch(key) is not None and words.key(place) in of.DIRECTIONS
        suffix = key in of.SUFFIXES and (here > start or key in of.STREETS_OF_ONE_WORD)
        short = key in of.SHORT_SUFFIXES and here > start
        more = over == here and key in _MODIFIERS | of.DIRECTIONS
        if road or grid or suffix or short or more:
            yield StreetEnd(place, closed=True, takes_bare_unit=suffix and not road)
            if road or grid or (names and not short and not _is_saint(words, here)):
                over = place
        elif open_too and not over and (names or not direction) and _may_end_in_name(words, start, place):
            yield StreetEnd(place, closed=False)
        names += not direction or here > start


def _may_end_in_name(words: Words, start: int, end: int) -> bool:
    last = end == len(words) and words.key(end - 1) not in of.LONE_UNITS
    return (
        (last or one_unit_end(words, end) > end)
        and end - start <= _MOST_NAMES
        and not _is_firm(words.keys[start:end])
    )


def _is_firm(keys: list[str]) -> bool:
    """Whether a street without a suffix would be a firm or the like; "12 N College" is none."""
    names = [key for key in keys if key not in of.DIRECTIONS]
    return not of.NO_PLACE.isdisjoint(names) or (len(names) > 1 and not of.NO_STREET.isdisjoint(names))


def _is_saint(words: Words, place: int) -> bool:
    """Whether a "St" within a name is a saint's: "12 Lake St Louis Ave"."""
    return (
        words.key(place) in of.SAINT
        and words.key(place + 1) in of.SAINTS
        and words.key(place - 1) in of.SAINT_LEADS
    )


def _is_name_in_digits(words: Words, place: int, start: int) -> bool:
    """A number is a name before a suffix, "5 ST", and in a grid, where a direction stands on either side."""
    if _FRACTION.fullmatch(words.key(place)):
        return place > start and words.key(place + 1) in of.SUFFIXES
    if not _NUMBER.fullmatch(words.key(place)):
        return False
    before, following = words.key(place - 1), words.key(place + 1)
    grid = place == start + 1 and before in of.DIRECTIONS and following in of.DIRECTIONS
    fraction = _FRACTION.fullmatch(following) and words.key(place + 2) in of.SUFFIXES
    return grid or bool(fraction) or following in of.SUFFIXES or following == "MILE"


def _road_end(words: Words, place: int, *, first: bool) -> int:
    """The place behind a road and its number that begin at a place; 0 where there is none."""
    key, before = words.key(place), words.key(place - 1)
    if _HIGHWAY.fullmatch(key):
        return place + 1
    if (key, words.key(place + 1)) in _SPACED:
        return place + 3 if _NUMBER.fullmatch(words.key(place + 2)) else 0
    road = key in of.ROADS and (first or before in of.NUMBERED_ROADS)
    highway = key in of.HIGHWAYS or _COUNTY_ROAD.fullmatch(key)
    if not (road or highway or (key in _AVENUES and first)):
        return 0
    leads = first or before in of.HIGHWAY_LEADS
    number = place + 1 + (leads and key != "STATE" and words.key(place + 1) in {"#", "NO"})
    value, following = words.key(number), words.key(number + 1)
    if 1 < len(value) <= 3 and value.isalpha() and before in {"COUNTY", "CO", "STATE"}:
        return number + 1 if not following or not set(value) & set("AEIOUY") else 0
    if not _ROAD_NUMBER.fullmatch(value) or (_NUMBER.fullmatch(value) and following in _AVENUES | {"ST"}):
        return 0
    may_be_letter = road or key in _AVENUES or key in {"ROUTE", "RTE"}
    if value in of.DIRECTIONS and not may_be_letter:
        return 0
    end = number + 1 + (_FRACTION.fullmatch(following) is not None)
    if highway and words.key(end) in {"&", "AND"} and _is_last_road_number(words, end + 1):
        end += 2
    return end


def _is_last_road_number(words: Words, place: int) -> bool:
    """Whether a second number of a highway stands at a place: "Hwy 5 & 240"."""
    following = words.key(place + 1)
    last = not following or following in of.DIRECTIONS or one_unit_end(words, place + 1) > place + 1
    return last and _NUMBER.fullmatch(words.key(place)) is not None


def _ends_without_house(words: Words) -> Iterator[StreetEnd]:
    """A road with a number, or a street that ends in a suffix and is all that there is."""
    place = 0
    while place < len(words) and words.key(place) in of.HIGHWAY_LEADS:
        end = _road_end(words, place, first=place == 0)
        if end:
            yield StreetEnd(end, closed=True)
            while words.key(end) in of.DIRECTIONS | of.WEAK_SUFFIXES:
                end += 1
                yield StreetEnd(end, closed=True)
            return
        place += 1
    keys = [key for key in words.keys if key not in of.DIRECTIONS]
    if keys and keys[-1] in of.STREETS_ALONE and len(words) <= _MOST_NAMES and of.NO_STREET.isdisjoint(keys):
        ends = _named_ends(words, 0, open_too=False)
        yield from (end for end in ends if end.place == len(words))
