"""The end of an address: the country, the ZIP code and the state, taken off one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from leadingest.addresses import street_words as of
from leadingest.addresses.us_states import OLD_ABBREVIATIONS, STATE_CODES
from leadingest.addresses.words import Words

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
