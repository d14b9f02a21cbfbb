"""`FAMILY HOME - K123`: a kind and a number in one column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task

_NUMBER: Final = " - ([A-Za-z]{0,4}[0-9][0-9A-Za-z-]*)$"
_SCORE: Final = 0.85


def recognise_type_and_number(task: Task) -> Iterator[Proposal]:
    """Values of words, a dash and a number, under a header that names a kind or a number of a license."""
    for meaning in ("license_type", "license_number", "facility_type"):
        for column in task.sample.ranked(meaning):
            if not column.looks("type_and_number"):
                continue
            if task.has("license_type"):
                entry = {"from": column, "split": " - "}
                yield Proposal("license_type", entry, (column,), _SCORE, alone=False)
            if task.has("license_number"):
                entry = {"from": column, "extract": _NUMBER}
                yield Proposal("license_number", entry, (column,), _SCORE, alone=False)
