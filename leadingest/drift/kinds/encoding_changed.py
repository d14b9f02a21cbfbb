"""The kind DR302."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR302", "file")
def encoding_changed(comparison: Comparison) -> Iterator[Told]:
    """The delivery is in another encoding than the published load's.

    Safe: it was read as what it is.
    """
    now, before = comparison.delivered.profile, comparison.published
    if before and before.encoding and now.encoding != before.encoding:
        yield Told(
            "safe", "", before.encoding, now.encoding, "nothing, or name both: `encoding` takes a list"
        )
