"""Required fields: a draft without them would load nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from leadingest.drafting.column import Column
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.shapes import SURE
from leadingest.drafting.task import Task

_SURE: Final = 0.3
_NOTHING_NAMES_IT: Final = "no header names it; this column tells most"
#: What may stand in for a name that is blank.
_STAND_INS: Final = ("company", "licensee_name", "contact", "last_name", "provider_id", "license_number")


def fill_required(chosen: Mapping[str, Proposal], task: Task) -> dict[str, Proposal]:
    """The entries with one for every required field, and with a stand-in where a required value is blank."""
    filled = dict(chosen)
    for name, field in task.table.columns.items():
        if not field.required:
            continue
        if name not in filled:
            column = _most_telling(task)
            # What stands here because nothing better is there, stands nowhere else.
            filled = {
                each: other
                for each, other in filled.items()
                if other.entry is not column and not (other.alone and column in other.columns)
            }
            filled[name] = Proposal(name, column, (column,), _SURE, (_NOTHING_NAMES_IT,))
        filled[name] = _with_stand_in(filled[name], task)
    return {name: filled[name] for name in task.table.columns if name in filled}


def _most_telling(task: Task) -> Column:
    """The column with words in it that is filled most often and repeats itself least."""
    return max(
        task.sample.columns,
        key=lambda column: (
            bool(column.header),
            column.looks("has_letters", least=0.7) and not column.looks(*SURE, "date", "flag"),
            column.filled + column.distinct,
        ),
    )


def _with_stand_in(proposal: Proposal, task: Task) -> Proposal:
    """The proposal; of what is filled elsewhere, the best is taken where it is blank."""
    blank = task.sample.records - max((column.filled for column in proposal.columns), default=0)
    if not blank or not isinstance(proposal.entry, Column):
        return proposal
    others = [
        column
        for meaning in _STAND_INS
        for column in task.sample.ranked(meaning)
        if column not in proposal.columns and column.filled
    ]
    if not others:
        return proposal
    other = max(others, key=lambda column: column.filled)
    said = (
        f'it is blank in {blank:,} of {task.sample.records:,} records; "{other.label}" stands in for it there'
    )
    return replace(
        proposal,
        entry={"first_of": [proposal.entry, other]},
        columns=(*proposal.columns, other),
        doubts=(*proposal.doubts, said),
    )
