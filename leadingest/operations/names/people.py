"""Read a cell as the name of a person: its parts, or nothing where it is not one for certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from leadingest.operations.names.capitals import capitalized, has_own_case, small
from leadingest.operations.names.first_person import (
    FirstPerson,
    bare,
    connectors_of,
    first_person,
    is_initial,
    people_of,
    stands_behind,
    words_of,
)
from leadingest.operations.names.parsed_name import ParsedName, parsed_name
from leadingest.operations.names.roles import names_role, take_off_role
from leadingest.operations.names.vocabulary import (
    BEFORE_NO_NAMES,
    BEFORE_ROLES,
    DEGREES,
    DEGREES_SET_OFF,
    FIRM_PHRASES,
    FIRM_WORDS,
    FIRM_WORDS_AND_LAST_NAMES,
    NOBODY,
    NOBODY_ALONE,
    NOBODY_FIRST,
    NOISE,
    ROLES_SET_OFF,
    STATES,
    TITLES,
    is_first_name,
    is_last_name,
    mostly_first_name,
    share,
)

_JOINED: Final = re.compile(r"[.'’‘`ʼ]")
_WORDS: Final = re.compile(r"[^\W\d_]+")
#: What probablepeople calls a word of a firm, or of somebody who stands for one.
_OF_A_FIRM: Final = ("Corporation", "ShortForm", "AKA", "ProxyFor")


def is_nobody(text: str) -> bool:
    """Whether the text says that there is no name: `Vacant`, `TBD`, `N/A`."""
    words = _words(text)
    if not NOBODY.isdisjoint(words) or " ".join(words) in NOBODY_ALONE:
        return True
    first = text.split(" ", 1)[0].upper()
    return first in NOBODY_FIRST and len(words) > 1


def is_named_like_a_firm(text: str) -> bool:
    """Whether a word of the text makes it the name of a firm, an agency or a group."""
    words = _words(text)
    spaced = f" {' '.join(words)} "
    return not FIRM_WORDS.isdisjoint(words) or any(f" {phrase} " in spaced for phrase in FIRM_PHRASES)


def reads_as_firm(text: str) -> bool:
    """Whether the statistics of `probablepeople` see the name of a firm in the text rather than of people."""
    import probablepeople

    return any(label.startswith(_OF_A_FIRM) for _, label in probablepeople.parse(text))


def _words(text: str) -> list[str]:
    return _WORDS.findall(_JOINED.sub("", text).upper())


#: In characters. No name of people in the lists that we know is half as long.
_LONGEST: Final = 120
#: Letters that a last name has at least which no table knows.
_RARE: Final = 4
#: Letters of any script, blanks, and the signs that names and lists of names are written with: no digit, no @.
_WRITTEN_LIKE_A_NAME: Final = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|[\s.,;:/&+()\[\]\"'’‘`ʼ|–—-])*"
)
_LINE_BREAK: Final = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*|\s*<br */?>\s*", re.IGNORECASE)
#: The blank of `Reed- Oak` and of `O' Brien`.
_HALF_BLANK: Final = re.compile(r"(?<=\w-) (?=\w)|(?<=\b[A-Za-z]['’]) (?=\w)")
_NICKNAME: Final = re.compile('"[^"]*"')
#: Signs that no part of a name has: a bracket, a dash that joins no two letters.
_MORE_THAN_A_NAME: Final = re.compile(r"[()\[\]:;|/\"]|(?<![^\W\d_.])[-–—]|[-–—](?![^\W\d_])")
#: Words with which the name of no person begins: of a role, a place, a firm.
_NEVER_FIRST: Final = (BEFORE_NO_NAMES | BEFORE_ROLES | ROLES_SET_OFF) - TITLES


#: What `person` can give.
Part = Literal["first", "middle", "last", "suffix", "title", "full"]
PARTS: Final = get_args(Part)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name, each "" where there is none, and what of the cell is in none of them.

    Together they have every letter of the cell. Left out are: other people, a nickname in quotes or brackets,
    `Attn`, and the words `and` and `or` between people.
    """

    first: str
    middle: str
    last: str
    suffix: str
    #: The form of address and the role: `Dr.`, `Director`, `Dr., Director`.
    title: str
    #: The name as it is written, without the role.
    full: str
    left_out: tuple[str, ...]

    def parts(self) -> dict[str, str]:
        """Each of `PARTS` by its name."""
        return {part: getattr(self, part) for part in PARTS}


@lru_cache(maxsize=20_000)
def read_person(text: str, is_firm: Callable[[str], bool] = reads_as_firm) -> PersonName | None:
    """The first person that the cell names; None where it names none, or where it is not certain who is who.

    `is_firm` is asked of a text whose words alone do not tell whether it is the name of a firm.
    """
    if len(text) > _LONGEST:
        return None
    lines = _HALF_BLANK.sub("", " ".join(_LINE_BREAK.sub("; ", text.strip()).split())).strip(" ,;|-–—")
    if not _WRITTEN_LIKE_A_NAME.fullmatch(lines):
        return None
    noise, line = _without_noise(lines)
    name, role = take_off_role(line)
    if not name or is_nobody(name) or is_named_like_a_firm(_NICKNAME.sub("", name)):
        return None
    name, role, others = _role_of_the_first(name, role)
    person = None if names_role(people_of(name)[0]) else first_person(name)
    if person is None or not _is_person(person, name, is_firm):
        return None
    parsed = parsed_name(person.written())
    if not _is_certain(parsed, person):
        return None
    reading = _reading(parsed, person.suffix, role, (noise, person.others, others))
    return reading if _accounts_for(reading, connectors_of(name), lines) else None


def _without_noise(line: str) -> tuple[str, str]:
    word, _, rest = line.partition(" ")
    return (word, rest.lstrip(" -:")) if word.upper().strip(".:") in NOISE else ("", line)


def _role_of_the_first(name: str, role: str) -> tuple[str, str, str]:
    """The name without the role of the first of several people, that role, and the role of the others."""
    people = people_of(name)
    if len(people) == 1:
        return name, role, ""
    first, own = take_off_role(people[0])
    if own:
        return first + name[len(people[0]) :], own, role
    return (name, role, "") if role.upper().endswith("S") else (name, "", role)


def _is_person(person: FirstPerson, text: str, is_firm: Callable[[str], bool]) -> bool:
    """Whether the name is that of a person: by its form and by what names are known, else by the look of it."""
    words = words_of(f"{person.name} {person.last}")
    if not mostly_first_name(words[0]) and bare(words[0]) in _NEVER_FIRST:
        return False
    own = [word for word in words if not _says_no_name(word)]
    if not own or _has_word_of_a_firm(person, text) or _is_a_place(person):
        return False
    if len(words) == 1:
        return is_first_name(words[0])
    if any(bare(word) in TITLES for word in words_of(person.name)):
        return True
    match person.standing:
        case "alone":
            return bool(person.last) or _is_known(own) or not is_firm(text)
        case "listed" | "sharing" if not is_last_name(own[0]) and _begins_with_a_first_name(person.others):
            return True
        case "sharing":
            return mostly_first_name(own[0]) or not is_firm(" ".join(own))
        case "listed" if person.last:  # lawyers write `SMITH, JONES & REED`
            return "," in person.others or not is_last_name(words[0]) or not is_firm(text)
    return _is_known(own) or not is_firm(text)


def _is_a_place(person: FirstPerson) -> bool:
    return bool(person.last) and bare(person.name) in STATES and not share(person.name)


def _begins_with_a_first_name(text: str) -> bool:
    return any(mostly_first_name(word) for word in words_of(text)[:1])


def _is_known(own: Sequence[str]) -> bool:
    """Whether the words are a first and a last name that many bear: then statistics need not be asked."""
    match own:
        case [last]:  # J. R. Smith
            return share(last) is not None
        case [first, last]:
            # A rare last name: statistics take one in ten of them for a word of a firm.
            rare = share(last) is None and len(last) >= _RARE and last.isalpha()
            return (
                (mostly_first_name(first) and share(last) is not None)
                or (mostly_first_name(first) and rare)
                or (not is_last_name(first) and is_last_name(last) and min(len(first), len(last)) > 2)
            )
    return False


def _has_word_of_a_firm(person: FirstPerson, text: str) -> bool:
    """Whether a word makes a firm of the name, and is no last name here: `HOPE CHURCH`, not `CHURCH, ANN`."""
    found = [bare(word) for word in words_of(text) if bare(word) in FIRM_WORDS_AND_LAST_NAMES]
    return bool(found) and (person.standing != "alone" or [bare(person.last)] != found)


def _says_no_name(word: str) -> bool:
    return bare(word) in TITLES or stands_behind(word) or is_initial(word)


def _is_certain(parsed: ParsedName, person: FirstPerson) -> bool:
    """Whether the parts are those of a name: none of them is a letter that stands for more, none is turned."""
    given, family = parsed.given, parsed.family
    # Mr. Reed, and not Mr. Tom
    title_alone = bool(parsed.title) and len(words_of(family)) == 1 and not mostly_first_name(family)
    if parsed.maiden or not (given or title_alone):
        return False
    if any(is_last_name(word) or share(word) is None for word in words_of(parsed.nickname)):
        return False  # (deceased)
    if any(_MORE_THAN_A_NAME.search(f" {part} ") for part in (given, parsed.middle, family)):
        return False
    if any(bare(word) in TITLES and share(word) is None for word in words_of(f"{given} {parsed.middle}")):
        return False
    if person.last:
        return family == person.last and not is_initial(family)
    if not family:
        return not parsed.middle and not parsed.title
    if stands_behind(family) and "-" in family:  # PA-C
        return False
    if all(is_initial(word) for word in words_of(family)):
        return False
    if parsed.middle and bare(parsed.middle.rpartition(" ")[2]) == "O" and share(f"O{family}") is not None:
        return False  # JOHN O NEAL
    return not is_first_name(family) or bool(parsed.title) or mostly_first_name(given)


def _reading(parsed: ParsedName, behind: str, role: str, left_out: tuple[str, ...]) -> PersonName:
    first, middle, last = parsed.given, parsed.middle, parsed.family
    if _in_one_case(first + middle + last):
        first, middle, last = (
            _readable(first),
            _readable(middle, with_particles=True),
            _readable(last, with_particles=True),
        )
    title, role = (_capitalized(part) if _in_one_case(part) else part for part in (parsed.title, role))
    suffixes = [
        _capitalized(part, DEGREES | DEGREES_SET_OFF) if _in_one_case(part) else part
        for part in (parsed.suffix, behind)
    ]
    suffix, titles = (", ".join(filter(None, parts)) for parts in (suffixes, (title, role)))
    full = " ".join(filter(None, (title, first, middle, last, suffix)))
    others = (" ".join(text.split()) for text in (*left_out, parsed.nickname))
    return PersonName(first, middle, last, suffix, titles, full, tuple(filter(None, others)))


def _in_one_case(text: str) -> bool:
    return text in (text.upper(), text.lower())


def _readable(text: str, *, with_particles: bool = False) -> str:
    words = text.split(" ")
    made: list[str] = []
    for word in words:
        ends = len(made) + 1 == len(words)
        after_small = bool(made) and made[-1].islower()
        lowered = small(word, after_small=after_small) if with_particles and not ends else None
        made.append(lowered or capitalized(word, of_a_person=True))
    return " ".join(made)


def _capitalized(text: str, in_capitals: frozenset[str] = frozenset()) -> str:
    """A role or a suffix in readable case: `Dr.`, `LCSW`, `PhD`."""
    return " ".join(
        word.upper()
        if bare(word).strip(",").split("-")[0] in in_capitals and not has_own_case(word)
        else capitalized(word)
        for word in text.split(" ")
    )


def _accounts_for(reading: PersonName, connectors: str, text: str) -> bool:
    """Whether every letter of the text is in a part of the name or in what is left out, and none twice."""
    parts = (reading.first, reading.middle, reading.last, reading.suffix, reading.title, *reading.left_out)
    return _letters("".join(parts) + connectors) == _letters(text)


def _letters(text: str) -> list[str]:
    return sorted(letter for letter in text.upper().casefold() if letter.isalpha())
