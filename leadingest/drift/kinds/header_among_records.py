"""The kind DR111."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind

_ADVICE = "write `header: 1` in place of `header: none`; the names in the file are then compared with `names`"


@kind("DR111", "names")
def header_among_records(comparison: Comparison) -> Iterator[Told]:
    """The file has a header, and the mapping says `header: none`.

    Breaking where it has not the names of the mapping in their order: it is read as a record, and its columns may stand
    elsewhere. Told as this alone, and the load is held, unless `on_drift: {names: note}` says otherwise. Safe where it
    is left out, as it has the very names of the mapping.
    """
    if headed := comparison.delivered.headed:
        yield Told(
            kind_class="safe" if headed == "left out" else "breaking",
            header="",
            expected="no header: the mapping names the columns",
            found=f"the first record looks like a header, and is {headed}",
            advice=_ADVICE,
            settled=headed == "left out",
        )
