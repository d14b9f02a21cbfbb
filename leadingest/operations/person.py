"""`person`: a part of a person's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Literal

import polars as pl

from leadingest.operations.base import INVALID, Example, RecognisingWord
from leadingest.operations.distinct import on_distinct

Part = Literal["first", "middle", "last", "suffix", "title", "full"]

_AND = r"\s*(?:&|\bAND\b)\s*"
_SUFFIX = r"(?:JR|SR|II|III|IV|MD|PHD|ESQ)\.?"

#: Words by which a firm is known that stands where a person should: legal forms, and what no family is called.
_FIRM = re.compile(
    r"\b(?:LLC|L\.L\.C|INC|CORP|LTD|LLP|PLLC|ACADEMY|CHILD ?CARE|DAY ?CARE|ENTERPRISES|FOUNDATION|HOLDINGS|"
    r"LEARNING|MINISTRIES|PRE-?SCHOOL|SCHOOLS?|UNIVERSITY|YMCA|YWCA)\b",
    re.IGNORECASE,
)

#: Shapes in which two people are named, with what of them is the first person.
_TWO = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"^(?P<first>[^&,]+?){_AND}[^&,\s]+\s+(?P<last>[^&,]+?){_AND}[^&,]+$",
        rf"^(?P<first>[^&,]+?){_AND}[^&,]+,\s*(?P<last>[^&,]+?){_AND}[^&,]+$",
        rf"^(?P<first>[^&,]+),\s*[^&,\s]+\s+(?P<last>[^&,]+),(?!\s*{_SUFFIX}$)[^&,]+$",
        rf"^(?P<first>[^&,\s]+){_AND}[^&,\s]+\s+(?P<last>[^&,]+)$",
        rf"^(?P<first>[^&,\s]+)\s+(?P<last>[^&,]+?){_AND}[^&,\s]+\s+[^&,]+$",
        rf"^(?P<last>[^&,]+),\s*(?P<first>[^&,]+?){_AND}[^&,]+$",
    )
)


class Person(RecognisingWord):
    """Take one part of a person's name: first, middle, last, suffix, title, or full.

    `LAST, FIRST` is understood. Of two people (`A & B C & D`, `A, B C, D`, `A & B C`) it is the first one.
    A name in capitals comes out in readable case. A part that the name does not have is blank. A firm (LLC,
    Inc., Academy, Daycare, School and the like) is not recognised: `otherwise: blank` where some are expected.
    """

    person: Part

    problem: ClassVar[str] = "is not the name of a person"
    examples: ClassVar = (
        Example(
            "{from: Contact, person: first}",
            (("REED, ANNA", "Anna"), ("ANNA & MAY REED & OAK", "Anna"), ("OAK TREE CARE, LLC", INVALID)),
        ),
        Example("{from: Contact, person: last}", (("JOHN MCDONALD II", "McDonald"), ("Anna", None))),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        part = self.person
        return on_distinct(value, lambda text: _parts(text).get(part) if _parts(text) else None)


@lru_cache(maxsize=200_000)
def _parts(text: str) -> dict[str, str]:
    """The parts of the name; none where there is no name in the text."""
    from nameparser import HumanName

    if not re.search(r"[^\W\d_]", text) or _FIRM.search(text):
        return {}
    two = next((found for shape in _TWO if (found := shape.match(text))), None)
    name = HumanName(f"{two['last']}, {two['first']}" if two else text)
    name.capitalize()
    parts = {part: getattr(name, part) for part in ("first", "middle", "last", "suffix", "title")}
    return {**parts, "full": str(name)}
