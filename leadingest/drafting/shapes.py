"""What values look like, each as a regular expression that the whole value matches."""

from __future__ import annotations

from typing import Final

#: An age with its unit.
AGE: Final = r"[0-9.]+ *(?:d|days?|w|wks?|weeks?|m|mos?|mths?|months?|y|yrs?|years?)"

SHAPES: Final = {
    "email": r"^[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$",
    "url": r"^(?i:https?://|www\.)\S+$",
    "phone": r"^(?:\+?1[ .-]?)?\(?[0-9]{3}\)?[ .\-/]*[0-9]{3}[ .\-]*[0-9]{4}(?:\D{1,6}[0-9]{1,6})?$",
    "digits": r"^[0-9]+$",
    "number": r"^[+-]?[0-9][0-9,]*(?:\.[0-9]+)?$",
    "zip": r"^[0-9]{3,5}(?: ?- ?[0-9]{0,4})?$|^[0-9]{7,9}$",
    "date": (
        r"^(?:[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{2}|[0-9]{4})|[0-9]{4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,2}"
        r"|(?:19|20)[0-9]{6}|[0-9]{1,2}[ \-][A-Za-z]{3,9}[ \-,]+[0-9]{2,4}|[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4})"
        r"(?:[T ][0-9:.]+ ?(?:[AaPp][Mm])?(?:Z|[+\-][0-9:]{4,5})?)?$"
    ),
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
