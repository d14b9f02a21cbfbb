"""Numbers, dates and spans of time that are written out in an SQL expression."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from typing import Final

from leadingest.errors import FaultError
from leadingest.operations.sql.operators import UNITS

#: The largest number to calculate with, the last whole one that no other rounds to as a float: 2^53 - 1. Source: IEEE 754,
#: binary64.
LARGEST: Final = 9_007_199_254_740_991
#: The digits of a whole number that surely fits into 64 bits.
_MOST_DIGITS: Final = 18
#: Days of all spans of an expression: no date is further from another.
LONGEST_SPAN: Final = 9_999 * 366
#: The days of a unit, rounded up.
_DAYS: Final = {
    "year": 366,
    "month": 31,
    "week": 7,
    "day": 1,
    "hour": 1 / 24,
    "minute": 1 / 1440,
    "second": 1 / 86_400,
}
_SPAN: Final = re.compile(rf"(?P<number>[0-9]{{1,5}})\s*+(?P<unit>{'|'.join(UNITS)})s?+", re.IGNORECASE)
_READ_BY: Final = {
    "DATE": (date.fromisoformat, re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "DATE '2026-03-01'"),
    "TIME": (time.fromisoformat, re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?+"), "TIME '10:20:30'"),
    "TIMESTAMP": (
        datetime.fromisoformat,
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?+"),
        "TIMESTAMP '2026-03-01 10:20:30'",
    ),
}


def number_literal(written: str) -> str:
    """The number, as polars gets it. One with a point is a float: polars' decimals stop at what they cannot hold.

    Raises FaultError for a number that is too large.
    """
    whole = written.isdigit()
    if (whole and len(written.lstrip("0")) > _MOST_DIGITS) or not math.isfinite(float(written)):
        raise FaultError("bad_sql", f"must not have the number {written[:40]}, which is too large")
    return written if whole else f"TRY_CAST({written} AS DOUBLE)"


def temporal_literal(word: str, text: str) -> str:
    """`DATE '2026-03-01'` and the like, as polars gets it. Raises FaultError for a day that there is not."""
    if word == "INTERVAL":
        return f"INTERVAL '{_span(text)}'"
    word = "TIMESTAMP" if word == "DATETIME" else word
    read, form, example = _READ_BY[word]
    try:
        if not form.fullmatch(text):
            raise ValueError(text)
        read(text)
    except ValueError as error:
        raise FaultError("bad_sql", f"must not have {word} '{text[:40]}': it is written {example}") from error
    return f"{word} '{text}'"


def _span(text: str) -> str:
    pieces = [piece.strip() for piece in re.split(r"(?<=[a-zA-Z])[\s,]++(?=[0-9])", text.strip())]
    found = [_SPAN.fullmatch(piece) for piece in pieces]
    if not all(found):
        raise FaultError(
            "bad_sql",
            f"must not have INTERVAL '{text[:40]}': it is written INTERVAL '30 days' or '1 year 6 months'",
        )
    return " ".join(f"{int(each['number'])} {each['unit'].lower()}" for each in found if each)


def days_in_span(text: str) -> float:
    """About how many days there are in the text of an INTERVAL that can be read, rather more than fewer."""
    return sum(int(each["number"]) * _DAYS[each["unit"].lower()] for each in _SPAN.finditer(text))
