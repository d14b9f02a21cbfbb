"""`ages`: the youngest, the oldest or the groups out of a cell that says which ages are taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Final, Literal, get_args

import polars as pl

from leadingest.expressions import on_distinct
from leadingest.operations.base import INVALID, Example, PartOperation
from leadingest.operations.in_years import UNITS, InYears

Part = Literal["min", "max", "list"]
_PARTS = pl.Struct(dict.fromkeys(get_args(Part), pl.String))

#: How the load table calls each group, and its youngest and oldest age in whole years.
GROUPS: Final = {"Infant": (0, 0), "Toddler": (1, 1), "Preschool": (2, 4), "School": (5, 12)}


class Ages(PartOperation):
    """Take the youngest age, the oldest age or the list of age groups out of a cell that says which ages are taken.

    Ages have units as for `in_years`, and become completed years; the first of two may leave the unit to the second: `2
    to 5 years`. Groups are `Infant` (0 years), `Toddler` (1), `Preschool` (2 to 4) and `School` age (5 to 12), in the
    usual spellings; ages in brackets behind a group stand in place of these. `Twos` to `Twelves` are ages, too. A cell is an
    age or a group, two of them with `to` or a dash between, or several of these, in any order, with a comma, `;`, `|`,
    `/`, `&`, `and` or a line break between. `list` has the groups which the ages touch, the youngest first. Without an end,
    as in `5 years and up`, `max` is blank.

    A cell with anything else in it, with a number whose unit is unclear, or that runs from old to young is not recognized.
    """

    ages: Part

    problem: ClassVar[str] = "does not say which ages are taken"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{from: Ages, ages: min}",
            (
                ("6 weeks to 12 years", "0"),
                ("2-5 years", "2"),
                ("Infant to Twelves (12)", "0"),
                ("School age, Toddler", "1"),
                ("3 to 5", INVALID),
                ("6 weeks to 12 years, if potty trained", INVALID),
            ),
            type="integer",
        ),
        Example(
            "{from: Ages, ages: max}",
            (
                ("6 weeks to 12 years", "12"),
                ("0 to 2½", "2"),
                ("Infant to Twelves (12)", "12"),
                ("5 years and up", None),
                ("Preschool (3-5 years)", "5"),
                ("12 years to 6 weeks", INVALID),
            ),
            type="integer",
        ),
        Example(
            "{from: Ages, ages: list}",
            (
                ("School age, Infant, Toddler", "Infant, Toddler, School"),
                ("18 months to 4 years", "Toddler, Preschool"),
                ("Toddlers (12-23 months; 1yr.)|Preschool", "Toddler, Preschool"),
            ),
        ),
    )

    def apart(self, value: pl.Expr) -> pl.Expr:
        return on_distinct(value, _parts, _PARTS)

    def part(self, parts: pl.Expr) -> pl.Expr:
        return parts.struct.field(self.ages)


@dataclass(frozen=True)
class _Span:
    """From the youngest to the oldest age, in whole years; `oldest` is None where there is no end."""

    youngest: int
    oldest: int | None
    groups: frozenset[str] = frozenset()

    @property
    def touched(self) -> frozenset[str]:
        """The groups that it names, or that its ages touch."""
        return self.groups or frozenset(
            group
            for group, (first, last) in GROUPS.items()
            if first <= (last if self.oldest is None else self.oldest) and self.youngest <= last
        )


_WORDS: Final = ("ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines", "tens")
_YEARS: Final = {word: years for years, word in enumerate((*_WORDS, "elevens", "twelves"), start=1)}
_SPELLINGS: Final = {
    "Infant": r"infants?|babies",
    "Toddler": r"toddlers?",
    "Preschool": r"pre-?\s?school(?:ers?|\s?-?aged?)?",
    "School": r"school(?:[\s-]?aged?|[\s-]?agers?)?",
}
_UNIT: Final = "|".join(UNITS.values())
_NUMBER: Final = r"\d{1,3}(?:\.\d{1,2})?(?:\s*[½¼¾])?|[½¼¾]"
_ONE: Final = rf"(?:{_NUMBER})\s*-?\s*(?:{_UNIT})(?:\(s\))?\.?"
#: What a cell is made of, one behind the other; the first that matches counts.
_TOKENS: Final = re.compile(
    rf"[^\S\n]*(?:(?P<age>{_ONE}(?:\s*(?:[,/&]|\band\b)?\s*{_ONE})*(?:[\s-]*olds?\b)?)"
    rf"|(?P<number>{_NUMBER})"
    rf"|(?P<birth>birth|newborns?)"
    rf"|(?P<years>{'|'.join(_YEARS)})\b"
    rf"|(?P<up>\+|(?:(?:\band|&|-|or)?\s*(?:up|older|over|above)\b))"
    rf"|(?P<to>to\b|through\b|thru\b|-|–|—)"
    rf"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<next>[,;|/&\n]|\band\b)"
    + "".join(rf"|(?P<{group}>(?:{spelling})\b)" for group, spelling in _SPELLINGS.items())
    + ")[^\\S\n]*",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(r"(?:ages?\b\s*:?\s*)?", re.IGNORECASE)

_Token = tuple[str, str]


@lru_cache(maxsize=100_000)
def _parts(text: str) -> dict[str, str] | None:
    tokens = _tokens(text)
    spans = _spans(tokens) if tokens else None
    if not spans:
        return None
    youngest = min(span.youngest for span in spans)
    ends = [span.oldest for span in spans]
    touched = frozenset().union(*(span.touched for span in spans))
    return {
        "min": str(youngest),
        "max": "" if None in ends else str(max(end for end in ends if end is not None)),
        "list": ", ".join(group for group in GROUPS if group in touched),
    }


def _tokens(text: str) -> list[_Token] | None:
    """What the text is made of; None where it has anything else in it."""
    headed = _HEADED.match(text)
    at = headed.end() if headed else 0
    found = []
    while at < len(text):
        token = _TOKENS.match(text, at)
        if token is None or not token.lastgroup:
            return None
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


def _spans(tokens: list[_Token]) -> list[_Span] | None:
    """The spans between separators; None where one of them is none."""
    parts: list[list[_Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token[0], 0)
        if token[0] == "next" and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    # A line break beside a comma, or `, and`, parts once.
    spans = [_span(part) for part in parts if part]
    return None if None in spans else [span for span in spans if span]


def _span(tokens: list[_Token]) -> _Span | None:
    """An age or a group, from one to another, or from one on."""
    if tokens[-1][0] == "up":
        first = _point(tokens[:-1])
        return replace(first, oldest=None, groups=frozenset()) if first else None
    ways = [at for at, (kind, _) in enumerate(tokens) if kind == "to" and not _is_inside(tokens, at)]
    if not ways:
        return _point(tokens)
    if len(ways) > 1:
        return None
    before, after = tokens[: ways[0]], tokens[ways[0] + 1 :]
    last = _point(after)
    first = _point(before) or _sharing_the_unit(before, after)
    if first is None or last is None or (last.oldest is not None and first.youngest > last.oldest):
        return None
    return _Span(first.youngest, last.oldest)


def _is_inside(tokens: list[_Token], at: int) -> bool:
    kinds = [kind for kind, _ in tokens[:at]]
    return kinds.count("open") > kinds.count("close")


def _point(tokens: list[_Token]) -> _Span | None:
    """One age or group, maybe with ages in brackets behind it."""
    if not tokens:
        return None
    (kind, text), *behind = tokens
    inside = _inside(behind, years=kind == "years")
    if inside is None:
        return None
    if kind in GROUPS:
        first, last = GROUPS[kind]
        youngest = min((span.youngest for span in inside), default=first)
        ends = [span.oldest for span in inside] or [last]
        oldest = max((max(last, youngest) if end is None else end) for end in ends)
        return _Span(youngest, oldest, frozenset((kind,)))
    years = 0 if kind == "birth" else _YEARS.get(text.lower()) if kind == "years" else _years(text)
    if years is None or any((span.youngest, span.oldest) != (years, years) for span in inside):
        return None
    return _Span(years, years)


def _inside(tokens: list[_Token], *, years: bool) -> list[_Span] | None:
    """The ages between brackets, none where there are none; None where there is anything else. `years` is their unit."""
    if not tokens:
        return []
    if len(tokens) < 3 or tokens[0][0] != "open" or tokens[-1][0] != "close":
        return None
    inside = [
        ("age", f"{text} years") if years and kind == "number" else (kind, text)
        for kind, text in tokens[1:-1]
    ]
    if any(kind in ("open", "close") for kind, _ in inside):
        return None
    return _spans(inside)


def _sharing_the_unit(before: Iterable[_Token], after: list[_Token]) -> _Span | None:
    """The number before `to` in the unit of the age behind it; nothing is nothing in any unit."""
    match list(before):
        case [("number", "0")]:
            return _Span(0, 0)
        case [("number", number)] if len(after) == 1 and after[0][0] == "age":
            unit = re.search(rf"(?:{_UNIT})(?:\(s\))?\.?(?:[\s-]*olds?)?$", after[0][1], re.IGNORECASE)
            years = _years(f"{number} {unit[0]}") if unit else None
            return None if years is None else _Span(years, years)
    return None


_IN_YEARS: Final = InYears(in_years=True)


@lru_cache(maxsize=4096)
def _years(age: str) -> int | None:
    """The age in completed years, as `in_years` reads it."""
    (years,) = _IN_YEARS.made_of([re.sub(r"[\s-]*olds?$", "", age, flags=re.IGNORECASE)])
    return int(years) if years else None
