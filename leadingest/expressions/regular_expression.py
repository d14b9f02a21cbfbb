"""Regular expressions of the mapping language: those of Rust's regex crate, in which polars runs them.

They run in linear time, whatever the pattern: there is no look-around and there are no back-references.
Syntax: documentation of the Rust crate `regex`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Final

import polars as pl
from pydantic import AfterValidator

from leadingest.errors import FaultError

#: A reference in a new text. Source: documentation of the Rust crate `regex`, "Replacement string syntax".
_REFERENCE: Final = re.compile(r"\$(?:\$|\{(?P<braced>[^}]*+)\}|(?P<bare>[0-9A-Za-z_]++))")
_NAME: Final = re.compile(r"\(\?P?<([A-Za-z_][A-Za-z0-9_.\[\]]*+)>")


#: What the parser finds wrong, by a part of its own words. Source: `ErrorKind` of the Rust crate `regex-syntax`.
_REASONS: Final = {
    "unclosed group": "a ( is not closed",
    "unopened group": "a ) closes nothing",
    "unclosed character class": "a [ is not closed",
    "unclosed capture group name": "the name of a group is not closed with >",
    "unclosed counted repetition": "a { is not closed; \\{ is the sign itself",
    "repetition operator missing": "nothing is there to repeat; \\*, \\+ and \\? are the signs themselves",
    "repetition count range": "the first number in { } is larger than the second",
    "repetition quantifier": "there is no number in { }; \\{ is the sign itself",
    "hexadecimal": "a character is not written as \\x7F or \\x{10FFFF}",
    "decimal": "there is no number in { }; \\{ is the sign itself",
    "class range": "the first end of a range in [ ] is behind the second; \\- is the sign itself",
    "range boundary": "a range in [ ] needs a character at both ends; \\- is the sign itself",
    "look-around": "there is no look-ahead and no look-behind",
    "backreferences": "there are no back-references",
    "incomplete escape": "a \\ ends it; \\\\ is the sign itself",
    "escape sequence": "a \\ stands before a sign that it does not go with",
    "Unicode property": "there is no Unicode property of this name",
    "Unicode character class": "there is no Unicode property of this name",
    "duplicate capture group": "two groups have the same name",
    "capture group": "the name of a group must be made of letters, digits and _",
    "flag": "a flag behind (? is none of i m s U u x, with - before those to take off",
    "word boundary": "behind \\b stands a { that names none of start, end, start-half and end-half",
    "invalid UTF-8": "it may match a part of a character",
    "Unicode not allowed": "it may match a part of a character",
    "nested": "its parts are nested too deep",
    "capturing groups": "it has too many groups",
}


@lru_cache(maxsize=4096)
def checked_pattern(pattern: str) -> str:
    """The pattern, if it compiles. Raises FaultError."""
    try:
        pl.select(pl.lit("").str.contains(pattern))
    except pl.exceptions.PolarsError as error:
        raise FaultError("bad_pattern", f"must be a regular expression: {_reason(error)}") from error
    return pattern


#: A pattern that compiles.
Pattern = Annotated[str, AfterValidator(checked_pattern)]


@lru_cache(maxsize=4096)
def groups(pattern: str) -> int:
    """How many capturing groups the pattern has."""
    captures = pl.select(pl.lit("").str.extract_groups(pattern).alias("groups")).schema["groups"]
    return len(captures.fields) if isinstance(captures, pl.Struct) else 0


def refuse_missing_groups(pattern: str, new: str) -> None:
    """Raise FaultError if the new text names a group that the pattern does not have: nothing would be put there."""
    for name in _missing(pattern, new):
        digits = re.match(r"[0-9]+(?=.)", name)
        hint = f"; the group {digits[0]} is written ${{{digits[0]}}}" if digits else ""
        said = (
            f"names a group {name!r} that the pattern does not have: nothing would be put in its place{hint}"
        )
        raise FaultError("missing_group", said)


def _missing(pattern: str, new: str) -> Iterator[str]:
    number, names = groups(pattern), set(_NAME.findall(pattern))
    for found in _REFERENCE.finditer(new):
        name = found["braced"] or found["bare"]
        if name and not (name in names or (name.isascii() and name.isdigit() and int(name) <= number)):
            yield name


def _reason(error: Exception) -> str:
    """What is wrong with the pattern, in our words, and at which of its characters."""
    said = str(error)
    if "exceeds size limit" in said:
        return "it is too large: fewer, or smaller, repetitions"
    lines = said.splitlines()
    found = next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), "")
    reason = next((ours for theirs, ours in _REASONS.items() if theirs in found), "it cannot be read")
    # Of a pattern of one line its drawing is the third line, which four blanks move to the right.
    place = lines[2].find("^") - 4 if len(lines) > 2 and not lines[2].strip(" ^") else -1
    return f"at character {place + 1}, {reason}" if place >= 0 else reason
