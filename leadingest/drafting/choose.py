"""One entry for each field, out of all that was proposed."""

from __future__ import annotations

from collections.abc import Iterable

from leadingest.drafting.column import Column
from leadingest.drafting.proposal import Proposal

#: What is less sure than this is not written.
_LEAST = 0.3


def choose(proposals: Iterable[Proposal]) -> dict[str, Proposal]:
    """The surest proposal for each field.

    Of two fields that want a column alone, the surer one gets it; and no two are filled with the same column as it is.
    """
    chosen: dict[str, Proposal] = {}
    taken: set[Column] = set()
    plain: set[Column] = set()
    for proposal in sorted(proposals, key=lambda each: -each.score):
        if proposal.score < _LEAST or proposal.field in chosen:
            continue
        if (proposal.alone and not taken.isdisjoint(proposal.columns)) or (
            isinstance(proposal.entry, Column) and proposal.entry in plain
        ):
            continue
        chosen[proposal.field] = proposal
        if proposal.alone:
            taken.update(proposal.columns)
        if isinstance(proposal.entry, Column):
            plain.add(proposal.entry)
    return chosen
