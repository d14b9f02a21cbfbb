"""Text as it stands in the XML of a workbook, made into what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import polars as pl

from leadingest.errors import DeliveryError

#: White space, attributes and texts of the elements below, as regular expressions of polars. No attribute that is
#: read has an equals sign in its value, so that one which has is not taken for two.
SPACE: Final = r"[ \t\r\n]*"
ATTRIBUTES: Final = r'(?:[ \t\r\n]+[\w:.-]+[ \t\r\n]*=[ \t\r\n]*"[^"<>=]*")*[ \t\r\n]*'
_TEXT: Final = rf"<t{ATTRIBUTES}(?:/>|>[^<]*</t>)"
#: A run of text, without what it looks like.
_RUN: Final = rf"<r{ATTRIBUTES}>{SPACE}(?:{_TEXT})?{SPACE}</r>"
#: How a Japanese text is pronounced stands beside it, and is no part of it.
_SPOKEN: Final = rf"<rPh{ATTRIBUTES}>{SPACE}(?:(?:{_TEXT}|{_RUN}){SPACE})*</rPh>|<phoneticPr{ATTRIBUTES}(?:/>|></phoneticPr>)"
#: The content of an element that holds a text, with or without runs in different fonts.
RICH_TEXT: Final = rf"(?:{SPACE}(?:{_TEXT}|{_RUN}|{_SPOKEN}))*{SPACE}"

_REFERENCE: Final = r"&[^&;]*;?"
#: Characters that XML cannot hold are written by their code, and so is what looks like that (ECMA-376, 22.9.2.19).
_ESCAPE: Final = r"_x[0-9A-Fa-f]{4}_"
_NAMED: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_NUMBERED: Final = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_SURROGATES: Final = range(0xD800, 0xE000)


def rich_text(content: pl.Series) -> pl.Series:
    """The text of elements whose content fits RICH_TEXT, without what it sounds like."""
    spoken = content.str.replace_all(r"(?s)<rPh[ >].*?</rPh>", "")
    texts = spoken.str.extract_all(r"<t(?:\s[^<>]*)?>[^<]*</t>").list.join("")
    return texts.str.replace_all("<[^<>]*>", "")


def plain_text(texts: pl.Series, damaged: Callable[[], DeliveryError]) -> pl.Series:
    """The texts with references to characters resolved; raises DeliveryError (`damaged`) for an unknown one."""
    if texts.str.contains("\r", literal=True).any():
        texts = texts.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    texts = _replaced(texts, _REFERENCE, "&", lambda found: _character(found, damaged))
    return _replaced(texts, _ESCAPE, "_x", _unescaped)


def _replaced(texts: pl.Series, pattern: str, sign: str, meaning: Callable[[str], str]) -> pl.Series:
    """Each match replaced by its meaning, all in one pass, so that nothing is replaced twice."""
    concerned = texts.filter(texts.str.contains(sign, literal=True))
    if concerned.is_empty():
        return texts
    found = concerned.str.extract_all(pattern).explode(empty_as_null=False).unique()
    return texts.str.replace_many({match: meaning(match) for match in found}, leftmost=True)


def _character(reference: str, damaged: Callable[[], DeliveryError]) -> str:
    if reference in _NAMED:
        return _NAMED[reference]
    number = _NUMBERED.fullmatch(reference)
    code = 0 if not number else int(number[1], 16) if number[1] else int(number[2])
    if not code or code in _SURROGATES or code > 0x10FFFF:
        raise damaged()
    return chr(code)


def _unescaped(escape: str) -> str:
    code = int(escape[2:6], 16)
    return escape if not code or code in _SURROGATES else chr(code)
