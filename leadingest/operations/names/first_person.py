"""Of the people that a cell names, the first: `JOHN & JANE SMITH` is `JOHN SMITH`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from leadingest.operations.names.vocabulary import (
    AFTER_PARTICLES,
    BEFORE_LAST_NAMES,
    BEFORE_PLACES,
    BEHIND_DE,
    BEHIND_DEGREES,
    DEGREES,
    DEGREES_SET_OFF,
    GENERATIONS,
    PARTICLES,
    TITLES,
    is_first_name,
    is_last_name,
    mostly_first_name,
    share,
)

_CONNECTOR: Final = re.compile(r" ?[&+;/] ?| (?:and|or) ", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,3}")
_WORD: Final = re.compile(r"[^\s,]*[^\W\d_][^\s,]*")
_MOST_PEOPLE: Final = 5


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """What of a cell belongs to the first person, and the words that belong to others."""

    #: All but the last name where that is known, else the whole name.
    name: str
    #: The last name, where the cell tells it from the others by a comma or by a second person's.
    last: str = ""
    #: Behind the name: a generation, degrees.
    suffix: str = ""
    #: The words of the cell that are another person's.
    others: str = ""
    #: `alone`; `listed` before others, under a whole name; or `sharing` the last name of another.
    standing: Literal["alone", "listed", "sharing"] = "alone"

    def written(self) -> str:
        """`LAST, FIRST`, or `FIRST LAST`: without what stands behind the name, and `Wm` for `Wm.`."""
        words = (word if _keeps_its_dot(word) else word.rstrip(".") for word in self.name.split(" "))
        name = " ".join(words)
        return f"{self.last}, {name}" if self.last else name


def first_person(text: str) -> FirstPerson | None:
    """The first person; None where it cannot be told for certain who is who. Blanks are single ones."""
    pieces = people_of(text)
    if len(pieces) > _MOST_PEOPLE or not all(words_of(piece) for piece in pieces):
        return None
    alone = len(pieces) == 1
    person = _alone(text) if alone else _of_several([_segments(piece) for piece in pieces], pieces)
    return person if person is None or person.last else _behind_a_name_of_two(person)


def people_of(text: str) -> list[str]:
    """What stands between the signs and words that join people."""
    return _CONNECTOR.split(text)


def connectors_of(text: str) -> str:
    """The signs and words that join people."""
    return "".join(_CONNECTOR.findall(text))


def words_of(text: str) -> list[str]:
    """The words of the text, with the dots, hyphens and apostrophes in them."""
    return _WORD.findall(text)


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """The word in capitals, without dots."""
    return word.upper().replace(".", "").strip("()\"'’")


def _keeps_its_dot(word: str) -> bool:
    """Whether a dot behind the word is that of a title, a degree or an initial, and not of a name cut short."""
    return bare(word) in TITLES or stands_behind(word) or is_initial(word)


@lru_cache(maxsize=50_000)
def stands_behind(word: str) -> bool:
    """Whether the word is a generation or a degree, as stands behind a name; `J.R.` is none."""
    degree, *more = bare(word).split("-")
    suffixes = DEGREES | DEGREES_SET_OFF if more else DEGREES
    return word.upper().strip(".") in GENERATIONS or (
        degree in suffixes and all(another in DEGREES | BEHIND_DEGREES for another in more)
    )


def is_initial(word: str) -> bool:
    """Whether the word is a single letter, with a dot or without, or two or three with dots as in `J.R.`."""
    return len(bare(word)) == 1 or _INITIALS.fullmatch(word) is not None


def _segments(piece: str) -> tuple[list[str], str]:
    """What the commas of a piece set off, and the suffix, which is taken out of them."""
    kept: list[str] = []
    suffix: list[str] = []
    for segment in (part.strip() for part in piece.split(",")):
        words = words_of(segment)
        if not words:
            continue
        certain = all(stands_behind(word) for word in words)
        whole = len(words_of(kept[-1])) > 1 if kept else False
        perhaps = whole and all(
            bare(word) in {*GENERATIONS, *DEGREES, *DEGREES_SET_OFF, "V"} for word in words
        )
        if kept and (certain or perhaps):
            suffix.append(segment)
        else:
            kept.append(segment)
    if len(kept) > 1:  # SMITH JR, JOHN; REED MD, ANN
        words = kept[0].split(" ")
        while len(words) > 1 and stands_behind(words[-1]):
            suffix.insert(0, words.pop())
        kept[0] = " ".join(words)
    return kept, ", ".join(suffix)


def _alone(text: str) -> FirstPerson | None:
    segments, suffix = _segments(text)
    match segments:
        case [name]:
            return _turned(name, suffix) or _behind_initials(name, suffix)
        case [last, name]:
            return None if _are_two_people(last, name) else FirstPerson(name, last, suffix)
        case [last, name, middle] if all(is_initial(word) for word in words_of(middle)):
            return FirstPerson(f"{name} {middle}", last, suffix)
        case [first, second, last] if not suffix:  # ANN, MAY REED, LEE
            return _with_last_name_of(first, second, others=last)
    return None


def _turned(name: str, suffix: str) -> FirstPerson | None:
    """`SMITH JOHN`, `SMITH JOHN A`: the last name first, where neither word is ever the other one.

    Only a list in capitals leaves the comma out. In mixed case `Cooper James` may be as it is written.
    """
    if name != name.upper():
        return None
    never = TITLES | BEFORE_PLACES
    match words_of(name):
        case [last, first, *rest] if share(last) == 0 and is_first_name(first) and bare(last) not in never:
            if all(is_initial(word) for word in rest):
                return FirstPerson(" ".join([first, *rest]), last, suffix)
    return None


def _behind_initials(name: str, suffix: str) -> FirstPerson | None:
    """`MARIA A LOPEZ GARCIA`: what stands behind a middle initial is the last name; in other names the last word."""
    words = name.split(" ")
    start = max((number + 1 for number, word in enumerate(words) if is_initial(word)), default=0)
    before = [word for word in _names(" ".join(words[:start])) if not is_initial(word)]
    behind = [word for word in words[start:] if not stands_behind(word)]
    if not before or len(behind) < 2 or any(sign in name for sign in '"()'):
        return FirstPerson(name, suffix=suffix)
    if mostly_first_name(behind[0]) and bare(behind[0]) not in BEFORE_LAST_NAMES:
        return None
    generation = [behind.pop()] if bare(behind[-1]) in ("V", "VI") else []
    suffix = " ".join([*(word for word in words[start:] if stands_behind(word)), *generation, suffix]).strip()
    return FirstPerson(" ".join(words[:start]), " ".join(behind), suffix)


def _behind_a_name_of_two(person: FirstPerson) -> FirstPerson | None:
    """`Maria de Lourdes Perez`: the last name stands behind `de` and a first name of Spanish that goes with it.

    None where that word is a first name as well as the beginning of a last name: `Juan de Leon Perez`.
    """
    words = person.name.split(" ")
    start = next((number for number, word in enumerate(words) if number and word.upper() in ("DE", "DEL")), 0)
    end = start + 1
    while start and end < len(words) and words[end].upper() in AFTER_PARTICLES:
        end += 1
    behind = [word for word in words[end + 1 :] if not stands_behind(word)]
    if not start or not behind:
        return person
    devoted = bare(words[end]) in BEHIND_DE
    if not devoted and not mostly_first_name(words[end]):
        return person
    if not devoted or any(is_initial(word) for word in behind):
        return None
    suffix = " ".join([*(word for word in words[end + 1 :] if stands_behind(word)), person.suffix]).strip()
    return replace(person, name=" ".join(words[: end + 1]), last=" ".join(behind), suffix=suffix)


def _are_two_people(last: str, name: str) -> bool:
    """Whether the comma stands between two whole names, or behind a first name."""
    words, first = _names(last), _names(name)
    if len(words_of(last)) > 1 and len(words) < len(words_of(last)):
        return True
    if not words or not first:
        return False
    if len(words) > 1:
        turned = is_last_name(words[0]) and is_first_name(words[-1])  # Lopez Maria, Ruiz Jose
        whole = mostly_first_name(words[0]) and not is_first_name(words[-1])
        return bare(words[0]) not in BEFORE_LAST_NAMES and (whole or turned)
    return bool(first) and is_first_name(words[0]) and share(first[0]) == 0


def _of_several(pieces: Sequence[tuple[list[str], str]], texts: Sequence[str]) -> FirstPerson | None:
    (segments, suffix), *others = pieces
    rest = " ".join(texts[1:])
    if len(segments) > 2:
        return None
    if len(segments) == 2:  # SMITH, JOHN & JANE; SMITH, JOHN & DOE, JANE
        last, name = segments
        whole = len(others[-1][0]) == 1 and len(_names(texts[-1])) > 1
        if _are_two_people(last, name) or (whole and any(is_first_name(word) for word in _names(last)[:1])):
            return None  # JOHN, JANE & BOB SMITH
        return FirstPerson(name, last, suffix, rest, standing="listed")
    first = segments[0]
    names = _names(first)
    if not names:  # Mr. & Mrs. John Smith
        return _of_a_married_couple(first, texts)
    if all(is_initial(name) for name in names[1:]):
        return _sharing_a_last_name(first, pieces, texts)
    if is_first_name(names[-1]):  # MARY ANN & JOHN SMITH
        return _with_last_name_of(first, texts[1], others=" ".join(texts[2:])) if len(texts) == 2 else None
    if len(names) == 2 and not is_last_name(names[-1]) and share(names[-1]) is not None:
        return None  # JOHN LEE & MARY SMITH: Lee may be the middle name
    return FirstPerson(first, suffix=suffix, others=rest, standing="listed")


def _of_a_married_couple(title: str, texts: Sequence[str]) -> FirstPerson | None:
    second = words_of(texts[1])
    name = [word for word in second if bare(word) not in TITLES]
    if len(texts) != 2 or len(name) < 2:
        return None
    titles = " ".join(word for word in second if bare(word) in TITLES)
    person = _behind_initials(f"{title} {' '.join(name)}", "")
    return person and replace(person, others=titles, standing="listed")


def _sharing_a_last_name(
    first: str, pieces: Sequence[tuple[list[str], str]], texts: Sequence[str]
) -> FirstPerson | None:
    """`A & B C`, `A & B C & D`, `A & B, C & D`: A without a last name of its own."""
    segments, suffix = pieces[1]
    rest = " ".join(texts[2:])
    if len(segments) == 2:
        second, last = segments
        if len(pieces) > 3 or is_last_name(_names(first)[0]) or is_first_name(last):
            return None
        return FirstPerson(first, last, others=f"{second} {suffix} {rest}", standing="sharing")
    if len(segments) != 1 or all(is_initial(word) for word in _names(first)):
        return None
    if len(_names(segments[0])) > 1:
        return _with_last_name_of(first, texts[1], others=rest)
    if len(pieces) == 2 and len(_names(first)) == 1:  # ANN & MAY
        both = all(names and is_first_name(names[0]) for names in (_names(first), _names(segments[0])))
        return FirstPerson(first, others=texts[1], standing="sharing") if both else None
    if len(pieces) == 3 and len(_names(texts[2])) > 1:  # ANN & MAY & BOB SMITH
        return _with_last_name_of(first, texts[2], others=texts[1])
    return None


def _with_last_name_of(first: str, second: str, *, others: str) -> FirstPerson | None:
    """The first person with the last name of the second, whose own names are left out."""
    own = _names(first)
    segments, suffix = _segments(second)
    if not own or len(segments) != 1 or is_last_name(own[0]):
        return None
    words = [word for word in words_of(segments[0]) if bare(word) not in TITLES]
    start = next((number for number in range(1, len(words)) if not _is_own(words[number])), len(words) - 1)
    last = words[start:]
    uncertain = [word for word in last[:-1] if not _is_of_a_last_name(word)]
    if len(words) < 2 or uncertain or is_initial(last[-1]):
        return None
    left = [word for word in words_of(second) if bare(word) in TITLES] + words[:start] + words_of(suffix)
    return FirstPerson(first, " ".join(last), others=" ".join([*left, others]), standing="sharing")


def _is_own(word: str) -> bool:
    """Whether the word is a person's own name, and no part of the last name."""
    return is_initial(word) or is_first_name(word)


def _is_of_a_last_name(word: str) -> bool:
    return is_last_name(word) or share(word) is None or bare(word) in PARTICLES | AFTER_PARTICLES


def _names(text: str) -> list[str]:
    """The words of the text that name somebody: no title, and nothing behind the last name."""
    return [word for word in words_of(text) if bare(word) not in TITLES and not stands_behind(word)]
