"""Columns whose headers say nothing, or something that their values are not: told by their values and their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from leadingest.addresses.zip_prefixes import state_of
from leadingest.deliveries.header_names import header_words
from leadingest.drafting.contents import (
    CODE_AND_TOWN,
    FIRM,
    counts_up,
    fit,
    is_flag,
    of_few_hosts,
    repeats,
    share_like,
)
from leadingest.drafting.country import HOME
from leadingest.drafting.known_headers import AVERSE, OTHER_ADDRESSES
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognizers.person import person_entries, role_entry, share_of_persons
from leadingest.drafting.recognizers.text import speaks_against, text_entry
from leadingest.drafting.recognizers.times import STANDARD, date_formats, share_of_hours
from leadingest.drafting.recognizers.typed import is_of_home_alone, trials_of
from leadingest.drafting.recognizers.vocabulary import MEANINGS, proposed, share_of_known
from leadingest.drafting.sample import MOST_MAPPED, SURE, SampleColumn, Task, share
from leadingest.tables.date_format import DateFormat
from leadingest.tables.types.base import ColumnType, Evidence
from leadingest.tables.types.regional import Regional

#: How sure the values alone are of a field: never so that it stands without a mark.
_SCORE: Final = 0.35
_SURER: Final = 0.42
_LEAST: Final = 0.32
#: A header that is as sure as this explains its column, where the values do not speak against it.
_NAMED: Final = 0.6


def recognize_unnamed(task: Task) -> Iterator[Proposal]:
    """What the values of columns look like that no header explains."""
    for column in task.sample.columns:
        if column.distinct and not _is_explained(task, column):
            for recognize in (_typed, _zip, _text, _person, _hours, _vocabulary, _without_header):
                yield from recognize(task, column)


def _is_explained(task: Task, column: SampleColumn) -> bool:
    """Whether it has a meaning by its header that its values may have."""
    return any(
        match.score >= _NAMED
        and (match.exact or meaning in task.table.columns)
        and _may_mean(task, column, meaning)
        and not _another_means_it(task, column, meaning)
        for meaning, match in column.meanings.items()
    )


#: Surer by so much is another column, where the values say nothing for this one.
_SURER_BY: Final = 0.15


def _another_means_it(task: Task, column: SampleColumn, meaning: str) -> bool:
    """Whether another column is surely what the header of this one says, which its own values do not."""
    if meaning == "company":
        others = (each for each in task.sample.columns if each is not column)
        return share_of_persons(column) >= _PERSONS and any(
            each.sure(meaning) >= column.sure(meaning) and share_like(each, FIRM) >= _FIRMS for each in others
        )
    return (
        meaning in ("address1", "city", "county")
        and fit(meaning, column) < _HALF
        and any(
            each.sure(meaning) >= column.sure(meaning) + _SURER_BY and fit(meaning, each) > _HALF
            for each in task.sample.columns
        )
    )


def _may_mean(task: Task, column: SampleColumn, meaning: str) -> bool:
    field = task.table.columns.get(meaning)
    if field is None:
        return meaning not in _SAYS_LITTLE and (meaning != "contact" or share_of_persons(column) >= _SOME)
    if field.one_of:
        return column.distinct <= MOST_MAPPED
    if meaning == "operator" and share_of_persons(column) >= _PERSONS:
        return False
    if field.type.any_text:
        return not speaks_against(meaning, column) and fit(meaning, column) >= _FITS
    if field.type.date_formats:
        return column.looks("date", "date_inside", least=_HALF)
    if field.type.storage.kind == "boolean":
        return column.distinct <= _FEW
    look = field.type.look
    roughly = look is not None and column.looks(look.kind, least=_HALF)
    return roughly or task.share_read(column, field.type) >= _HALF


#: Parts of an address abroad that have other names at home.
_SAYS_LITTLE: Final = ("province",)
_SOME: Final = 0.3
_HALF: Final = 0.5
_FITS: Final = 0.45
_FEW: Final = 3


#: Fields of a type that no text looks like.
_TYPED: Final = ("email", "phone", "phone2", "website_address", "state")
_SURELY_ALIKE: Final = 0.9
#: Of values that other texts may look like, so many must be read as the type.
_SURELY_READ: Final = 0.95
#: A word before the number says what it is.
_CALLED: Final = r"(?i)^(?:tel|phone|ph|call)\w*[.:]* *[(+]?[0-9]{3}"


def _typed(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    for field in filter(task.has, _TYPED):
        kind = task.table.columns[field].type
        averse = OTHER_ADDRESSES if field == "state" else AVERSE
        if (
            not kind.look
            or is_of_home_alone(task, kind)
            or not averse.isdisjoint(header_words(column.header))
        ):
            continue
        if (options := _options_to_read(task, column, kind)) is not None:
            entry = {"from": column, **options} if options else column
            yield Proposal(field, entry, (column,), _SCORE, (f"the values look like {kind.look.plural}",))


def _options_to_read(task: Task, column: SampleColumn, kind: ColumnType) -> Mapping[str, object] | None:
    """The options with which nearly all values are read as what they look like; None where they are not."""
    # Digits alone may be any number: a phone under an unknown header has its signs.
    if kind.look is None or column.looks("digits", least=_HALF) or of_few_hosts(column):
        return None
    if column.looks(kind.look.kind, least=_SURELY_ALIKE):
        is_telling = kind.look.tells is Evidence.NO_TEXT or task.share_read(column, kind) >= _SURELY_READ
        return {} if is_telling else None
    if share_like(column, _CALLED) >= _SURELY_ALIKE and task.share_read(column, kind) >= _SURELY_READ:
        return {}
    trials = trials_of(task, kind) if isinstance(kind, Regional) else ()
    read = (
        each for each in trials if task.share_read(column, kind.with_options(each.options)) >= _SURELY_READ
    )
    return next((each.options for each in read), None)


def _is_averse(column: SampleColumn) -> bool:
    return not AVERSE.isdisjoint(header_words(column.header))


_ZIP: Final = r"^[0-9]{5}(?:-?[0-9]{4})?$"


def _zip(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    """Five digits, nearly all of which are in one state: no other number is so."""
    if not task.has("zip") or task.country.code != HOME or _is_averse(column) or column.distinct < _FEW:
        return
    if share_like(column, _ZIP) >= _SURELY_READ:
        states = column.values.head(_LOOKED_AT).map_elements(state_of, return_dtype=pl.String)
        most = str(states.mode().sort()[0])
        if most and int((states == most).sum()) >= _SURELY_ALIKE * len(states):
            yield Proposal("zip", column, (column,), _SURER, (f"the values look like ZIP codes of {most}",))


_LOOKED_AT: Final = 100
_CODE: Final = r"^[A-Za-z]{0,6}[ \-/.#]?[0-9A-Za-z]*[0-9][0-9A-Za-z]*(?:[\-/][0-9A-Za-z]+)*$"
_STARTS_AS_STREET: Final = r"(?i)^[0-9]+[a-z]?(?:-[0-9]+)?,? +\D*\pL{2}"
_PLACE: Final = r"^\P{N}{2,}$"
_LONG: Final = r"^(?:\S+ +){3,}"
_SHORTEST_CODE: Final = 4
_MOST: Final = 0.7
_FIRMS: Final = 0.4
_REPEATS: Final = 0.3
_BESIDE: Final = 3


def _text(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    if _is_averse(column) or column.looks(*SURE, "phone", "date") or is_flag(column) or counts_up(column):
        return
    for field, (doubt, sure) in _LOOKS_LIKE.items():
        if task.has(field) and not speaks_against(field, column) and (score := sure(task, column)):
            yield Proposal(field, text_entry(field, column), (column,), score, (doubt,))


def _company(task: Task, column: SampleColumn) -> float:
    firms = share_like(column, FIRM)
    return _SURER if firms >= _FIRMS and not _is_street(column) and repeats(column) < _HALF else 0.0


def _is_street(column: SampleColumn) -> bool:
    return share_like(column, _STARTS_AS_STREET) >= _MOST > share_like(column, CODE_AND_TOWN)


def _address(task: Task, column: SampleColumn) -> float:
    return _SURER if _is_street(column) else 0.0


def _city(task: Task, column: SampleColumn) -> float:
    """Names that repeat themselves, between a street and a state or ZIP code."""
    if not _is_place(column):
        return 0.0
    before = _nearest(task, column, _is_street, step=-1)
    behind = _nearest(task, column, _is_post_code_or_state, step=1)
    if not before and not behind:
        return 0.0
    return (_SURER if before and behind else _SCORE) - (before or _BESIDE) / 100


def _is_place(column: SampleColumn) -> bool:
    return (
        column.distinct >= _FEW
        and share_like(column, _PLACE) >= _SURELY_ALIKE
        and share_like(column, _LONG) < _REPEATS
        and share_like(column, FIRM) < _REPEATS
        and repeats(column) >= _REPEATS
    )


def _is_post_code_or_state(column: SampleColumn) -> bool:
    return column.looks("us_zip", "us_state") or share_like(column, _POST_CODE) >= _SURELY_ALIKE


_POST_CODE: Final = r"^(?:[0-9]{4,5}|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{0,2}[0-9]?)$"


def _nearest(task: Task, column: SampleColumn, is_one: Callable[[SampleColumn], bool], *, step: int) -> int:
    """How many columns away the nearest one is that is one of these; 0 where none is near."""
    there = task.sample.columns
    for away in range(1, _BESIDE + 1):
        position = column.position + step * away
        if 0 <= position < len(there) and there[position].distinct and is_one(there[position]):
            return away
    return 0


def _county(task: Task, column: SampleColumn) -> float:
    if column.looks("of_county", least=_MOST):
        return _SURER
    # Without any header a second place beside the address is what is left.
    return (
        _LEAST
        if _has_no_header(task)
        and _is_place(column)
        and _nearest(task, column, _is_post_code_or_state, step=-1)
        else 0.0
    )


def _has_no_header(task: Task) -> bool:
    return task.sample.fmt.header == "none"


def _license(task: Task, column: SampleColumn) -> float:
    """Codes of which no two are the same."""
    codes = share_like(column, _CODE) >= _SURELY_READ
    long = float(column.values.str.len_chars().mean() or 0) >= _SHORTEST_CODE  # type: ignore[arg-type]  # of lengths
    return (
        _SCORE
        if codes
        and long
        and column.filled == column.distinct > _FEW
        and (share_like(column, _ZIP) < _MOST or {"id", "number"} & set(header_words(column.header)))
        else 0.0
    )


_LOOKS_LIKE: Final[dict[str, tuple[str, Callable[[Task, SampleColumn], float]]]] = {
    "company": ("many of the values look like names of firms", _company),
    "address1": ("the values look like streets", _address),
    "city": ("the values and their place look like those of cities", _city),
    "county": ("the values look like counties", _county),
    "license_number": ("no two of these codes are the same", _license),
}


_PERSONS: Final = 0.8


def _person(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    if (
        _is_averse(column)
        or column.looks("digits", "date", least=_SOME)
        or share_like(column, FIRM) > _SOME / 3
    ):
        return
    if share_like(column, r"\pL\S*[ ,]+\S*\pL") >= _PERSONS and not _is_place(column):
        persons = share_of_persons(column)
        if persons >= _PERSONS:
            doubt = "the values look like names of persons"
            role = role_entry(column)
            entries = {**person_entries(column, persons), **({"title": role} if role else {})}
            for field, entry in entries.items():
                if task.has(field):
                    yield Proposal(field, entry, (column,), _SCORE, (doubt,), alone=False)


def _hours(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    """Days and hours that can be written in the standard form."""
    are_words = task.has("schedule") and column.looks("has_letters", least=_SURELY_ALIKE)
    if are_words and share_of_hours(column, before="") >= _SURELY_ALIKE:
        entry = {"from": column, **STANDARD}
        yield Proposal("schedule", entry, (column,), _SURER, ("the values look like hours of opening",))


_WORDS: Final = 12


def _vocabulary(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    """Few words, nearly all of which are known to mean one of those that the field has."""
    lists_ages = column.looks("age_word") and share_like(column, r"[,;|&]") > _HALF
    if column.distinct > _WORDS or repeats(column) < _HALF or _is_averse(column) or lists_ages:
        return
    for name in filter(task.has, MEANINGS):
        field = task.table.columns[name]
        if share_of_known(field, column) >= _SURELY_ALIKE:
            for each in proposed(task, field, column, with_number=False):
                yield replace(each, score=_SCORE)


#: So many children at most.
_LARGEST: Final = 1500


def _without_header(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    """In a file without a header: whole numbers as they count children, and days ahead, on which something ends."""
    if not _has_no_header(task):
        return
    if column.looks("date", least=_SURELY_ALIKE):
        yield from _days(task, column)
    numbers = column.values.cast(pl.Int64, strict=False).drop_nulls()
    if (
        len(numbers) == column.distinct > _FEW
        and not counts_up(column)
        and numbers.is_between(1, _LARGEST).all()
    ):
        yield Proposal("capacity", column, (column,), _LEAST, ("the numbers may count children",))


def _days(task: Task, column: SampleColumn) -> Iterator[Proposal]:
    """Days behind us are those on which licenses were issued; days ahead, those on which they end."""
    formats, _, _ = date_formats(task, column)
    days = pl.coalesce(
        DateFormat(each).expr(pl.col("value"), dtype=pl.Date(), today=task.today) for each in formats
    )
    ahead = share(
        column.values.alias("value").to_frame().select(days > task.today).to_series().fill_null(value=False)
    )
    field = "certificate_expiration_date" if ahead > _HALF else "license_issued"
    if task.has(field):
        entry = {"from": column, "formats": list(formats)}
        yield Proposal(
            field, entry, (column,), _LEAST, (f"the days are {'ahead' if ahead > _HALF else 'behind'}",)
        )
