"""Take an address apart that stands in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.found_city import IsFound, city_found, is_found
from leadingest.addresses.places import (
    Ending,
    is_city,
    is_known_city,
    may_follow_street,
    read_ending,
    without_country,
)
from leadingest.addresses.streets import is_box_of_route, is_route, last_unit_end, street_ends, unit_end
from leadingest.addresses.us_states import STATE_CODES
from leadingest.addresses.words import Words

#: Somebody that the letter is for: no part of the address, and left out up to the end of the piece.
_FOR_SOMEBODY: Final = re.compile(r"(?<!\S)(?:attn|attention|c/o|care of)\b[^0-9]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A street and a unit. "" is one that is not there."""

    street: str = ""
    unit: str = ""
    #: Both as they are written, in their order.
    text: str = ""
    #: No other part can hide in it: the street ends in a suffix, a direction, a number or before a unit.
    closed: bool = True


def names_somebody(piece: str) -> bool:
    """Whether somebody is named in a piece, and whatever else may follow."""
    return _FOR_SOMEBODY.search(piece) is not None


def read_line(pieces: Iterable[str]) -> Line | None:
    """The pieces as one street and its unit; None where one of them is something else, or the second of its kind."""
    line, last = Line(), ""
    for piece in pieces:
        somebody = _FOR_SOMEBODY.search(piece)
        words = Words(piece[: somebody.start()] if somebody else piece)
        if last == "somebody" and len(words):
            return None
        if len(words):
            added = _with_piece(line, words, last)
            if not added:
                return None
            last = "street" if added.unit == line.unit else "unit"
            line = replace(added, text=f"{line.text}, {words.whole}" if line.text else words.whole)
        if somebody and line.text:
            last = "somebody"
    return line


def _with_piece(line: Line, words: Words, last: str) -> Line | None:
    if last == "street" and not line.unit and _continues(line.street, words):
        return replace(line, street=f"{line.street}, {words.whole}", closed=True)
    # Behind a street without a house number a mere number may be just that.
    part = _whole(words, behind=line.street[:1].isdecimal())
    if not part or (part.street and line.street):
        return None
    if part.unit and line.unit:
        return None if last != "unit" or part.street else replace(line, unit=f"{line.unit}, {part.unit}")
    closed = part.closed if part.street else line.closed
    return Line(line.street or part.street, line.unit or part.unit, "", closed)


def _continues(street: str, words: Words) -> bool:
    """Whether a piece goes on with the street before it: "1800 M St, NW", "RR 2, Box 14"."""
    return "".join(words.keys) in of.DIRECTIONS or (is_box_of_route(words) and is_route(Words(street)))


def _whole(words: Words, *, behind: bool) -> Line | None:
    """A piece that is a street, a unit, or both, and nothing else. A bare number is a unit `behind` a street."""
    unit = last_unit_end(words, 0, bare=True) if behind else unit_end(words, 0)
    if unit == len(words):
        return Line(unit=words.whole)
    for end in street_ends(words):
        rest = end.place
        unit = last_unit_end(words, rest, bare=end.takes_bare_unit) if end.closed else unit_end(words, rest)
        if unit == len(words):
            return Line(words.between(0, rest), words.between(rest, unit), closed=end.closed or unit > rest)
    return None


#: A longer text is no address: real ones have up to 120 characters.
LONGEST: Final = 300
_SEPARATOR: Final = re.compile(r"[,;|\n\r\t\v\f\x85\u2028\u2029]|<br */?>", re.IGNORECASE)
#: What says that an address follows: "Mailing Address: 12 Elm St".
_LABEL: Final = re.compile(
    r"\s*+(?:(?:mailing|physical|street|business|home|facility|site|location|current)\s++)?address\b\s*+"
    r"(?:[:.-]|(?=[0-9]|P\.? ?O\b))|"
    r"\s*+(?:mailing|physical|location|site)\s*+:",
    re.IGNORECASE,
)
#: A dash between two words, which separates as a comma does; numbers that it joins are one.
_DASH: Final = re.compile(r"(?<=[^\W\d_]{2}|[^\W\d_]\.) [-–—] (?=[^\W\d_]{2})")
#: A comma that belongs to a name: "Martin Luther King, Jr. Blvd".
_IN_A_NAME: Final = re.compile(r",(?= ?(?:Jr|Sr)\b)", re.IGNORECASE)
#: A piece that is no part of an address.
SAYS_NOTHING: Final = frozenset({"", "none", "n/a", "null", "same"})
#: A suffix and a city with nothing between them: "12 Elm StreetRESTON".
_GLUED: Final = re.compile(
    r"(?i:street|avenue|boulevard|road|drive|lane|court|circle|place)(?<=[a-z])[A-Z]|(?<![A-Za-z])(?:St|Ave|Blvd|Rd|Dr|Ln|Ct)[A-Z]{2}"
)
#: A street alone that ends in a mere name has no more words than this, its number among them: "1500 Camino Real".
_MOST_WORDS_ALONE: Final = 4
#: Directions that a separator may set off from their street with the city behind them: "Bolton Rd, NW Atlanta".
_QUADRANTS: Final = frozenset({"NE", "NW", "SE", "SW"})


@dataclass(frozen=True)
class Address:
    """The parts of an address as they are written, save the state, which is its code, and a long dash in the ZIP code. "" is one that is not there."""

    street: str = ""
    unit: str = ""
    #: Street and unit, in the order in which they stand.
    line: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


def take_apart(text: str, is_found: IsFound = is_found) -> Address | None:
    """The parts of an address; None where it is not certain what is what, and for more than 300 characters.

    Put together again, the parts are the text, save separators (comma, semicolon, bar, tab, line break, `<br>`, a
    dash between two words) and what is left out by name: a label at the beginning, "Mailing Address:"; the country at
    the end or before the ZIP code; "Attn", "Attention", "c/o" and "care of" with what follows in the same piece,
    where that has no digit; a piece that only says "none", "n/a", "null" or "same".

    Separators decide: the piece before the state and the ZIP code is the city, and each piece before that must be a
    street, a unit, or a street and its unit. Where nothing stands between street and city, the words must allow the
    city that usaddress finds, too.
    """
    if len(text) > LONGEST or _GLUED.search(text):
        return None
    pieces = without_country(_pieces(text))
    if not pieces:
        return None
    ending = read_ending(pieces)
    if not ending.zip and not ending.apart:
        alone = _street_alone(pieces, sure=bool(ending.state))
        if alone or not ending.state:
            return alone
    if not ending.pieces:
        return None
    parts = (
        _by_separators(ending, is_found) or _by_words(ending, is_found) or _by_known_city(ending, is_found)
    )
    return replace(parts, state=ending.state, zip=ending.zip) if parts else None


def _pieces(text: str) -> list[str]:
    """What stands between the separators, but for pieces that say nothing."""
    label = _LABEL.match(text)
    address = _DASH.sub(", ", text[label.end() :] if label else text)
    pieces = map(str.strip, _SEPARATOR.split(_IN_A_NAME.sub("", address)))
    return [piece for piece in pieces if piece.strip(".").casefold() not in SAYS_NOTHING]


def _street_alone(pieces: list[str], *, sure: bool) -> Address | None:
    """Street and unit where there is nothing else. `sure` asks for an end that nothing can hide behind."""
    line = read_line(pieces)
    if not line or not line.street:
        return None
    if not line.closed:
        words = Words(line.street)
        last = words.key(len(words) - 1)
        if (
            sure
            or len(words) > _MOST_WORDS_ALONE
            or last in STATE_CODES
            or last in of.CENTERS
            or city_found(line.text)
        ):
            return None
    return _address(line)


def _by_separators(ending: Ending, is_found: IsFound) -> Address | None:
    """The last piece is the city, and those before it are street and unit."""
    line, words = read_line(ending.pieces[:-1]), Words(ending.pieces[-1])
    if not line:
        return None
    if line.street and not line.unit and (behind := _with_more(line, words, ending, is_found)):
        return behind
    if _is_city_apart(line, words, ending, is_found):
        return _address(line, words.whole)
    city_may_be_missing = not ending.state or (ending.apart and not ending.written_out)
    if (
        ending.zip
        and city_may_be_missing
        and not names_somebody(words.text)
        and not _ends_in_city(words, ending)
    ):
        whole = read_line(ending.pieces)
        return _address(whole) if whole and whole.street and whole.closed else None
    return None


def _ends_in_city(words: Words, ending: Ending) -> bool:
    """Whether the last of the words are a city, though they may be read as part of a street: "Oak St West"."""
    return any(is_known_city(words.keys[place:], ending.state) for place in range(len(words)))


def _with_more(line: Line, words: Words, ending: Ending, is_found: IsFound) -> Address | None:
    """The city with the rest of the line before it: "12 Elm St, Ste 4 Reno", "1105 Bolton Rd, NW Atlanta"."""
    quadrant = words.key(0) in _QUADRANTS
    place = 1 if quadrant else unit_end(words, 0)
    if not place or not is_city(words, place):
        return None
    more, text, city = (
        words.between(0, place),
        f"{line.text}, {words.between(0, place)}",
        words.between(place, len(words)),
    )
    if quadrant:
        return _address(Line(text, "", text), city) if words.key(0) != ending.state else None
    return _address(Line(line.street, more, text), city) if is_found(words.keys[place:], ending) else None


def _is_city_apart(line: Line, words: Words, ending: Ending, is_found: IsFound) -> bool:
    """Whether the last piece is the city and nothing else."""
    if line.street and ending.apart and ending.state == "NY" and words.keys == ["NY"]:
        return True
    if (
        line.street
        and ending.apart
        and len(words) == 1
        and words.key(0) in of.DIRECTIONS - of.SHORT_DIRECTIONS
    ):
        return is_known_city(words.keys, ending.state)
    if not is_city(words) or (not line.street and _ends(words)):
        return False
    if ending.apart:
        return True
    if line.street:
        return words.key(0) not in of.DIRECTIONS or is_known_city(words.keys, ending.state)
    return is_known_city(words.keys, ending.state) or (bool(ending.zip) and is_found(words.keys, ending))


def _by_words(ending: Ending, is_found: IsFound) -> Address | None:
    """The last piece is street, unit and city, with nothing between them."""
    line, words = read_line(ending.pieces[:-1]), Words(ending.pieces[-1])
    if not line or line.street:
        return None
    ends = [(street, unit) for street, unit in _ends(words) if not (line.unit and unit > street)]
    cities = [end for end in ends if ending.state and is_known_city(words.keys[end[1] :], ending.state)]
    for street, unit in cities or ends:
        beside = street == unit and not of.DIRECTIONS.isdisjoint([words.key(street), words.key(street - 1)])
        if (beside or len(cities) != 1) and not is_found(words.keys[unit:], ending):
            continue
        if beside and not _is_direction_sure(words, street, ending.state):
            return None
        text = words.between(0, unit)
        both = Line(
            words.between(0, street),
            line.unit or words.between(street, unit),
            f"{line.text}, {text}" if line.text else text,
        )
        return _address(both, words.between(unit, len(words)))
    return None


def _by_known_city(ending: Ending, is_found: IsFound) -> Address | None:
    """The last piece is a street that ends in a mere name, and a city of the state: "12 Camino Real Santa Fe"."""
    words = Words(ending.pieces[-1])
    places = (place for place in range(1, len(words)) if is_known_city(words.keys[place:], ending.state))
    city = next(places, 0)
    if (
        not ending.state
        or not city
        or words.key(city) in of.SHORT_DIRECTIONS
        or not is_found(words.keys[city:], ending)
    ):
        return None
    line = read_line([*ending.pieces[:-1], words.between(0, city)])
    if (
        not line
        or not line.street
        or line.closed
        or not is_city(words, city)
        or words.key(city - 1) == ending.state
    ):
        return None
    return _address(line, words.between(city, len(words)))


def _ends(words: Words) -> list[tuple[int, int]]:
    """Where street and unit may end that a city follows with nothing between."""
    ends = ((end, unit_end(words, end.place)) for end in street_ends(words))
    return [
        (end.place, unit)
        for end, unit in ends
        if is_city(words, unit) and (unit > end.place or (end.closed and may_follow_street(words, unit)))
    ]


def _is_direction_sure(words: Words, end: int, state: str) -> bool:
    """Whether a direction between street and city is on the right side of the end of the street."""
    last = words.key(end - 1)
    if words.key(end) in of.DIRECTIONS:
        # Behind the number of a road a direction is as likely a part of its name: "Highway 6 South".
        return (
            not last.isdecimal()
            and words.key(end) not in of.SHORT_DIRECTIONS
            and is_known_city(words.keys[end:], state)
        )
    in_grid = words.key(end - 2).isdecimal() and words.key(end - 3) in of.DIRECTIONS
    return last not in of.DIRECTIONS or in_grid or (last in of.QUADRANTS and last != state)


def _address(line: Line, city: str = "") -> Address:
    return Address(line.street, line.unit, line.text, city.rstrip("."))
