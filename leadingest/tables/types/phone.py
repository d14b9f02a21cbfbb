"""`phone`: a telephone number."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.expressions import on_distinct, usually
from leadingest.tables.types.base import Evidence, Look, Storage, TypeExample
from leadingest.tables.types.regional import Region, Regional

#: Area code and exchange are NXX, N from 2 to 9; N11 are service codes, and area codes N9X are kept back for
#: the plan's expansion. 555 is no area code, and stands in many lists for one that is not known. Source: North American Numbering Plan Administrator, "About the NANP" and "Area Codes".
#: A toll-free number is routed as a whole, so that its exchange may be N11: 888-511-0143. Source: 47 CFR 52.101 and
#: NANPA, "Toll-Free Numbers", which says 8XX-NXX-XXXX.
_AREA = "(?:[2-46-9](?:1[02-9]|[02-8][0-9])|5(?:1[02-9]|5[0-46-9]|[02-46-8][0-9]))"
_EXCHANGE = "[2-9](?:1[02-9]|[02-9][0-9])"
_TOLL_FREE = "8(?:00|33|44|55|66|77|88)"
_ANY_EXCHANGE = "[2-9][0-9]{2}"
_GAP = r"[ .\-/]*"
_BETWEEN = rf"(?: ?\))?{_GAP}"
_AREA_AND_EXCHANGE = rf"(?:({_TOLL_FREE}){_BETWEEN}({_ANY_EXCHANGE})|({_AREA}){_BETWEEN}({_EXCHANGE}))"
_NUMBER = rf"(?:\+?1{_GAP})?(?:\( ?)?{_AREA_AND_EXCHANGE}{_GAP}([0-9]{{4}})"
_EXTENSION = r"[ ,;]*(?i:x|ext\.?|extension|#)[ .:#]*([0-9]{1,7})"
_PLAIN = f"^{_NUMBER}$"
_EXTENDED = f"^{_NUMBER}{_EXTENSION}$"

#: One digit ten times over is typed where no number is known: 222-222-2222. By their digits, and as they are stored.
_OF_ONE_DIGIT = [digit * 10 for digit in "23456789"]
_STORED_OF_ONE_DIGIT = rf"^\+1(?:{'|'.join(_OF_ONE_DIGIT)})"

#: What such a number may have beside its digits, and how many those are without the 1 before them.
_SIGNS = list("+() .-/")
_DIGITS = 10

#: The library lets exchanges N11 pass.
_BY_THE_PLAN = re.compile(
    rf"\+1(?!([2-9])\1{{9}})(?:{_TOLL_FREE}{_ANY_EXCHANGE}|{_AREA}{_EXCHANGE})[0-9]{{4}}"
)

#: What says that a number follows: "Tel. 702-555-0143".
_LABEL = re.compile(r"(?:tel(?:ephone)?|ph(?:one)?)\b[.:]?\s*+", re.IGNORECASE)
#: Digits and the signs that numbers are written with, extension included; no other letters.
_WRITTEN_AS_A_NUMBER = re.compile(rf"\+?[\d\s().\-/‐-―]+(?:{_EXTENSION})?", re.IGNORECASE)

#: `+` and 15 digits (E.164), ` x` and the 20 digits that phonenumbers allows an extension.
_LONGEST = 38

#: Regions for which ten digits are a North American number.
_NORTH_AMERICAN = frozenset({"US", "CA", "PR"})


class Phone(Regional):
    """One telephone number. Stored as E.164, `+17025550143`, with an extension as ` x12` after it.

    North American numbers with any usual punctuation are checked by the rules of the numbering plan, all others by
    the phonenumbers library. Words (except "Tel." or "Phone" before the number), letters for digits and two numbers
    in one cell are invalid.
    """

    region: Region = Field(
        default="US",
        description="The country whose numbers may omit the country code: its two-letter code, `none`, or "
        "`{from: HEADER}` for a column (or `let` value) with codes or names of countries.",
    )

    name: ClassVar[str] = "phone"
    problem: ClassVar[str] = "not a valid phone number"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("(702) 555-0143", "+17025550143"),
        TypeExample("1.702.555.0143", "+17025550143"),
        TypeExample("702-555-0143 ext. 12", "+17025550143 x12"),
        TypeExample("(888) 511-0143", "+18885110143"),
        TypeExample("702-411-0143", None),
        TypeExample("555-702-0143", None),
        TypeExample("222-222-2222", None),
        TypeExample("Tel. 702-555-0143", "+17025550143"),
        TypeExample("+44 1632 960001", None),
        TypeExample("01407 830414", "+441407830414", "region: GB"),
        TypeExample("+33 1 42 68 53 00", "+33142685300", "region: none"),
        TypeExample("01 42 68 53 00", None, "region: none"),
        TypeExample("000-000-0000", None),
        TypeExample("123-456-7890", None),
        TypeExample("702-555-CARE", None),
    )
    nearly: ClassVar[str] = (
        r"\(?[0-9]{3}\)?[ .-]?[0-9]{3}-?[0-9]{4}( ?(x|ext\.?|#) ?[0-9]{1,8})?|\+[0-9]{8,14}"
    )
    look: ClassVar[Look] = Look(
        "phone",
        r"^(?:\+?1[ .\-/]*)?(?:\( ?)?[2-9][0-9]{2}(?: ?\))?[ .\-/]*[2-9][0-9]{2}[ .\-/]*[0-9]{4}(?:[ ,;]*(?i:x|ext\.?|#)[ .:#]*[0-9]{1,7})?$",
        "phone numbers",
        Evidence.NO_TEXT,
        roughly=r"^(?:\+?1[ .-]?)?\(?[0-9]{3}\)?[ .\-/]*[0-9]{3}[ .\-]*[0-9]{4}(?:\D{1,6}[0-9]{1,6})?$",
        header="Phone",
    )
    code: ClassVar[bool] = True

    @classmethod
    def knows(cls, region: str) -> bool:
        if region in _NORTH_AMERICAN:
            return True
        from phonenumbers import SUPPORTED_REGIONS

        return region in SUPPORTED_REGIONS

    @property
    def storage(self) -> Storage:
        return Storage("text", length=_LONGEST)

    def comparable(self, value: pl.Expr) -> pl.Expr:
        return value

    def parse_in(self, text: pl.Expr, region: str | None) -> pl.Expr:
        if region not in _NORTH_AMERICAN:
            return _by_library(text, region)
        return usually(
            text, _plain, lambda other: usually(other, _extended, partial(_by_library, region=region))
        )


def _plain(text: pl.Expr) -> pl.Expr:
    # The pattern has found ten digits behind at most a 1; to take its groups apart would cost four times as much.
    digits = text.str.replace_many(_SIGNS, [""]).str.tail(_DIGITS)
    return pl.when(text.str.contains(_PLAIN) & ~digits.is_in(_OF_ONE_DIGIT)).then(
        pl.concat_str([pl.lit("+1"), digits])
    )


def _extended(text: pl.Expr) -> pl.Expr:
    stored = text.str.replace(_EXTENDED, "+1${1}${2}${3}${4}${5} x${6}")
    return pl.when(text.str.contains(_EXTENDED) & ~stored.str.contains(_STORED_OF_ONE_DIGIT)).then(stored)


def _by_library(text: pl.Expr, region: str | None) -> pl.Expr:
    return on_distinct(text, partial(_read, region=region))


@lru_cache(maxsize=100_000)
def _read(text: str, region: str | None) -> str | None:
    """The stored form of one number, or None."""
    import phonenumbers

    label = _LABEL.match(text)
    written = text[label.end() :] if label else text
    if not _WRITTEN_AS_A_NUMBER.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    stored = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if stored.startswith("+1") and not _BY_THE_PLAN.fullmatch(stored):
        return None
    return f"{stored} x{number.extension}" if number.extension else str(stored)
