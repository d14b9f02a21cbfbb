"""Contacts side by side in one record, `Contact 1`, `Phone 1`, `Contact 2`, `Phone 2`: each may be a lead of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from leadingest.drafting.header_match import match_headers
from leadingest.drafting.sample import SampleColumn
from leadingest.mapping.delivery_values import MOST_PLACES
from leadingest.mapping.headers import plain_header

#: `Contact 2`, `Phone2`, `Contact 2 Phone`: one number, and words around it.
_NUMBERED: Final = re.compile(r"(\D*?)[ _#.-]*([1-9][0-9]?)[ _.-]*(\D*)")
_PERSON: Final = frozenset(["contact", "first_name", "last_name"])
_REACHED: Final = frozenset(["phone", "phone2", "email"])
_OF_A_CONTACT: Final = _PERSON | _REACHED | {"title"}
_SURE: Final = 0.7
#: Of different values: a person's name is written in letters.
_LETTERS: Final = 0.8

DOUBT: Final = (
    "each contact becomes a lead of its own; if only the first is wanted, remove this and name its columns"
)


def numbered_contacts(columns: Sequence[SampleColumn], meanings: Collection[str]) -> dict[str, list[str]]:
    """The lists of `repeat`: a person's name in several places, and what else each place has of the person.

    None where nothing says how to reach the persons: then they are as likely partners of one firm. None either where
    a header is blank or repeated: what the columns are called is then unsure as it is.
    """
    headers = [plain_header(column.header) for column in columns]
    if not all(headers) or len({*headers}) < len(headers):
        return {}
    places: dict[str, dict[int, SampleColumn]] = {}
    for column in columns:
        if (found := _NUMBERED.fullmatch(column.header)) and (
            name := f"{found[1]} {found[3]}".strip(" _#.-")
        ):
            places.setdefault(name, {}).setdefault(int(found[2]), column)
    names = [
        name
        for name, there in places.items()
        if {*there} == {*range(1, len(there) + 1)} and plain_header(name) not in headers
    ]
    means = {
        name: {meaning for meaning, match in matches.items() if match.score >= _SURE}
        for name, matches in zip(names, match_headers(names, meanings), strict=True)
    }
    persons = [
        name for name in names if means[name] & _PERSON and places[name][1].looks("letters", least=_LETTERS)
    ]
    for number in sorted({len(places[name]) for name in persons}, reverse=True):
        alike = [name for name in names if len(places[name]) == number and means[name] & _OF_A_CONTACT]
        reached = any(means[name] & _REACHED for name in alike)
        if 1 < number <= MOST_PLACES and reached and any(name in persons for name in alike):
            return {name: [places[name][at].header for at in range(1, number + 1)] for name in alike}
    return {}
