"""What the format of a cell makes of the number in it: a date, a time, digits with leading zeros."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal
from xml.etree.ElementTree import Element  # only a name for types: parsing is defusedxml's

import polars as pl

from leadingest.deliveries.workbook.package import Package

#: The formats that have a number but no text in the file (ECMA-376, 18.8.30; 27 to 36 and 50 to 58 are dates in
#: East Asian editions, 71 to 81 in Thai ones).
_BUILT_IN: Final[dict[int, str]] = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59), *range(71, 75)), "d"),
    **dict.fromkeys((22, 78), "d h"),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 75, 76, 77, 79, 81), "h"),
    **dict.fromkeys((46, 80), "[h]"),
}
#: Texts, escaped characters, blanks as wide as a character, fillings, colors, conditions and languages.
_NO_PLACEHOLDERS: Final = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?!h++\]|m++\]|s++\])[^\[\]]*+\]', re.IGNORECASE)
_ELAPSED: Final = re.compile(r"\[(?:h++|m++|s++)\]", re.IGNORECASE)
#: How many digits at the least, or a text that is shown as it is: (5, "-", 4) for 00000-0000.
Mask = tuple[int | str, ...]

#: The signs of a format code (ECMA-376, 18.8.31): a text, a sign after \, a blank as wide as the sign after _, a
#: sign after * to fill the column with, brackets, the end of a section, zeros, any other sign.
_TOKEN: Final = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[[^\[\]]*+\]|;|0++|.', re.DOTALL)
#: Signs that need no quotes to be shown; the slash is left out, which makes a fraction.
_SHOWN: Final = frozenset(" -()+:$!^&'~{}<>=")
_COLOR: Final = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}", re.IGNORECASE)
#: A sign of a currency, which may be any text, and a language.
_LOCALE: Final = re.compile(r"\$([^\[\]]*?)(?:-[0-9A-Fa-f]{1,8})?")
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)")
_COMPARED: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
#: The numbers that the sections before the last stand for, by how many there are, where they do not say it. A
#: fourth is for texts.
_UNSAID: Final = {1: (), 2: ((">=", 0.0),), 3: ((">", 0.0), ("<", 0.0))}
_NUMBERS_SECTIONS: Final = 3
#: One zero alone, and more zeros than any license has digits, make no mask.
_FEWEST_ZEROS, _MOST_ZEROS = 2, 32


@dataclass(frozen=True)
class NumberFormat:
    """How a number is to be read; `masks` are those of digits: 00000 for a ZIP code, 000-00-0000 for others."""

    kind: Literal["number", "date", "time", "elapsed", "digits"] = "number"
    masks: DigitMasks | None = None

    @classmethod
    def of(cls, code: str) -> NumberFormat:
        """The format with this code: of a date's sections, the one for positive numbers counts."""
        if masks := DigitMasks.of(code):
            return cls("digits", masks)
        section = "".join(sections(code)[0])
        if _ELAPSED.search(section):
            return cls("elapsed")
        letters = set(_NO_PLACEHOLDERS.sub("", section).lower())
        if "general" in section.lower() or not letters & set("ymdhs"):
            return cls()
        return cls("date" if letters & set("yd") or not letters & set("hs") else "time")


def read_number_formats(package: Package, styles: str) -> tuple[NumberFormat, ...]:
    """The format of each style that cells refer to by number. Raises DeliveryError for a damaged part."""
    if not styles or styles not in package:
        return ()
    root = package.xml(styles)
    try:
        codes = {_format_number(element): element.get("formatCode", "") for element in _in(root, "numFmts")}
        numbers = [_format_number(element) for element in _in(root, "cellXfs")]
    except ValueError as error:
        raise package.damaged() from error
    formats = {number: NumberFormat.of(code) for number, code in {**_BUILT_IN, **codes}.items()}
    return tuple(formats.get(number, NumberFormat()) for number in numbers)


def _format_number(element: Element) -> int:
    return int(element.get("numFmtId", 0))


def _in(root: Element, list_name: str) -> Iterator[Element]:
    for element in root:
        if element.tag.rpartition("}")[2] == list_name:
            yield from element


def sections(code: str) -> list[list[str]]:
    """The sections of a format code, each as its signs."""
    found: list[list[str]] = [[]]
    for sign in _TOKEN.findall(code):
        if sign == ";":
            found.append([])
        else:
            found[-1].append(sign)
    return found


@dataclass(frozen=True)
class _Section:
    #: Which numbers it is for; None for all that no section before is for.
    condition: tuple[str, float] | None
    #: None where the section is not understood: its numbers stay as they are.
    mask: Mask | None

    @classmethod
    def of(cls, signs: list[str]) -> _Section:
        """The section as it is written."""
        conditions = [found for sign in signs if (found := _CONDITION.fullmatch(sign[1:-1]))]
        condition = (conditions[0][1], float(conditions[0][2])) if conditions else None
        parts = list(_parts(signs))
        zeros = sum(part for part in parts if isinstance(part, int))
        understood = None not in parts and _FEWEST_ZEROS <= zeros <= _MOST_ZEROS
        return cls(condition, tuple(part for part in parts if part) if understood else None)


@dataclass(frozen=True)
class DigitMasks:
    """How whole numbers are shown, by the sections of a format."""

    of_sections: tuple[_Section, ...]

    @classmethod
    def of(cls, code: str) -> DigitMasks | None:
        """The masks of the format with this code; None where no section of it is one."""
        read = [_Section.of(section) for section in sections(code)[:_NUMBERS_SECTIONS]]
        if not any(each.mask for each in read):
            return None
        unsaid: list[tuple[str, float] | None] = [*_UNSAID[len(read)], None]
        if any(each.condition for each in read):
            unsaid = [None, *[("<", 0.0)] * (len(read) - 2), None][-len(read) :]
        return cls(
            tuple(
                _Section(each.condition or default, each.mask)
                for each, default in zip(read, unsaid, strict=True)
            )
        )

    def shown(self, numbers: pl.Series) -> pl.Series:
        """Whole numbers as the mask of their section shows them; those below zero and all others as they are.

        45 is 00045 by the mask 00000, and 123456789 is 123-45-6789 by 000-00-0000.
        """
        left = numbers.str.contains("^[0-9]+$")
        values = numbers.cast(pl.Float64, strict=False)
        for section in self.of_sections:
            here = left
            if section.condition:
                sign, bound = section.condition
                here = left & _COMPARED[sign](values, bound)
            if section.mask and here.any():
                numbers = masked(numbers, section.mask).zip_with(here, numbers)
            left = left & ~here
        return numbers


def masked(numbers: pl.Series, mask: Mask) -> pl.Series:
    """Texts of digits filled up with zeros to those of the mask, and with its texts around and between them."""
    left = zeros = sum(part for part in mask if isinstance(part, int))
    filled = numbers.str.zfill(zeros)
    shown: list[pl.Expr] = []
    for part in mask:
        if isinstance(part, str):
            shown.append(pl.lit(part))
            continue
        # What has more digits than the mask has zeros is longer at its beginning.
        first = left == zeros
        left -= part
        digits = pl.col("digits").str.head(-left) if left else pl.col("digits")
        shown.append(digits if first else digits.str.tail(part))
    return filled.alias("digits").to_frame().select(pl.concat_str(shown).alias(numbers.name)).to_series()


def _parts(signs: list[str]) -> Iterator[int | str | None]:
    """What each sign shows: nothing, a text, or so many digits; None where it is not understood."""
    for sign in signs:
        if sign[0] == "0":
            yield len(sign)
        elif sign[0] == '"' and len(sign) > 1:
            yield sign[1:-1]
        elif sign[0] == "\\" and len(sign) > 1:
            yield sign[1:]
        elif sign[0] in "_*" and len(sign) > 1:
            yield ""
        elif sign[0] == "[" and len(sign) > 1:
            yield _bracketed(sign[1:-1])
        else:
            yield sign if sign in _SHOWN else None


def _bracketed(text: str) -> str | None:
    if _COLOR.fullmatch(text) or _CONDITION.fullmatch(text):
        return ""
    locale = _LOCALE.fullmatch(text)
    return locale[1] if locale else None
