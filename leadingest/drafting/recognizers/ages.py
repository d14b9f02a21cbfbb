"""Ages: in ranges, in words, and in a column for each group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.proposal import Entry, Proposal, named
from leadingest.drafting.sample import SampleColumn, Task
from leadingest.errors import FaultError
from leadingest.operations.ages import GROUPS
from leadingest.operations.sql_expression import names_read


def identifier(column: SampleColumn) -> str:
    """The column's name, in double quotes where SQL would take it for something else."""
    name = column.label
    if re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) and _is_a_name(name):
        return name
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def literal(value: str) -> str:
    """The value in single quotes."""
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def _is_a_name(word: str) -> bool:
    try:
        return names_read(f"{word} = 'Y'") == (word,)
    except (ValueError, FaultError):
        return False


#: Meaning → how the load table calls the group.
_NAMES: Final = {"infant": "Infant", "toddler": "Toddler", "preschool": "Preschool", "school_age": "School"}
_LEAST_GROUPS: Final = 2
_YES: Final = ("Y", "y", "Yes", "YES", "yes", "TRUE", "True", "true", "X", "x", "1")


def recognize_age_groups(task: Task) -> Iterator[Proposal]:
    """At least two headers that name age groups, with flags under them."""
    tests = {}
    for meaning in _NAMES:
        column = task.sample.likeliest(meaning)
        if column and column.looks("flag", least=1.0) and (yes := _yes(column)):
            tests[meaning] = (column, f"{identifier(column)} = {literal(yes)}")
    if len(tests) >= _LEAST_GROUPS:
        columns = tuple(column for column, _ in tests.values())
        yield from age_proposals(task, {meaning: test for meaning, (_, test) in tests.items()}, columns, 1.0)


def _yes(column: SampleColumn) -> str | None:
    return next((value for value in _YES if value in column.values), None)


def age_proposals(
    task: Task, tests: dict[str, str], columns: tuple[SampleColumn, ...], score: float, **more: object
) -> Iterator[Proposal]:
    """The fields that say which ages are taken, where `tests` has an SQL condition for each group."""
    groups = [{"const": _NAMES[meaning], "when": test} for meaning, test in tests.items()]
    youngest = " ".join(f"WHEN {test} THEN {GROUPS[_NAMES[meaning]][0]}" for meaning, test in tests.items())
    oldest = " ".join(
        f"WHEN {test} THEN {GROUPS[_NAMES[meaning]][1]}" for meaning, test in reversed(tests.items())
    )
    entries = {
        "ages_served": {"join": groups, "separator": ", "},
        "min_age": {"sql": f"CASE {youngest} END"},
        "max_age": {"sql": f"CASE {oldest} END"},
    }
    for field, entry in entries.items():
        if task.has(field):
            yield Proposal(field, entry, columns, score, alone=False, **more)  # type: ignore[arg-type]  # doubts, let


_MOST: Final = 0.7
_BETWEEN: Final = r"(?i)^.+?( *(?:\bto\b|-|–) *).+$"
#: Readable, since it stands in the mapping; the shape has told before that these are ages.
_INSIDE: Final = r"(?i)\bages? ([0-9.]+ *\w+ *(?:to|-|–) *[0-9.]+ *\w+)"
_LET: Final = "ages"


def recognize_age_range(task: Task) -> Iterator[Proposal]:
    """Values that are, or hold, two ages with their units, whatever the header."""
    for column in task.sample.columns:
        if column.looks("age_range", least=_MOST):
            yield from _proposed(task, column, column, column.values, let={})
        elif column.looks("age_range_inside", least=_MOST) and _is_free(task):
            let = {_LET: {"from": column, "extract": _INSIDE}}
            ages = column.values.str.extract(_INSIDE, 1).drop_nulls()
            yield from _proposed(task, column, _LET, ages, let=let)


def _proposed(
    task: Task,
    column: SampleColumn,
    ages: SampleColumn | str,
    values: pl.Series,
    let: dict[str, dict[str, Any]],
) -> Iterator[Proposal]:
    separator = str(values.str.extract(_BETWEEN, 1).drop_nulls().mode().sort()[0])
    entries: dict[str, Entry] = {"ages_served": ages}
    for field, part in (("min_age", 1), ("max_age", 2)):
        entries[field] = {"from": ages, "split": separator, "part": part, "in_years": True}
    for field, entry in entries.items():
        if task.has(field):
            yield Proposal(field, entry, (column,), 0.95, alone=False, let=let)


def _is_free(task: Task) -> bool:
    """Whether no header has the name that the `let` value is to have."""
    return all(column.label != _LET for column in task.sample.columns)


#: Words of a header that say in what its ages are counted.
_UNITS: Final = {
    **dict.fromkeys(("month", "months", "mo", "mos", "mths"), "months"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "weeks"),
}
#: A plain reading of the column, as years, must not win.
_SURER: Final = 1.01


def recognize_age_unit(task: Task) -> Iterator[Proposal]:
    """Ages as bare numbers, under a header which says that they are months or weeks."""
    for field in filter(task.has, ("min_age", "max_age")):
        for column in task.sample.ranked(field):
            units = {_UNITS[word] for word in header_words(column.header) if word in _UNITS}
            if len(units) == 1 and column.looks("digits", least=_MOST):
                entry = {"from": column, "suffix": f" {units.pop()}", "in_years": True}
                yield Proposal(field, entry, (column,), column.sure(field) * _SURER, named(column, field))


#: What stands in a value that names the group, whatever its case.
_WORDS: Final = {
    "infant": "infant",
    "toddler": "toddler",
    "preschool": "preschool",
    "school_age": "school-age",
}
_LET_WORDS: Final = "ages"
_SCORE: Final = 0.9
_MOST_VALUES: Final = 60


def recognize_age_words(task: Task) -> Iterator[Proposal]:
    """Values that nearly all hold the name of an age group."""
    columns = tuple(
        column
        for column in task.sample.columns
        if column.looks("age_word") and 0 < column.distinct <= _MOST_VALUES and _about_ages(column.header)
    )
    if not columns or any(column.label == _LET_WORDS for column in task.sample.columns):
        return
    values = [value.lower() for column in columns for value in column.values.to_list()]
    there = {meaning: word for meaning, word in _WORDS.items() if any(word in value for value in values)}
    if len(there) < 2:
        return
    joined = {"join": list(columns), "separator": "|", "case": "lower"}
    tests = {meaning: f"{_LET_WORDS} LIKE '%{word}%'" for meaning, word in there.items()}
    yield from age_proposals(task, tests, columns, _SCORE, let={_LET_WORDS: joined})


def _about_ages(header: str) -> bool:
    """Ages, Age Group, AA2; not a column in which such words have slipped from another one."""
    words = header_words(header)
    return bool({"age", "ages", "aa"} & set(words))
