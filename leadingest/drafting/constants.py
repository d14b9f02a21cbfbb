"""What a file does not say, because it is the same for all of its records: drafted, or asked for with a likely value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import polars as pl

from leadingest.addresses.zip_prefixes import state_of
from leadingest.deliveries.header_names import header_words
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognizers.vocabulary import kind_in
from leadingest.drafting.sample import Task

#: Of the ZIP codes: so many must be of one state.
_MOST: Final = 0.9
#: With fewer different codes that all are of one state, it is only asked for.
_ENOUGH: Final = 3
_SURE: Final = 0.5
_FIVE: Final = 5


@dataclass(frozen=True)
class Constant:
    """A field that no column tells, its likely value, and what speaks for it."""

    field: str
    value: str
    why: str


def with_state(task: Task, fields: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """The fields with the one state that all ZIP codes are of, where no column gives it."""
    found = _state(fields.get("zip")) if task.has("state") and "state" not in fields else None
    if not found or found.share < 1 or found.codes < _ENOUGH:
        return dict(fields)
    doubt = f"no column gives the state; all ZIP codes are in {found.state}"
    together = {**fields, "state": Proposal("state", {"const": found.state}, (), _SURE, (doubt,))}
    return {name: together[name] for name in task.table.columns if name in together}


def constants(task: Task, fields: Mapping[str, Proposal]) -> tuple[Constant, ...]:
    """Those that the draft asks for."""
    return tuple(_asked_for(task, fields))


def _asked_for(task: Task, fields: Mapping[str, Proposal]) -> Iterator[Constant]:
    if task.has("state") and "state" not in fields:
        found = _state(fields.get("zip"))
        if found and found.share >= _MOST:
            yield Constant(
                "state", found.state, f"no column gives the state; nearly all ZIP codes are in {found.state}"
            )
    if task.has("facility_type") and "facility_type" not in fields:
        name = PurePath(task.sample.delivery.name).stem
        kind = kind_in(task.table.columns["facility_type"], " ".join(header_words(name)))
        if kind:
            yield Constant("facility_type", kind, "no column gives the kind; the name of the file may")


@dataclass(frozen=True)
class _Found:
    state: str
    share: float
    codes: int


def _state(zips: Proposal | None) -> _Found | None:
    """The state that most ZIP codes are of."""
    if zips is None:
        return None
    restored = isinstance(zips.entry, Mapping) and "restore_zeros" in zips.entry
    values = zips.columns[0].values
    codes = (values.str.zfill(_FIVE) if restored else values).str.extract("^([0-9]{5})", 1).drop_nulls()
    states = codes.map_elements(state_of, return_dtype=pl.String)
    if states.is_empty():
        return None
    most = str(states.mode().sort()[0])
    return _Found(most, int((states == most).sum()) / len(states), len(states)) if most else None
