"""The kind DR204."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind
from leadingest.drift.percent import percent
from leadingest.drift.profiles.profile import ColumnProfile

#: Shares of the filled cells: of one kind before, and of it no more.
_MOST = 0.9
_FEW = 0.6
#: Cells that were looked at: of fewer nothing can be said.
_LEAST_CELLS = 5

#: Kinds from the narrowest to the widest: of those that fit, the first says most.
_NARROW_FIRST = ("date", "email", "url", "phone", "us_zip", "us_state", "boolean", "integer", "decimal")
_CALLED = {
    "email": "e-mail addresses",
    "url": "web addresses",
    "phone": "phone numbers",
    "us_zip": "ZIP codes",
    "us_state": "states",
    "boolean": "yes or no",
    "integer": "whole numbers",
    "decimal": "numbers",
    "date": "dates",
}


@kind("DR204", "types")
def type_changed(comparison: Comparison) -> Iterator[Told]:
    """A column holds something of another kind than in the published load: digits became text.

    Lossy where a field that reads it has values that cannot be read now; safe where everything can.
    """
    for before, now in comparison.both:
        if min(before.sampled, now.sampled) < _LEAST_CELLS:
            continue
        then = _kind(before)
        still = now.kind_shares.get(then, 0.0) if then else 1.0
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
            expected=_CALLED[then],
            found=f"{percent(still)} {_CALLED[then]}{shape}",
            advice="ask the source what the column is now" if read else "nothing: no field reads it",
        )


def _kind(column: ColumnProfile) -> str | None:
    """The narrowest kind that most cells are of."""
    shares = column.kind_shares
    return next((each for each in _NARROW_FIRST if shares.get(each, 0.0) >= _MOST), None)
