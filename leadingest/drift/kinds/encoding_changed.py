"""The kind DR302."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.fixes.utf8_first import Utf8First
from leadingest.drift.kind import kind


@kind("DR302", "file")
def encoding_changed(comparison: Comparison) -> Iterator[Told]:
    """The delivery is in another encoding than the published load's, or than its mapping says.

    Lossy where it was read in the encoding of the mapping and all that is beyond ASCII in it is UTF-8: such signs stand
    there as others; `--fix` names UTF-8 first. Lossy as well where
    the encoding makes control characters of bytes that are quotes and dashes in cp1252. Safe else: it was read as what it is.
    """
    if read_as := comparison.delivered.misread_as:
        advice = f"write `encoding: [utf-8, {read_as}]` in the mapping; --fix does"
        yield Told("lossy", "", read_as, "utf-8", advice, fixes=(Utf8First(),))
    elif count := comparison.delivered.controls:
        read_as = comparison.delivered.profile.encoding
        found = f"{count:,} control characters (U+0080 to U+009F): it seems to be cp1252"
        yield Told("lossy", "", read_as, found, "write `encoding: cp1252` in the mapping")
    now, before = comparison.delivered.profile, comparison.published
    if before and before.encoding and now.encoding != before.encoding:
        yield Told(
            "safe", "", before.encoding, now.encoding, "nothing, or name both: `encoding` takes a list"
        )
