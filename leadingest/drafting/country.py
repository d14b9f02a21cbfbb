"""Of which country a list is, by its telephone numbers, its post codes, its addresses in the web, and its headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import polars as pl

from leadingest.addresses.countries import subdivision_names
from leadingest.deliveries.header_names import header_words, plain_words
from leadingest.drafting.headers import ABROAD
from leadingest.tables.types.phone import Phone
from leadingest.tables.types.us_state import UsState

HOME: Final = "US"
#: Regions are tried in this order: of two that read as many numbers the first is taken, unless more speaks for the other.
_REGIONS: Final = [
    "GB",
    "AU",
    "IE",
    "NZ",
    "DE",
    "FR",
    "ES",
    "IT",
    "NL",
    "BE",
    "CH",
    "AT",
    "MX",
    "BR",
    "PT",
    "SE",
    "NO",
    "DK",
    "FI",
    "PL",
    "CZ",
    "IN",
    "ZA",
    "HK",
    "SG",
    "JP",
    "CN",
    "KR",
    "TW",
    "PH",
    "MY",
    "AE",
    "IL",
    "GR",
    "HU",
    "RO",
    "TR",
    "AR",
    "CL",
    "CO",
    "PE",
    "TH",
    "ID",
    "VN",
    "LU",
]
#: Post codes that are written so in no other country.
POST_CODES: Final = {
    "GB": r"^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$",
    "CA": r"^[A-Z][0-9][A-Z][ -]?[0-9][A-Z][0-9]$",
    "NL": r"^[1-9][0-9]{3} ?[A-Z]{2}$",
    "BR": r"^[0-9]{5}-[0-9]{3}$",
    "PT": r"^[0-9]{4}-[0-9]{3}$",
    "PL": r"^[0-9]{2}-[0-9]{3}$",
}
#: States and provinces by their codes, and those of the United States by their names, too.
_STATES: Final = {
    "US": UsState.look.pattern,
    "CA": r"^(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT)$",
    "AU": r"^(?:ACT|NSW|NT|QLD|SA|TAS|VIC|WA)$",
}
_HOSTS: Final = r"(?i)\.([a-z]{2})(?:/|$)"
_NAMED_OTHERWISE: Final = {"UK": "GB"}
#: Numbers that are written as in the United States, valid ones or not.
_AS_AT_HOME: Final = Phone.look.roughly or ""
_SOME: Final = 0.5
_LOOKED_AT: Final = 60
_MOST: Final = 0.7
#: Digits and signs enough for a number that somebody can call.
_LIKE_A_NUMBER: Final = r"^(?:\+|\(|0)[0-9 ().\-/]{6,18}$"
#: A code of the country, or signs between the digits: what a code of something else does not have.
_SIGNED: Final = r"^\+|[0-9)][ ().\-]+[0-9]"
_A_DAY: Final = r"^[0-9]{1,4}[./\-][0-9]{1,2}[./\-][0-9]{1,4}"


@dataclass(frozen=True)
class Country:
    """A country, and whether more than one thing speaks for it."""

    code: str
    sure: bool


def country_of(
    headers: Sequence[str], values: Iterable[pl.Series], *, phones: Iterable[pl.Series], today: date
) -> Country:
    """The country of a list with these headers and values; `phones` are those under headers that name a phone."""
    columns = list(values)
    codes = [code for each in columns for code in (_by(POST_CODES, each), _by(_STATES, each)) if code]
    votes = Counter([*codes, *_by_headers(headers), *_by_hosts(columns), *_by_subdivisions(headers, columns)])
    numbers = [each.head(_LOOKED_AT) for each in phones if len(each)]
    if not numbers:
        numbers = [each.head(_LOOKED_AT) for each in columns if _are_numbers(each)]
    here = max((_read(each, HOME, today) for each in numbers), default=0.0)
    if not votes and any(int(each.str.contains(_AS_AT_HOME).sum()) > _SOME * len(each) for each in numbers):
        return Country(HOME, sure=True)
    # Where two things or more speak for another country, numbers that fit both are not those of home.
    abroad = [code for code, times in votes.most_common(1) if times > 1 and HOME not in codes]
    is_abroad = any(
        max((_read(each, code, today) for each in numbers), default=0.0) >= here for code in abroad
    )
    if (here >= _MOST and not is_abroad) or HOME in codes:
        return Country("CA", sure=True) if "CA" in codes else Country(HOME, sure=True)
    tried = dict.fromkeys([*(code for code, _ in votes.most_common()), *_REGIONS])
    shares: dict[str, float] = {}
    for code in tried if numbers else ():
        shares[code] = max(_read(each, code, today) for each in numbers)
        # No other country can read more, or have more that speaks for it.
        if shares[code] == 1 and votes[code] and votes[code] == max(votes.values()):
            break
    if shares and max(shares.values()) >= _MOST:
        # A country that something else speaks for comes before one that reads a few numbers more.
        best = max(shares, key=lambda code: (shares[code] >= _MOST and votes[code], round(shares[code], 2)))
        return Country(best, sure=bool(votes[best]))
    return (
        Country(votes.most_common(1)[0][0], sure=False)
        if codes or len(votes) == 1
        else Country(HOME, sure=True)
    )


@cache
def _phone(region: str) -> Phone:
    return Phone(region=region)


def _read(values: pl.Series, region: str, today: date) -> float:
    try:
        kind = _phone(region)
    except ValueError:
        return 0.0
    read = (
        values.alias("value").to_frame().select(kind.parse(pl.col("value"), today=today).is_not_null().mean())
    )
    return float(read.item() or 0)


def _are_numbers(values: pl.Series) -> bool:
    looked = values.head(_LOOKED_AT)
    return (
        len(looked) > 1
        and bool(looked.str.contains(_LIKE_A_NUMBER).all())
        and bool(looked.str.contains(_SIGNED).all())
        and not bool(looked.str.contains(_A_DAY).any())
    )


def _by(patterns: Mapping[str, str], values: pl.Series) -> str | None:
    """The country whose codes nearly all values are."""
    looked = values.head(_LOOKED_AT)
    if looked.is_empty():
        return None
    return next(
        (
            code
            for code, each in patterns.items()
            if int(looked.str.contains(each).sum()) > _MOST * len(looked)
        ),
        None,
    )


def _by_headers(headers: Sequence[str]) -> list[str]:
    """The countries of the language that at least two headers are written in."""
    words = [" ".join(header_words(header)) for header in headers]
    found = [(len(set(words) & _phrases(number)), each.REGIONS) for number, each in enumerate(ABROAD)]
    most, regions = max(found, key=lambda item: item[0])
    return list(regions) if most > 1 else []


#: Words that only lists of one country have in their headers.
_TELLING_WORDS: Final = {
    "pin": "IN",
    "pincode": "IN",
    "udise": "IN",
    "eircode": "IE",
    "cep": "BR",
    "cnpj": "BR",
    "siret": "FR",
    "plz": "DE",
    "abn": "AU",
}
_OF_REGIONS: Final = frozenset(
    [
        "state",
        "province",
        "region",
        "county",
        "provincia",
        "estado",
        "departamento",
        "departement",
        "entidad",
        "bundesland",
        "kanton",
    ]
)
_LEAST_REGIONS: Final = 3


def _by_subdivisions(headers: Sequence[str], columns: Sequence[pl.Series]) -> list[str]:
    """The countries of words in headers, and of the states, provinces and counties under headers that name such."""
    found: list[str] = []
    for header, values in zip(headers, columns, strict=False):
        words = header_words(header)
        spelled = plain_words(header)
        found += dict.fromkeys(_TELLING_WORDS[word] for word in spelled if word in _TELLING_WORDS)
        names = [fold_name(each) for each in values.head(_LOOKED_AT) if len(each) > _LEAST_REGIONS]
        if _OF_REGIONS.isdisjoint(words) or len(names) < _LEAST_REGIONS or _by(_STATES, values):
            continue
        shares = {code: sum(name in _regions_of(code) for name in names) / len(names) for code in _REGIONS}
        best = max(shares, key=lambda code: shares[code])
        if shares[best] > _MOST:
            found.append(best)
    return found


@cache
def _regions_of(country: str) -> frozenset[str]:
    own, _ = subdivision_names(country)
    return frozenset(fold_name(name) for name, _ in own)


def fold_name(name: str) -> str:
    """The name without accents and in small letters, as far as two ways to write it are alike."""
    return " ".join(header_words(name))


@cache
def _phrases(number: int) -> frozenset[str]:
    meanings = ABROAD[number].HEADERS.values()
    return frozenset(
        " ".join(header_words(text)) for weights in meanings for texts in weights.values() for text in texts
    )


def _by_hosts(columns: Iterable[pl.Series]) -> list[str]:
    """The countries of the names behind the last dot, in columns of e-mail addresses and web sites."""
    found: list[str] = []
    for values in columns:
        looked = values.head(_LOOKED_AT)
        if len(looked) and bool(looked.str.contains(r"^\S+@\S+$|^(?:https?://|www\.)\S+$").all()):
            ends = looked.str.extract(_HOSTS, 1).drop_nulls().str.to_uppercase()
            if len(ends) > len(looked) / 2:
                code = str(ends.mode().sort()[0])
                found.append(_NAMED_OTHERWISE.get(code, code))
    return found
