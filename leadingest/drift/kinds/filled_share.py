"""The kind DR207."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind

#: By how much the share of leads must have moved, and by how many times what chance does to lists of that size.
_MORE = 0.1
_SIGMAS = 4


@kind("DR207", "filled")
def filled_share(comparison: Comparison) -> Iterator[Told]:
    """The share of leads that have a value in a field moved against the published load, by a tenth of them or more.

    What other differences explain (cells that are empty, that cannot be read, that a value map does not have) is
    told as these alone. Lossy where fewer leads have a value; safe where more have.
    """
    for share in filled_shares(comparison):
        if share.now == 0 or abs(share.now - share.before) < share.chance:
            continue
        fell = share.before - share.now
        if 0 < fell < share.explained + share.chance:
            continue
        yield Told(
            kind_class="lossy" if fell > 0 else "safe",
            header=share.header,
            expected=f"{percent(share.before)} of the leads have {share.field}",
            found=f"{percent(share.now)} have it",
            advice=f"look how {share.field} is read: leadingest explain --source {comparison.mapping.source}"
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
            max(_MORE, _SIGMAS * sqrt(spread)),
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
