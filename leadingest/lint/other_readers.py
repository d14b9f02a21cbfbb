"""What other readers of YAML take a text without quotes for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# Sources: YAML 1.1, "Language-Independent Types" (bool, int, float, timestamp, value); YAML 1.2.2, section 10.3.
_BOOLEAN = re.compile(
    r"y|Y|n|N|(?:yes|no|on|off)|(?:Y(?:es|ES)|N(?:o|O)|O(?:n|N|ff|FF))|T(?:rue|RUE)|F(?:alse|ALSE)"
)
_OCTAL = re.compile(r"[-+]?0(?:o?[0-7_]+)")
_DECIMAL = re.compile(r"[-+]?(?:0[0-9_]*|[1-9][0-9_]*)")
_OTHER_BASE = re.compile(r"[-+]?0(?:x[0-9a-fA-F][0-9a-fA-F_]*|b[01][01_]*)")
_SEXAGESIMAL = re.compile(r"[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?")
#: Characters of a number that anybody would write; Python makes no number of very long ones.
_LONGEST: Final = 100
_PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_by_others(text: str) -> str | None:
    """What some other reader makes of the text, where that is written otherwise than the text; else None."""
    if not 0 < len(text) <= _LONGEST or not (text[0] in "-+.=0123456789" or text in _WORDS):
        return None
    return next((read(text) for pattern, read in _READERS if pattern.fullmatch(text)), None)


def _boolean(text: str) -> str:
    return "true" if text.lower() in ("y", "yes", "on", "true") else "false"


def _octal(text: str) -> str | None:
    digits = text.replace("_", "").replace("o", "").lstrip("+")
    return _changed(text, str(int(digits, 8)))


def _decimal(text: str) -> str | None:
    return _changed(text, str(int(text.replace("_", ""))))


def _other_base(text: str) -> str | None:
    return _changed(text, str(int(text.replace("_", ""), 0)))


def _sexagesimal(text: str) -> str | None:
    sign, number = (-1 if text.startswith("-") else 1), text.lstrip("+-").replace("_", "")
    whole, _, fraction = number.partition(".")
    total = 0
    for part in whole.split(":"):
        total = total * 60 + int(part)
    return f"{sign * total}" + (f".{fraction}" if fraction else "")


def _float(text: str) -> str | None:
    return _changed(text, repr(float(text.replace("_", ""))))


def _special(text: str) -> str | None:
    return "not a number" if "n" in text.lower()[1:2] else "an infinite number"


def _date(text: str) -> str | None:
    return None if _PLAIN_DATE.fullmatch(text) else "a date"


def _value(text: str) -> str | None:
    return "a default value"


def _changed(text: str, other: str) -> str | None:
    return None if text == other else other


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...]] = (
    (_BOOLEAN, _boolean),
    (_OCTAL, _octal),
    (_DECIMAL, _decimal),
    (_OTHER_BASE, _other_base),
    (_SEXAGESIMAL, _sexagesimal),
    (_FLOAT, _float),
    (_SPECIAL, _special),
    (_DATE, _date),
    (re.compile("="), _value),
)
_WORDS: Final = frozenset(
    spelling
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false")
    for spelling in (word, word.capitalize(), word.upper())
) - {"true", "false"}
