"""The text of an SQL expression, cut into words, names, texts, numbers and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from leadingest.errors import FaultError
from leadingest.operations.sql.operators import OPERATORS

#: A `name` stands in double quotes, a `text` in single ones; a `word` is anything else made of letters.
TokenKind = Literal["name", "text", "number", "word", "sign", "end"]

#: Characters of an expression.
LONGEST: Final = 20_000
_SIGNS: Final = sorted(
    {*(sign for sign in OPERATORS if not sign.isalpha()), "(", ")", ","}, key=len, reverse=True
)
# Possessive throughout: a quote that is not closed is found in one pass, however long the text.
_TOKEN: Final = re.compile(
    rf"""(?P<text>'(?:[^']|'')*+')|(?P<name>"(?:[^"]|"")*+")
    |(?P<number>(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+)
    |(?P<word>(?:[^\W\d]|[\#@])[\w$\#@]*+)
    |(?P<sign>{"|".join(re.escape(sign) for sign in _SIGNS)})""",
    re.VERBOSE,
)
_BLANK: Final = re.compile(r"\s++")

#: Signs that mean something in SQL and are not here: what is said of them.
_STRAY: Final = {
    "--": "must not have comments",
    "/*": "must not have comments",
    "$$": "must not have $$: a text stands in single quotes",
    "`": "must not have backticks: a name stands in double quotes",
    "::": "must not cast with ::, which fails at the first value that cannot be cast; use TRY_CAST",
    "//": "must not have //: write DIV(a, b)",
    ";": "must be one expression, without ;",
    "[": "must not have [ ]: write ARRAY_GET(list, n)",
    "{": "must not have { }",
    "'": "has a single quote that is not closed",
    '"': "has a double quote that is not closed",
    ".": "must not have a name behind a point: a header with a point in it stands in double quotes",
    "->": "must not have ->: the word `json` takes a value out of JSON",
    "#>": "must not have #>: the word `json` takes a value out of JSON",
    "^": "must not have ^: write POW(a, b)",
    "?": "must not have ?",
}


@dataclass(frozen=True)
class Token:
    """A piece of an expression and where in the text it stands."""

    kind: TokenKind
    #: As it is meant: a name or a text is without its quotes.
    value: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """A word in capitals; nothing for another token."""
        return self.value.upper() if self.kind == "word" else ""


def tokens_of(text: str) -> list[Token]:
    """The tokens, an `end` last. Raises FaultError for what is not one."""
    if len(text) > LONGEST:
        raise FaultError("bad_sql", f"must not be longer than {LONGEST:,} characters")
    if not text.isprintable() and re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text):
        raise FaultError("bad_sql", "must not have control characters")
    found = list(_tokens(text))
    for before, token in pairwise(found):
        if before.end == token.start and _glued(before, token):
            written = text[before.start : token.end][:40]
            raise FaultError("bad_sql", f"must not have {written}: a blank, or a sign, is missing in it")
    return [*found, Token("end", "", len(text), len(text))]


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        for stray, message in _STRAY.items():
            if len(stray) > 1 and text.startswith(stray, at):
                raise FaultError("bad_sql", message)
        match = _TOKEN.match(text, at)
        if not match:
            raise FaultError("bad_sql", _STRAY.get(text[at], f"must not have the sign {text[at]}"))
        yield _token(match)
        at = match.end()


def _token(match: re.Match[str]) -> Token:
    written = match[0]
    start, end = match.span()
    match match.lastgroup:
        case "text":
            return Token("text", written[1:-1].replace("''", "'"), start, end)
        case "name":
            return Token("name", written[1:-1].replace('""', '"'), start, end)
        case "number":
            return Token("number", written, start, end)
        case "word":
            return Token("word", written, start, end)
    return Token("sign", written, start, end)


def _glued(before: Token, token: Token) -> bool:
    """Whether two tokens that touch may be one to somebody else: `12L`, `x'41'`, `'a''b'`, `a"b"`."""
    apart = ("sign", "end")
    return before.kind not in apart and token.kind not in apart
