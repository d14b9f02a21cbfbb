"""One column per age group, each with yes or no: the groups served, and the youngest and oldest age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.column import Column
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.sql_text import identifier, literal
from leadingest.drafting.task import Task

#: Meaning → how the load table calls the group, and the youngest and oldest age in whole years.
GROUPS: Final = {
    "infant": ("Infant", 0, 0),
    "toddler": ("Toddler", 1, 1),
    "preschool": ("Preschool", 2, 4),
    "school_age": ("School", 5, 12),
}
_LEAST_GROUPS: Final = 2
_YES: Final = ("Y", "y", "Yes", "YES", "yes", "TRUE", "True", "true", "X", "x", "1")


def recognise_age_groups(task: Task) -> Iterator[Proposal]:
    """At least two headers that name age groups, with flags under them."""
    tests = {}
    for meaning in GROUPS:
        column = task.sample.likeliest(meaning)
        if column and column.looks("flag", least=1.0) and (yes := _yes(column)):
            tests[meaning] = (column, f"{identifier(column)} = {literal(yes)}")
    if len(tests) >= _LEAST_GROUPS:
        columns = tuple(column for column, _ in tests.values())
        yield from age_proposals(task, {meaning: test for meaning, (_, test) in tests.items()}, columns, 1.0)


def _yes(column: Column) -> str | None:
    return next((value for value in _YES if value in column.values), None)


def age_proposals(
    task: Task, tests: dict[str, str], columns: tuple[Column, ...], score: float, **more: object
) -> Iterator[Proposal]:
    """The fields that say which ages are taken, where `tests` has an SQL condition for each group."""
    groups = [{"const": GROUPS[meaning][0], "when": test} for meaning, test in tests.items()]
    youngest = " ".join(f"WHEN {test} THEN {GROUPS[meaning][1]}" for meaning, test in tests.items())
    oldest = " ".join(f"WHEN {test} THEN {GROUPS[meaning][2]}" for meaning, test in reversed(tests.items()))
    entries = {
        "ages_served": {"join": groups, "separator": ", "},
        "min_age": {"sql": f"CASE {youngest} END"},
        "max_age": {"sql": f"CASE {oldest} END"},
    }
    for field, entry in entries.items():
        if task.has(field):
            yield Proposal(field, entry, columns, score, alone=False, **more)  # type: ignore[arg-type]  # doubts, let
