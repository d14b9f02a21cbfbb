"""What the format of a cell makes of the number in it: a date, a time, digits with leading zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from xml.etree.ElementTree import Element  # only a name for types: parsing is defusedxml's

from leadingest.deliveries.workbook.digit_masks import DigitMasks, sections
from leadingest.deliveries.workbook.package import Package

#: The formats that have a number but no text in the file (ECMA-376, 18.8.30; 27 to 36 and 50 to 58 are dates in
#: East Asian editions, 71 to 81 in Thai ones).
_BUILT_IN: Final[dict[int, str]] = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59), *range(71, 75)), "d"),
    **dict.fromkeys((22, 78), "d h"),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 75, 76, 77, 79, 81), "h"),
    **dict.fromkeys((46, 80), "[h]"),
}
#: Texts, escaped characters, blanks as wide as a character, fillings, colours, conditions and languages.
_NO_PLACEHOLDERS: Final = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?!h++\]|m++\]|s++\])[^\[\]]*+\]', re.IGNORECASE)
_ELAPSED: Final = re.compile(r"\[(?:h++|m++|s++)\]", re.IGNORECASE)


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
