"""Street and unit together: what stands before the city."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.boxes import is_box_of_route, is_route
from leadingest.addresses.streets import street_ends
from leadingest.addresses.units import last_unit_end, unit_end
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
