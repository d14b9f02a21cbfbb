"""`person`: a part of a person's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Literal

import polars as pl

from leadingest.expressions.distinct import on_distinct
from leadingest.expressions.let import let
from leadingest.expressions.usually import usually
from leadingest.operations.base import INVALID, Example, RecognisingWord
from leadingest.operations.plain_names import has_only_plain_words

Part = Literal["first", "middle", "last", "suffix", "title", "full"]

_AND = r"\s*(?:&|\bAND\b)\s*"
_SUFFIX = r"(?:JR|SR|II|III|IV|MD|PHD|ESQ)\.?"

#: Words by which a firm is known that stands where a person should: legal forms, and what no family is called.
_FIRM = re.compile(
    r"(?i)\b(?:LLC|L\.L\.C|INC|CORP|LTD|LLP|PLLC|ACADEMY|CHILD ?CARE|DAY ?CARE|ENTERPRISES|FOUNDATION|HOLDINGS|"
    r"LEARNING|MINISTRIES|PRE-?SCHOOL|SCHOOLS?|UNIVERSITY|YMCA|YWCA)\b",
)

#: `LAST, FIRST` in letters alone, and two words in capitals, or with one each.
_TURNED = "^([A-Za-z]+), ?([A-Za-z]+)$"
_TWO_WORDS = "^(?:[A-Z]+ [A-Z]+|[A-Z][a-z]+ [A-Z][a-z]+)$"

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
        return usually(value, self._of_plain_name, self._by_library)

    # The parser of names takes hundreds of times as long, and makes no more of two plain words than this.
    def _of_plain_name(self, text: pl.Expr) -> pl.Expr:
        return let(text.str.replace(_TURNED, "${2} ${1}"), self._of_two_words)

    def _of_two_words(self, name: pl.Expr) -> pl.Expr:
        plain = name.str.contains(_TWO_WORDS) & ~name.str.contains(_FIRM.pattern) & has_only_plain_words(name)
        readable = name.str.to_titlecase()
        match self.person:
            case "first":
                part = readable.str.extract("^([^ ]+)")
            case "last":
                part = readable.str.extract("([^ ]+)$")
            case "full":
                part = readable
            case _:
                part = pl.lit("")
        return pl.when(plain).then(part)

    def _by_library(self, text: pl.Expr) -> pl.Expr:
        part = self.person
        return on_distinct(text, lambda name: _parts(name).get(part) if _parts(name) else None)


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
