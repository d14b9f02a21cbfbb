"""The kind DR208."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind
from leadingest.drift.kinds.filled_share import filled_shares
from leadingest.drift.kinds.wholly_invalid import is_wholly_invalid

#: Leads that had a value before: of fewer nothing can be said.
_LEAST = 5


@kind("DR208", "emptied")
def field_emptied(comparison: Comparison) -> Iterator[Told]:
    """A field that leads of the published load had is blank in every lead, though its column is there.

    A source that writes 1 and 0 where it wrote Y and N does that, for a `when` that asks for Y. Breaking: the load is
    held, unless `on_drift: {emptied: note}` says otherwise.
    """
    published, profile = comparison.published, comparison.delivered.profile
    missing = {field for column in comparison.missing for field in column.fields}
    for share in filled_shares(comparison):
        had = share.before * published.leads if published and published.leads else 0
        if share.now > 0 or had < _LEAST or (profile.leads or 0) < _LEAST:
            continue
        if share.field in missing or is_wholly_invalid(profile.fields[share.field]):
            continue
        yield Told(
            kind_class="breaking",
            header=share.header,
            expected=f"{percent(share.before)} of the leads have {share.field}",
            found="none has it",
            advice=f"look how {share.field} is read: leadingest explain --source {comparison.mapping.source}",
        )
