"""What values look like, each as a regular expression that the whole value matches."""

from __future__ import annotations

from typing import Final

from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import Evidence

#: An age with its unit.
AGE: Final = r"[0-9.]+ *(?:d|days?|w|wks?|weeks?|m|mos?|mths?|months?|y|yrs?|years?)"

#: Looks of types that are surely what they look like: no plain text is written so.
SURE: Final = tuple(
    kind for kind, look in LOOKS.items() if look.tells is Evidence.NO_TEXT and not look.roughly
)

SHAPES: Final = {
    **{kind: look.roughly or look.pattern for kind, look in LOOKS.items()},
    "digits": r"^[0-9]+$",
    "flag": r"^(?i:y|n|yes|no|true|false|t|f|x)$",
    "one_line_address": r"^.*[0-9A-Za-z].*[ ,][A-Za-z]{2}\.?,? +[0-9]{5}(?:-[0-9]{4})?$",
    "letters": r"^[^0-9]*\pL{2}[^0-9]*$",
    "has_letters": r"\pL{2}",
    "last_first": r"^[\pL'.\- ]{2,}, *[\pL'.\-&, ]{2,}$",
    "two_lines": r"^[^\n]+\n[\s\S]+$",
    "capitals": r"^[^\p{Ll}]*\p{Lu}{2}[^\p{Ll}]*$",
    "type_and_number": r"^\D{4,}? - [A-Za-z]{0,4}[0-9][0-9A-Za-z\-]*$",
    "trade_name": r"(?i) d/?b/?a/? ",
    "age_range": rf"(?i)^{AGE}\.? *(?:to|-|–) *{AGE}\.?$",
    "age_range_inside": rf"(?i)\bages? {AGE} *(?:to|-|–) *{AGE}\b",
    "age_word": r"(?i)\b(?:infants?|toddlers?|pre-?school(?:ers?)?|school[- ]?age)\b",
    "of_county": r"(?i) county$",
    "date_inside": r"^\D+[0-9]{4}-[0-9]{2}-[0-9]{2}\D*$",
}
