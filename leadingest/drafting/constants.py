"""What a file does not say, because it is the same for all of its records: asked for, with a likely value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.addresses.zip_prefixes import state_of
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.sample import Task

#: Of the ZIP codes: so many must be of one state.
_MOST: Final = 0.9


@dataclass(frozen=True)
class Constant:
    """A field that no column tells, its likely value, and what speaks for it."""

    field: str
    value: str
    why: str


def constants(task: Task, fields: Mapping[str, Proposal]) -> tuple[Constant, ...]:
    """Those that the draft asks for."""
    found = []
    if task.has("state") and "state" not in fields and (state := _state(fields.get("zip"))):
        found.append(
            Constant("state", state, f"no column gives the state; nearly all ZIP codes are in {state}")
        )
    return tuple(found)


def _state(zips: Proposal | None) -> str | None:
    if zips is None:
        return None
    codes = zips.columns[0].values.filter(zips.columns[0].values.str.contains("^[0-9]{5}"))
    states = codes.map_elements(state_of, return_dtype=pl.String)
    if states.is_empty():
        return None
    most = str(states.mode().sort()[0])
    return most if most and int((states == most).sum()) >= _MOST * len(states) else None
