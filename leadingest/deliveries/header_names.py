"""Header names as they are compared and shown, and the words in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

#: What the column is called that has no name in `header: {row_names: true}`.
ROW_NAMES: Final = "row_names"
#: What the writers of lists shorten, and words that say the same.
SPELLED_OUT: Final = {
    "no": "number",
    "num": "number",
    "nbr": "number",
    "nr": "number",
    "tel": "phone",
    "telephone": "phone",
    "ph": "phone",
    "cell": "mobile",
    "cellphone": "mobile",
    "addr": "address",
    "adr": "address",
    "lic": "license",
    "licence": "license",
    "licensing": "license",
    "exp": "expiration",
    "expires": "expiration",
    "expiry": "expiration",
    "dt": "date",
    "cap": "capacity",
    "fac": "facility",
    "facid": "facility id",
    "loc": "location",
    "stat": "status",
    "provid": "provider id",
    "prov": "provider",
    "org": "organization",
    "organisation": "organization",
    "centre": "center",
    "www": "website",
    "web": "website",
    "homepage": "website",
    "postcode": "zip",
    "zipcode": "zip",
    "zip4": "zip",
    "min": "youngest",
    "minimum": "youngest",
    "max": "oldest",
    "maximum": "oldest",
    "apt": "apartment",
    "ste": "suite",
    "licenced": "licensed",
    "accept": "accepts",
    "nm": "name",
    "nme": "name",
    "cd": "code",
    "cde": "code",
    "sch": "school",
    "desc": "description",
    "dte": "date",
    "fname": "first name",
    "lname": "last name",
    "firstname": "first name",
    "lastname": "last name",
    "toddlers": "toddler",
    "infants": "infant",
    "preschoolers": "preschool",
}
_SAID_TOGETHER: Final = (
    (re.compile(r"\be mail\b"), "email"),
    (re.compile(r"\bhow many\b"), "number"),
    (re.compile(r"\bpost(?:al)? code\b|\bpin ?code\b"), "zip"),
    (re.compile(r"\bzip code\b"), "zip"),
    (re.compile(r"\bweb ?site\b"), "website"),
    (re.compile(r"\bpre school\b|\bpre ?k\b"), "preschool"),
    (re.compile(r"\bschool aged?\b"), "schoolage"),
    (re.compile(r"\blicensed to\b"), "licensee"),
    (re.compile(r"\bages? (?:to|thru|until)\b"), "oldest age"),
    (re.compile(r"\b(?:first line|line one)\b"), "line 1"),
    (re.compile(r"\b(?:second line|line two)\b"), "line 2"),
    (re.compile(r"\bchild ?care\b|\bday ?care\b|\bearly learning\b"), "care"),
)
_FILLERS: Final = frozenset(
    ["of", "the", "for", "and", "to", "is", "has", "a", "an", "s", "in", "on", "if", "or"]
)
#: "Owner's", but not "l'adresse".
_POSSESSIVE: Final = re.compile(r"['’]s\b")
#: Letters that are no others with an accent.
_LETTERS: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "Ø": "O", "Ł": "L"})
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")
_CUSTOM_FIELD: Final = re.compile(r"_c$")
#: What stands in brackets explains; a word alone in them, as in "Facility (Provider) Name", is part of the name, as a
#: number is: "Address (2)".
_EXPLANATION: Final = re.compile(
    r"\((?:[^(),/ ]*+[,/ ][^()]*+|(?=[^()]*[0-9])(?=[^()]*[A-Za-z<>+-])[^()]*+)\)"
)


def clean_names(cells: Iterable[str]) -> tuple[str, ...]:
    """White space at the ends is cut and inside, line ends included, made one blank."""
    return tuple(" ".join(cell.split()) for cell in cells)


def holds_all(cells: Iterable[str], wanted: Collection[str]) -> bool:
    """Whether a record holds all the names that a header is to be found by."""
    return set(clean_names(wanted)) <= set(clean_names(cells))


def joined_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names of a header of several rows, each from the top to the bottom with blanks between.

    A title in an upper row counts for the cells on its right too, as long as they have none and there are names below
    them: it is one above several columns. A name that stands there twice, merged over both rows, counts once.
    """
    *upper, lowest = map(clean_names, rows)
    names = lowest
    for titles in reversed(upper):
        names = tuple(_titled(titles, names))
    return names


def _titled(titles: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    group = ""
    for title, name in zip_longest(titles, names, fillvalue=""):
        if title:
            group = title if name not in ("", title) else ""
        elif not name:
            group = ""
        yield " ".join(filter(None, dict.fromkeys((title or group, name))))


def header_words(header: str) -> tuple[str, ...]:
    """`LicenseNo`, `License #` and `LICENSE_NUMBER` are all license, number."""
    bare = _EXPLANATION.sub(" ", _CUSTOM_FIELD.sub("", header)) or header
    text = _plain(_HUMP.sub(" ", bare)).replace("#", " number ").lower()
    text = re.sub(r"[\W_]++", " ", _POSSESSIVE.sub("s", text)).strip()
    words = [SPELLED_OUT.get(word, word) for word in _said_together(text).split()]
    return tuple(word for word in _said_together(" ".join(words)).split() if word not in _FILLERS)


def plain_words(header: str) -> tuple[str, ...]:
    """All words of a header as they stand there, in small letters without accents."""
    return tuple(re.findall(r"[^\W\d_]+", _plain(_HUMP.sub(" ", header)).lower()))


def _plain(text: str) -> str:
    """The text without accents: `Straße` is written `Strasse`, `Téléphone` `Telephone`."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _said_together(text: str) -> str:
    for pattern, word in _SAID_TOGETHER:
        text = pattern.sub(word, text)
    return text
