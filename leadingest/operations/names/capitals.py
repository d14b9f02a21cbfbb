"""The capitals of a word: `O'Brien`, `McDonald`, `St.Helens`, `AT&T`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from leadingest.operations.names.vocabulary import AFTER_PARTICLES, PARTICLES

APOSTROPHES: Final = "'’‘`ʼ"

#: Words that are written in capitals, in places and in names.
CAPITALS: Final = frozenset(
    [
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "NE",
        "NW",
        "SE",
        "SW",
        "LLC",
        "LLP",
        "PLLC",
        "PC",
        "USA",
        "US",
        "DC",
        "LP",
        "YMCA",
        "YWCA",
        "MD",
        "DDS",
        "DMD",
        "CPA",
        "RN",
        "CEO",
        "CFO",
        "COO",
        "CTO",
        "PIC",
        "HR",
        "VP",
    ]
)
#: Words with capitals of their own.
_OWN: Final = {"PHD": "PhD", "EDD": "EdD", "PHARMD": "PharmD", "PSYD": "PsyD", "MDIV": "MDiv"}

#: Small words in the middle of a name. A single letter is an initial: John A Smith.
SMALL: Final = frozenset(["AN", "AND", "AT", "BY", "FOR", "IN", "OF", "ON", "OR", "THE", "TO", "WITH"])

#: Last names with Mac and a capital. Macias, Machado, Maciel, Machuca, Mackey, Macy, Mack have none.
_MAC: Final = re.compile(
    "MAC(?=(?:ALLISTER|ALPINE|ARTHUR|ASKILL|AULAY|AULEY|BETH|BRIDE|CALLUM|CLEAN|CORMACK|CORMICK|COY|DERMOTT|DIARMID|"
    "DONALD|DONNELL|DONOUGH|DOUGALL?|DOUGLAS|DOWELL|DUFF|EACHERN|EWAN|EWEN|FADDEN|FADYEN|FARLAND|FARLANE|GILLIVRAY|"
    "GREGOR|GREGORY|GUIRE|INNES|INNIS|INTOSH|INTYRE|ISAAC|IVER|IVOR|KAY|KENNA|KINNON|LACHLAN|LAREN|LAUCHLAN|LAUGHLIN|"
    "LEAN|LEISH|LELLAN|LENNAN|LEOD|MAHON|MANUS|MASTER|MILLAN|MULLEN|NAB|NAIR|NAMARA|NAUGHTON?|NEAL|NEIL|NEILL|NICOL|"
    "NIVEN|PHAIL|PHEE|PHERSON|QUARRIE|QUEEN|RAE|RITCHIE|SWAIN|TAGGART|TAVISH|VICAR|VITTIE|WHIRTER|WILLIAMS?)S?$)"
)
_RUN: Final = re.compile(r"[^\W\d_ʼ]+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_ORDINAL: Final = re.compile(r"\d+(?:ST|ND|RD|TH)")
_NUMBERED: Final = re.compile(r"\d+[^\W\d_]{1,2}")
_BRIEF: Final = re.compile(r"[^\W\d_]{1,2}(?:&[^\W\d_]{1,2})+")
_PIECES: Final = re.compile(r"([.,;:/&+()\[\]\"-]+)")


@lru_cache(maxsize=50_000)
def capitalized(word: str, *, first: bool = True, of_a_person: bool = False) -> str:
    """The word with the capitals of a name, whatever it had. `first` tells the first word of a name or a place.

    `of_a_person` tells a word of a person's own name, which is none of those that are written in capitals: Vi Reed.
    """
    upper = word.upper()
    bare = upper.strip('.,;:()[]"')
    if (
        (bare in CAPITALS and not of_a_person)
        or _BRIEF.fullmatch(bare)
        or _INITIALS.fullmatch(upper.strip(',;:()[]"'))
    ):
        return upper
    if bare in _OWN:
        return upper.replace(bare, _OWN[bare])
    if _ORDINAL.fullmatch(bare):
        return word.lower()
    if _NUMBERED.fullmatch(bare):
        return upper
    pieces = _PIECES.split(word)
    within = range(1, len(pieces) - 1)  # Stratford-on-Avon
    return "".join(
        piece.lower()
        if number in within and pieces[number - 1] == pieces[number + 1] == "-" and piece.upper() in SMALL
        else piece
        if number % 2
        else piece.upper()
        if piece.upper() in CAPITALS
        and "/" in (*pieces[number - 1 : number], *pieces[number + 1 : number + 2])
        else _piece(piece, first=first or number > 0)
        for number, piece in enumerate(pieces)
    )


def has_own_case(word: str) -> bool:
    """Whether the word is written with capitals of its own between small letters: `PhD`."""
    return word.upper().replace(".", "").strip(",") in _OWN


def has_capitals_of_its_own(word: str) -> bool:
    """Whether the word, in capitals and without signs, is written with others than one at its beginning."""
    return word in CAPITALS or word in _OWN or word.startswith("MC") or _MAC.match(word) is not None


def small(word: str, *, after_small: bool = False) -> str | None:
    """The word of a last name in small letters where it is written so: `van`, and `den` after it; else None."""
    return (
        word.lower()
        if word.upper() in PARTICLES or (after_small and word.upper() in AFTER_PARTICLES)
        else None
    )


def _piece(piece: str, *, first: bool) -> str:
    """What stands between two signs: runs of letters, with apostrophes between them perhaps."""
    lower = piece.lower()
    runs = list(_RUN.finditer(lower))
    made, end = "", 0
    for number, run in enumerate(runs):
        behind = lower[run.end() : run.end() + 1]
        elided = len(run[0]) == 1 and run[0] in "dl" and behind and behind in APOSTROPHES
        counted = re.search(rf"\d[{APOSTROPHES}]$", lower[: run.start()])  # the 1980's
        kept_small = (
            (elided and not first) or counted or (number and not _starts_a_name(lower, runs[number - 1], run))
        )
        made += lower[end : run.start()] + (run[0] if kept_small else _run(run[0]))
        end = run.end()
    return made + lower[end:]


def _starts_a_name(text: str, before: re.Match[str], run: re.Match[str]) -> bool:
    """Whether a capital follows the apostrophe: in O'Brien and D'Iberville, not in St. Mary's and Ka'anapali."""
    between = text[before.end() : run.start()]
    return between not in APOSTROPHES or (len(before[0]) == 1 and len(run[0]) > 1)


def _run(letters: str) -> str:
    upper = letters.upper()
    if upper.startswith("MC") and len(upper) > 3:
        return "Mc" + letters[2:3].title() + letters[3:]
    if _MAC.match(upper):
        return "Mac" + letters[3:4].title() + letters[4:]
    return letters[:1].title() + letters[1:]
