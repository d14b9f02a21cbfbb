"""The kind DR204."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import Look

#: Shares of the filled cells: of one kind before, and of it no more.
_MOST = 0.9
_FEW = 0.6
#: Cells that were looked at: of fewer nothing can be said.
_LEAST_CELLS = 5


@kind("DR204", "types")
def type_changed(comparison: Comparison) -> Iterator[Told]:
    """A column holds something of another kind than in the published load: digits became text.

    Lossy where a field that reads it has values that cannot be read now; safe where everything can.
    """
    for before, now in comparison.both:
        if min(before.sampled, now.sampled) < _LEAST_CELLS:
            continue
        then = _kind(before)
        still = now.kind_shares.get(then.kind, 0.0) if then else 1.0
        if not then or still > _FEW:
            continue
        fields = [
            comparison.delivered.profile.fields.get(field)
            for field in comparison.fields_of.get(now.header, ())
        ]
        lossy = any(field and field.unreadable > 0 for field in fields)
        shape = f", mostly like {next(iter(now.shapes))!r}" if now.shapes else ""
        read = comparison.reads(now.header)
        yield Told(
            kind_class="lossy" if lossy else "safe",
            header=now.header,
            expected=then.plural,
            found=f"{percent(still)} {then.plural}{shape}",
            advice="ask the source what the column is now" if read else "nothing: no field reads it",
        )


def _kind(column: ColumnProfile) -> Look | None:
    """The look that most cells have: of several, the one that says most."""
    shares = column.kind_shares
    return next((look for kind, look in LOOKS.items() if shares.get(kind, 0.0) >= _MOST), None)
