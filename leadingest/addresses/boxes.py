"""Boxes and rural routes, which stand in place of a street: "PO Box 12", "RR 2 Box 14"."""

from __future__ import annotations

import re
from typing import Final

from leadingest.addresses.words import Words

_NUMBER: Final = re.compile(r"[0-9]{1,7}(?:-?[A-Z]|-[0-9]{1,7})?|[A-Z]{1,2}(?:-?[0-9]{1,6})?")
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
        return _numbered(words, route + 1, _NUMBER)
    leads = _BOXES.get(words.key(0), ())
    return next((end for lead in leads if (end := _behind(words, lead, _NUMBER))), 0)


def route_end(words: Words) -> int:
    """The place behind a rural route, without its box; 0 where the words do not begin with one."""
    leads = _ROUTES.get(words.key(0), ())
    return next((end for lead in leads if (end := _behind(words, lead, _ROUTE_NUMBER))), 0)


def is_box_of_route(words: Words) -> bool:
    """Whether the words are but the box on a rural route, which was named before."""
    return _behind(words, ["BOX"], _NUMBER) == len(words)


def is_route(words: Words) -> bool:
    """Whether the words are but a rural route, whose box is still to come."""
    return route_end(words) == len(words)


def _behind(words: Words, lead: list[str], number: re.Pattern[str]) -> int:
    return _numbered(words, len(lead), number) if words.keys[: len(lead)] == lead else 0


def _numbered(words: Words, place: int, number: re.Pattern[str]) -> int:
    place += words.key(place) == "#"
    return place + 1 if number.fullmatch(words.key(place)) else 0
