"""Headers as they are written in each language, one file for each: of phrases in two of them the first counts."""

from __future__ import annotations

from typing import Final

from leadingest.drafting.headers import (
    chinese,
    dutch,
    english,
    english_parts,
    french,
    german,
    italian,
    japanese,
    portuguese,
    spanish,
)

LANGUAGES: Final = (
    english.HEADERS,
    english_parts.HEADERS,
    german.HEADERS,
    french.HEADERS,
    spanish.HEADERS,
    dutch.HEADERS,
    italian.HEADERS,
    portuguese.HEADERS,
    chinese.HEADERS,
    japanese.HEADERS,
)

#: The languages of other countries, each with those countries.
ABROAD: Final = (german, french, spanish, dutch, italian, portuguese, chinese, japanese)
