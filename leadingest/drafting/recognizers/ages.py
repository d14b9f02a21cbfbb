"""Ages: in words, in ranges, and in a column for each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.contents import says_yes_or_no
from leadingest.drafting.proposal import Entry, Proposal, named
from leadingest.drafting.sample import SampleColumn, Task
from leadingest.operations.ages import Ages
from leadingest.operations.base import Operation
from leadingest.operations.suffix import Suffix
from leadingest.wording import percent

#: The fields that say which ages are taken, with the part of `ages` that fills them; the list is a text of its own.
_FIELDS: Final = {"ages_served": "list", "min_age": "min", "max_age": "max"}
#: Names for the `let` value that several columns become: the first that no header has.
_LET_NAMES: Final = ("ages", "age_groups", "ages_taken")


def _entries(
    task: Task, column: SampleColumn | str, *, words: dict[str, Any], list_as: Entry
) -> Iterator[tuple[str, Entry]]:
    """An entry for each field; `words` come before `ages`."""
    for field, part in _FIELDS.items():
        if task.has(field):
            yield field, list_as if part == "list" else {"from": column, **words, "ages": part}


def _free_name(task: Task) -> str:
    taken = {column.label for column in task.sample.columns}
    return next(name for name in _LET_NAMES if name not in taken)


#: Meaning → how the load table calls the group.
_GROUPS: Final = {"infant": "Infant", "toddler": "Toddler", "preschool": "Preschool", "school_age": "School"}
_LEAST_GROUPS: Final = 2
_BY_GROUPS: Final = 0.9


def recognize_age_groups(task: Task) -> Iterator[Proposal]:
    """At least two headers that name age groups, with flags under them."""
    found = {
        name: column
        for meaning, name in _GROUPS.items()
        if (column := task.sample.likeliest(meaning)) and says_yes_or_no(column)
    }
    if len(found) < _LEAST_GROUPS:
        return
    are_names = all(column.label == name for name, column in found.items())
    let = _free_name(task)
    flags: Any = list(found.values()) if are_names else found
    for field, entry in _entries(task, let, words={}, list_as=let):
        # An age that stands in a column of its own is surer than what the groups say.
        score = 1.0 if field == "ages_served" else _BY_GROUPS
        yield Proposal(field, entry, tuple(found.values()), score, alone=False, let={let: {"flags": flags}})


_MOST: Final = 0.7
#: Of the values: so many must say ages, and nothing else.
_MOST_READ: Final = 0.8
_NEARLY_ALL: Final = 0.98
_SCORE: Final = 0.95


def recognize_ages(task: Task) -> Iterator[Proposal]:
    """Values that say which ages are taken, in one column or in several."""
    columns = [column for column in task.sample.columns if _may_say_ages(column)]
    groups = [column for column in columns if column.looks("age_word") and _about_ages(column)]
    if len(groups) > 1:
        let = _free_name(task)
        joined = {"join": groups, "separator": "|"}
        for field, entry in _entries(task, let, words={}, list_as={"from": let, "ages": "list"}):
            yield Proposal(field, entry, tuple(groups), _SCORE, alone=False, let={let: joined})
    for column in columns:
        read, words, doubt = _best_reading(column)
        doubts = (doubt,) if doubt else ()
        if column.looks("age_word") and not _about_ages(column) and not column.meanings:
            doubts = (*doubts, "the values name groups of ages")
        if read < _NEARLY_ALL:
            doubts = (*doubts, f"{percent(1 - read)} of the values do not say ages in a way that can be read")
        if read >= _MOST_READ:
            for field, entry in _entries(task, column, words=words, list_as=column):
                why = doubts if field != "ages_served" or not column.meanings else ()
                yield Proposal(field, entry, (column,), _SCORE * read, why, alone=False)


def _may_say_ages(column: SampleColumn) -> bool:
    one_end = max(column.sure("min_age"), column.sure("max_age"))
    if not column.distinct or one_end > max(_MOST, column.sure("ages_served")):
        return False
    says_so = _about_ages(column) or column.sure("ages_served") > _MOST
    return says_so or column.looks("age_range", least=_MOST) or column.looks("age_word", least=_NEARLY_ALL)


def _about_ages(column: SampleColumn) -> bool:
    """Ages, Age Group, AA2; not a column in which such words have slipped from another one."""
    return bool({"age", "ages", "aa"} & set(header_words(column.header)))


#: Words before `ages`, and why they may be wrong: what stands without a unit is tried in years.
_READINGS: Final[tuple[tuple[dict[str, Any], str], ...]] = (
    ({}, ""),
    ({"suffix": " years"}, "no unit stands there: years are meant, as the numbers look"),
)
#: Ages in years are not beyond this.
_OLDEST: Final = 21


def _best_reading(column: SampleColumn) -> tuple[float, dict[str, Any], str]:
    """The share of its cells that can be read, and how; nothing for single numbers, which are one end alone."""
    best: tuple[float, dict[str, Any], str] = (0.0, {}, "")
    if column.looks("digits", least=_MOST):
        return best
    for words, doubt in _READINGS:
        before = (Suffix(**words),) if words else ()
        read = _share_read(column, (*before, Ages(ages="min")), oldest=_OLDEST if words else None)
        if read > best[0]:
            best = read, words, doubt
    return best


def _share_read(column: SampleColumn, operations: Sequence[Operation], *, oldest: int | None) -> float:
    value = pl.col("value")
    for operation in operations:
        value = operation.expr(value)
    cells = pl.DataFrame({"value": column.values, "times": column.times})
    years = value.cast(pl.Int64, strict=False)
    read = value.is_not_null() if oldest is None else years <= oldest
    return float(cells.select(pl.col("times").filter(read).sum() / pl.col("times").sum()).item())


#: Readable, since it stands in the mapping; the shape has told before that these are ages.
_INSIDE: Final = r"(?i)\bages? ([0-9.]+ *\w+ *(?:to|-|–) *[0-9.]+ *\w+)"


def recognize_ages_inside(task: Task) -> Iterator[Proposal]:
    """Sentences that hold two ages with their units, whatever the header."""
    for column in task.sample.columns:
        if column.looks("age_range_inside", least=_MOST):
            let = _free_name(task)
            inside = {let: {"from": column, "extract": _INSIDE}}
            for field, entry in _entries(task, let, words={}, list_as=let):
                yield Proposal(field, entry, (column,), _SCORE, alone=False, let=inside)


#: Words of a header that say in what its ages are counted.
_UNITS: Final = {
    **dict.fromkeys(("month", "months", "mo", "mos", "mths"), "months"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "weeks"),
}
_SOME: Final = 0.3
#: A plain reading of the column, as years, must not win.
_SURER: Final = 1.01


def recognize_age_unit(task: Task) -> Iterator[Proposal]:
    """One age a cell, with its unit, or as a bare number under a header which says that they are months or weeks."""
    for field in filter(task.has, ("min_age", "max_age")):
        for column in task.sample.ranked(field):
            if not column.looks("digits", least=_SOME) and _best_reading(column)[0] >= _MOST_READ:
                words = {"from": column, "ages": _FIELDS[field]}
                yield Proposal(field, words, (column,), column.sure(field) * _SURER, named(column, field))
                continue
            units = {_UNITS[word] for word in header_words(column.header) if word in _UNITS}
            if len(units) == 1 and column.looks("digits", least=_MOST):
                entry = {"from": column, "suffix": f" {units.pop()}", "in_years": True}
                yield Proposal(field, entry, (column,), column.sure(field) * _SURER, named(column, field))
