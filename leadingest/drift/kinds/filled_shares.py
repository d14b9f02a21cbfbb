"""Kinds of drift DR205, DR207 and DR208: how many cells of a column, or values of a field, are filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from leadingest.drift.comparison import Comparison
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.kinds.unreadable_values import is_wholly_invalid
from leadingest.wording import percent

#: By how much the share of empty cells must have grown, and by how many times what chance does to lists of that size.
_MORE_EMPTY = 0.1
_SIGMAS_OF_CELLS = 3


@kind("DR205", "empty")
def empty_share(comparison: Comparison) -> Iterator[DriftDetail]:
    """Many more cells of a column are empty than in the published load: at least a tenth more.

    Lossy if a field reads the column; safe otherwise.
    """
    for before, now in comparison.both:
        if not before.records or not now.records:
            continue
        then, later = before.empty_share, now.empty_share
        chance = sqrt(max(then * (1 - then), later * (1 - later)) * (1 / before.records + 1 / now.records))
        if later - then < max(_MORE_EMPTY, _SIGMAS_OF_CELLS * chance):
            continue
        read = comparison.reads(now.header)
        yield DriftDetail(
            kind_class="lossy" if read else "safe",
            header=now.header,
            expected=f"{percent(then, beside=later)} empty",
            found=f"{percent(later, beside=then)} empty",
            advice="ask the source whether this is intended" if read else "nothing: no field reads it",
        )


#: By how much the share of leads must have moved, and by how many times what chance does to lists of that size.
_MOVED = 0.1
_SIGMAS_OF_LEADS = 4


@kind("DR207", "filled")
def filled_share(comparison: Comparison) -> Iterator[DriftDetail]:
    """The share of leads with a value in a field changed since the published load, by at least a tenth.

    Not reported if another difference explains it (empty cells, unreadable cells, values missing from
    a value map). Lossy if fewer leads have a value; safe if more have one.
    """
    for share in filled_shares(comparison):
        if share.now == 0 or abs(share.now - share.before) < share.chance:
            continue
        fell = share.before - share.now
        if 0 < fell < share.explained + share.chance:
            continue
        yield DriftDetail(
            kind_class="lossy" if fell > 0 else "safe",
            header=share.header,
            expected=f"{percent(share.before, beside=share.now)} of the leads have {share.field}",
            found=f"{percent(share.now, beside=share.before)} have it",
            advice=f"see how {share.field} is read: leadingest explain --source {comparison.mapping.source}"
            if fell > 0
            else "nothing, if the source gives more now",
        )


@dataclass(frozen=True)
class FilledShare:
    """How many of the leads have a value in a field, before and now, from 0 to 1."""

    field: str
    #: The column that it comes from; "" for several.
    header: str
    before: float
    now: float
    #: The most that may be chance, or is too little to tell.
    chance: float
    #: How much less other kinds of drift tell of.
    explained: float


def filled_shares(comparison: Comparison) -> Iterator[FilledShare]:
    """Of each field that the published load had as well."""
    published, profile = comparison.published, comparison.delivered.profile
    if not (published and published.leads and profile.leads):
        return
    for field, now in profile.fields.items():
        before = published.fields.get(field)
        if before is None:
            continue
        then, later = before.filled / published.leads, now.filled / profile.leads
        spread = max(then * (1 - then), later * (1 - later)) * (1 / published.leads + 1 / profile.leads)
        yield FilledShare(
            field,
            comparison.only_header_of(field),
            then,
            later,
            max(_MOVED, _SIGMAS_OF_LEADS * sqrt(spread)),
            max(now.unreadable / profile.leads - before.unreadable / published.leads, 0.0)
            + _emptier(comparison, field),
        )


def _emptier(comparison: Comparison, field: str) -> float:
    """How much more is empty in the columns that the field comes from."""
    gained = [
        now.empty_share - before.empty_share
        for before, now in comparison.both
        if field in comparison.fields_of.get(now.header, ())
    ]
    return max([0.0, *gained])


#: Leads that had a value before: of fewer nothing can be said.
_LEAST_LEADS = 5


@kind("DR208", "emptied")
def field_emptied(comparison: Comparison) -> Iterator[DriftDetail]:
    """A field that had values in the published load is blank in every lead, although its column exists.

    This happens for example when a source writes 1 and 0 instead of Y and N, and a `when` tests for Y. Breaking: the
    load is held, unless `on_drift: {emptied: note}` says otherwise.
    """
    published, profile = comparison.published, comparison.delivered.profile
    missing = {field for column in comparison.missing for field in column.fields}
    for share in filled_shares(comparison):
        had = share.before * published.leads if published and published.leads else 0
        if share.now > 0 or had < _LEAST_LEADS or (profile.leads or 0) < _LEAST_LEADS:
            continue
        if share.field in missing or is_wholly_invalid(profile.fields[share.field]):
            continue
        yield DriftDetail(
            kind_class="breaking",
            header=share.header,
            expected=f"{percent(share.before)} of the leads have {share.field}",
            found="none have it",
            advice=f"see how {share.field} is read: leadingest explain --source {comparison.mapping.source}",
        )
