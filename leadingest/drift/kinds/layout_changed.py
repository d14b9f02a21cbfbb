"""The kind DR303."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import DeliveryProfile

_CALLED: Final = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "pipes"}


@kind("DR303", "file")
def layout_changed(comparison: Comparison) -> Iterator[Told]:
    """The delivery is of another format than the published load's, or has other signs between or around its cells.

    Safe: it was read as what it is.
    """
    now, before = comparison.delivered.profile, comparison.published
    if before and before.format and _layout(now) != _layout(before):
        yield Told("safe", "", _layout(before), _layout(now), "nothing, if the columns are right")


def _layout(profile: DeliveryProfile) -> str:
    between = (
        f", {_CALLED.get(profile.delimiter, repr(profile.delimiter))} between cells"
        if profile.delimiter
        else ""
    )
    around = f", {profile.quote} around them" if profile.quote not in ("", '"') else ""
    return f"{profile.format}{between}{around}"
