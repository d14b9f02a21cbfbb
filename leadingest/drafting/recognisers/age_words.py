"""Columns whose values name age groups, as `Infants (0-11 months)`: one column with several, or several columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.header_words import header_words
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognisers.age_groups import age_proposals
from leadingest.drafting.task import Task

#: What stands in a value that names the group, whatever its case.
_WORDS: Final = {
    "infant": "infant",
    "toddler": "toddler",
    "preschool": "preschool",
    "school_age": "school-age",
}
_LET: Final = "ages"
_SCORE: Final = 0.9
_MOST_VALUES: Final = 60


def recognise_age_words(task: Task) -> Iterator[Proposal]:
    """Values that nearly all hold the name of an age group."""
    columns = tuple(
        column
        for column in task.sample.columns
        if column.looks("age_word") and 0 < column.distinct <= _MOST_VALUES and _about_ages(column.header)
    )
    if not columns or any(column.label == _LET for column in task.sample.columns):
        return
    values = [value.lower() for column in columns for value in column.values.to_list()]
    there = {meaning: word for meaning, word in _WORDS.items() if any(word in value for value in values)}
    if len(there) < 2:
        return
    joined = {"join": list(columns), "separator": "|", "case": "lower"}
    tests = {meaning: f"{_LET} LIKE '%{word}%'" for meaning, word in there.items()}
    yield from age_proposals(task, tests, columns, _SCORE, let={_LET: joined})


def _about_ages(header: str) -> bool:
    """Ages, Age Group, AA2; not a column in which such words have slipped from another one."""
    words = header_words(header)
    return bool({"age", "ages", "aa"} & set(words))
