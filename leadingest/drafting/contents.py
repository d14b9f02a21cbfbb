"""How well the values of a column fit a field, whatever its header: 1 surely, 0.5 they say nothing, 0 they are something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import polars as pl

from leadingest.drafting.sample import SampleColumn, share
from leadingest.expressions import NO, YES

#: Legal forms of firms in many countries, and words that only firms and agencies have in their names.
FIRM: Final = (
    r"(?i)\b(?:l\.?l\.?c|inc(?:orporated)?|corp(?:oration)?|co|ltd|limited|l\.?l?\.?p|p\.?l\.?l\.?c|plc|pty|gmbh|ggmbh|mbh|e\. ?v"
    r"|ohg|kgaa|sarl|sas|sasu|eurl|scop|s\.?a\.? de c\.?v|s\.?r\.?l|s\.?l|s\.?a|ltda|lda|b\.?v|n\.?v|stichting|s\.?p\.?a|aps|oy|ab"
    r"|company|association|asociaci[oó]n|foundation|trust|council|church|district|university|college|hospital|agency|city of"
    r"|county of|department|center|centre|care|school|academy|learning|nursery|preschool|services?|ministr(?:y|ies)"
    r"|boys? & girls|ymca|head start|day ?cares?|child ?cares?|kids?|kiddies?|kinder\w*|montessori|tots?|learners?|kitas?"
    r"|health ?care|holdings?|enterprises?|partners(?:hip)?|district|parish|ministries|family services"
    r"|cr[eèé]ches?|garderies?|guarder[ií]as?|estancias?|jard[ií]n|jardins?|kinderdagverblijf|peuterspeelzaal|asilo)\b\.?|法人|会社|公司|協會|學校"
)
#: Words of which some stand in kinds and states of care and of licenses.
_OF_LICENSES: Final = (
    r"(?i)licen[sc]|permit|registr|certif|approv|exempt|provision|condition|pending|active|inactive|open|closed?\b|home|family|center"
    r"|centre|care|school|camp|head ?start|nurser|private|public|profit|full|initial|regular|renew|expire|issued|year|kita|tages"
    r"|cr[eè]che|garderie|guarder|opvang|nido|vigente|activ"
)
#: Scripts in which a name stands beside the one in Latin letters.
_OTHER_SCRIPT: Final = (
    r"^[^A-Za-z]*[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Cyrillic}\p{Arabic}\p{Thai}][^A-Za-z]*$"
)
#: A street has a number at its start or its end, or is a box.
_STREET: Final = (
    r"(?i)^(?:[#n]?\d+[\w\-/]*[ ,]+\D*\pL{2}.*|\D*\pL{2}.*[ ,]\d+ ?[a-z]?(?:[,\- ].*)?|p\.? ?o\.? box .*)$"
)
_BARE_NUMBER: Final = r"^(?:[0-9]-)?[0-9]+$"
_CODE: Final = r"^[A-Za-z]{0,6}[ \-/.#]?[0-9][0-9A-Za-z\-/.]*$"
#: `10115 Berlin`: a post code before its town.
CODE_AND_TOWN: Final = r"^(?:[A-Z]{1,2}-)?[0-9]{4,5}(?: [A-Z]{2})? (\pL\D*)$"
_YES: Final = frozenset([*YES, "x"])
_ONE_WORD: Final = r"^[\pL'’.\-]+$"
#: With fewer records nothing is concluded from how values repeat.
_ENOUGH: Final = 12
_NOTHING: Final = 0.5


def counts_up(column: SampleColumn) -> bool:
    """Whether it numbers the records: 1, 2, 3 …; from whatever number, without a gap and without a second one."""
    if column.distinct < 2 or column.filled != column.distinct or not column.looks("digits", least=1.0):
        return False
    numbers = column.values.cast(pl.Int64, strict=False).drop_nulls()
    first = numbers.min()
    return (
        len(numbers) == len(column.values)
        and isinstance(first, int)
        and first <= 1
        and numbers.n_unique() == len(numbers)
        and (column.distinct > len(numbers) or numbers.max() == first + len(numbers) - 1)
    )


def is_flag(column: SampleColumn) -> bool:
    """Whether it says yes or no, be it by 0 and 1."""
    return column.distinct <= 2 and (
        column.looks("flag", least=1.0) or set(column.values.to_list()) <= {"0", "1"}
    )


def says_yes_or_no(column: SampleColumn) -> bool:
    """Whether the word `flag` reads all of its values, and one of them says yes."""
    words = set(column.values.str.to_lowercase().to_list())
    return bool(words & _YES) and words <= _YES | set(NO)


def repeats(column: SampleColumn) -> float:
    """Near 1 where the same values stand again and again; 0 where each stands once."""
    return 1 - column.distinct / column.filled if column.filled >= _ENOUGH else _NOTHING


def share_like(column: SampleColumn, pattern: str) -> float:
    """The share of its different values that hold the pattern."""
    return share(column.values.str.contains(pattern))


def _numbers(column: SampleColumn) -> pl.Series:
    return column.values.str.replace_all(",", "").cast(pl.Float64, strict=False).drop_nulls()


def _name_of_firm(column: SampleColumn) -> float:
    if repeats(column) > 0.9 or counts_up(column) or is_flag(column):
        return 0.1
    if share_like(column, _OTHER_SCRIPT) > _NOTHING:
        return 0.3
    if column.looks("one_line_address") or column.looks("digits", least=0.5):
        return 0.05
    firms = share_like(column, FIRM)
    # Homes bear the names of persons; where there are firms elsewhere, these are more likely those of the facilities.
    return min(1.0, 0.4 + 0.6 * firms)


#: What kind of firm somebody is, and whose money it lives on: no kind of license.
_OWNERSHIP: Final = (
    r"(?i)^(?:sole (?:owner|proprietor(?:ship)?)|individual|person|(?:limited )?partnership|joint venture|(?:for|non|not)[ -]?(?:for )?-?profit\b.*"
    r"|corporation|corp\.?|inc\.?|l\.?l\.?c\.?|s corp|c corp|limited(?: liability (?:company|partnership))?|public(?:ly .*)?|private(?:ly .*)?|government\b.*"
    r"|state|county|municipal|tribal|trust|association|community[ -]based|religious"
    r"|p[uú]blic[ao]|privad[ao]|concertad[ao]|estadual|federal|(?:öffentlich|privat|kirchlich|frei)\w*)$"
)


def _holder(column: SampleColumn) -> float:
    """Names of firms or persons; a few words again and again are states or kinds of something."""
    if is_flag(column) or column.looks("digits", least=0.5):
        return 0.1
    if share_like(column, _OWNERSHIP) > 0.6:
        return 0.05
    firms = share_like(column, FIRM)
    if share_like(column, r"[0-9]") > 0.8 and firms < 0.2:
        return 0.1
    few = 1 < column.distinct <= _FEW_WORDS and repeats(column) > _AGAIN
    return 0.2 if few and firms < 0.2 else _NOTHING


def _licensee(column: SampleColumn) -> float:
    """A few names that stand in all records are those of the ones who keep the list."""
    few = column.distinct <= 3 and repeats(column) > 0.9
    return min(0.25, _holder(column)) if few and share_like(column, FIRM) < 0.3 else _holder(column)


#: A column of so few different values, which repeat as often as this, holds words of a list and no names.
_FEW_WORDS: Final = 4
_AGAIN: Final = 0.85


def _street(column: SampleColumn) -> float:
    if share_like(column, _OTHER_SCRIPT) > _NOTHING:
        return 0.3
    if column.looks("one_line_address", least=0.5):
        return 0.05
    if share_like(column, r"[0-9]") < 0.05 and repeats(column) > 0.3 and column.distinct > 1:
        return 0.1
    streets = share_like(column, _STREET)
    return min(1.0, _NOTHING + streets / 2) if streets > 0.2 else 0.45


def _place(column: SampleColumn) -> float:
    """A city or a county: letters, few words, the same ones again and again."""
    letters = share_like(column, r"^\P{N}{2,}$")
    if letters < 0.7 or is_flag(column):
        return 0.05
    long = share_like(column, r"^(?:\S+ +){4,}")
    return 0.2 if long > 0.3 or share_like(column, FIRM) > 0.3 else min(0.9, _NOTHING + repeats(column) / 2)


def _number_of_license(column: SampleColumn) -> float:
    # Ten digits in a row, be they like a phone, are as well a number of anything else.
    is_phone = column.looks("phone") and share_like(column, _BARE_NUMBER) < _NOTHING
    if counts_up(column) or is_flag(column) or is_phone or column.looks("date", "email"):
        return 0.05
    if share_like(column, _UUID) > _NOTHING:
        return 0.1
    codes = share_like(column, _CODE)
    # A number that nearly all records share is none of theirs; nor is a word without a digit.
    if repeats(column) > _AGAIN + 0.1 or (column.distinct > 1 and share_like(column, r"[0-9]") < 0.1):
        return 0.05
    if codes < 0.3 or repeats(column) > 0.7:
        return 0.2
    return min(1.0, _NOTHING + codes * (1 - repeats(column)) / 2)


#: What databases make up for a key of their own.
_UUID: Final = r"(?i)^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$"


def _number_of_provider(column: SampleColumn) -> float:
    return 0.8 if share_like(column, _UUID) > _NOTHING else _number_of_license(column)


def _count(column: SampleColumn) -> float:
    """How many children: whole numbers, not too great, and no flag."""
    numbers = _numbers(column)
    if is_flag(column) or counts_up(column) or numbers.is_empty():
        return 0.05
    middle = numbers.median()
    return 0.1 if not isinstance(middle, float) or middle > 1500 or middle < 0 else 0.7


def _age(column: SampleColumn) -> float:
    numbers = _numbers(column)
    if is_flag(column):
        return 0.0
    top = numbers.max()
    return 0.1 if isinstance(top, float) and top > 300 else _NOTHING


def _kind(column: SampleColumn) -> float:
    if counts_up(column) or column.looks("date", "phone", "email") or column.looks("digits", least=0.9):
        return 0.1
    if repeats(column) < 0.3 and column.filled >= _ENOUGH and column.distinct > 30:
        return 0.15
    if share_like(column, _OWNERSHIP) > 0.6:
        return 0.05
    return 0.6 if share_like(column, _OF_LICENSES) > 0.2 else 0.3


def _given_name(column: SampleColumn) -> float:
    return 0.2 if share_like(column, FIRM) > 0.3 else _NOTHING + share_like(column, _ONE_WORD) / 4


#: Times, days, and what is said instead of them.
_WHEN: Final = (
    r"(?i)[0-9]{1,2}(?::[0-9]{2}| ?[ap]\.?m)|\b(?:mon|tue|wed|thu|fri|sat|sun|week|day|night|hour|uhr|lun|mar|mer|jeu|ven|lundi|lunes|montag)"
    r"|[0-9]{4} ?(?:-|to|–) ?[0-9]{4}|\b(?:m|mtwtf)[-–]f\b|full|part[- ]time|year|always|appointment|session|時"
)


def _when_open(column: SampleColumn) -> float:
    if column.looks("digits", "date", "phone", least=0.5) or counts_up(column):
        return 0.05
    return 0.05 if share_like(column, _WHEN) < 0.2 else 0.6


def _languages(column: SampleColumn) -> float:
    strange = share_like(column, r"[0-9@]|^[a-z]{2}(?:[-_][A-Za-z]{2})?$")
    return 0.05 if strange > 0.2 or counts_up(column) else _NOTHING


def _title(column: SampleColumn) -> float:
    """A role, which many have; names of firms, of which each stands once, are none."""
    firms = column.filled >= _ENOUGH and repeats(column) < _NOTHING and share_like(column, FIRM) > _NOTHING
    return 0.05 if firms else _NOTHING


def _unit(column: SampleColumn) -> float:
    """What is the same in all records is no suite."""
    return 0.05 if column.distinct <= 2 and repeats(column) > _AGAIN + 0.1 else _NOTHING


#: With so many sites or more on so few hosts they are pages of somebody else about the providers.
_FEW_HOSTS: Final = 3


def of_few_hosts(column: SampleColumn) -> bool:
    """Whether its web pages are those of a few sites."""
    hosts = column.values.str.extract(r"(?i)^((?:https?://|www\.)[^/]+)").drop_nulls()
    return len(hosts) > 0 and hosts.n_unique() <= min(_FEW_HOSTS, column.distinct - 1)


def _site(column: SampleColumn) -> float:
    return 0.15 if column.distinct > _ENOUGH and of_few_hosts(column) else _NOTHING


_FITS: Final[dict[str, Callable[[SampleColumn], float]]] = {
    "company": _name_of_firm,
    "operator": _holder,
    "licensee_name": _licensee,
    "first_name": _given_name,
    "last_name": _given_name,
    "address1": _street,
    "city": _place,
    "county": _place,
    "license_number": _number_of_license,
    "provider_id": _number_of_provider,
    "license_type": _kind,
    "license_status": _kind,
    "capacity": _count,
    "title": _title,
    "address2": _unit,
    "website_address": _site,
    "schedule": _when_open,
    "language": _languages,
    "min_age": _age,
    "max_age": _age,
}
#: How much more a name counts that is one of a firm.
_TELLING: Final = 0.3
#: What fits less than this is not proposed at all.
_LEAST: Final = 0.12


def fit(field: str, column: SampleColumn) -> float:
    """How well the values fit the field, from 0 to 1."""
    judge = _FITS.get(field)
    return judge(column) if judge and column.distinct else _NOTHING


def weighed(field: str, column: SampleColumn, sure: float, *, records: int) -> float:
    """How sure a header is of a field, weighed by how well the values fit, and by how many records have one."""
    fits = fit(field, column)
    if fits < _LEAST:
        return 0.0
    telling = _TELLING if field == "company" else 0.08
    by_values = 0.55 + 0.9 * fits if fits < _NOTHING else 1 + telling * (fits - _NOTHING)
    filled = column.filled / records if records else 1.0
    return sure * by_values * (0.95 + 0.05 * filled if field != "company" else 0.5 + 0.5 * filled)


_MARKS: Final = re.compile(r"(?i)^(?:y|yes|true|t|x|1|✓|✔|ja|oui|s[ií]|是)$")


def yes_of(column: SampleColumn) -> str | None:
    """The value by which a column of marks says yes; None where it is no such column."""
    found = [value for value in column.values.to_list() if _MARKS.match(value)]
    return found[0] if len(found) == 1 and column.distinct <= 2 else None
