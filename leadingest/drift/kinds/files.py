"""Kinds of drift DR301 to DR303, DR305 and DR308: the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import Utf8First
from leadingest.drift.kind import Told, kind, percent
from leadingest.drift.profiles.profile import DeliveryProfile

#: Shares of the records of the published load.
_FELL = 0.1
_JUMPED = 0.5


@kind("DR301", "records")
def record_count(comparison: Comparison) -> Iterator[Told]:
    """The number of records fell by a tenth or more against the published load, or grew by half or more.

    Breaking where the mapping's guard `largest_fall` holds such a load; lossy where it fell by less; safe where it
    grew.
    """
    now, published = comparison.delivered.profile.records, comparison.published
    if published is None or not published.records:
        return
    change = (now - published.records) / published.records
    if -_FELL < change < _JUMPED:
        return
    fell, allowed = change < 0, comparison.mapping.guards.largest_fall
    held = fell and allowed is not None and -change > allowed
    yield Told(
        kind_class="breaking" if held else "lossy" if fell else "safe",
        header="",
        expected=f"about {published.records:,} records",
        found=f"{now:,}, {percent(abs(change))} {'fewer' if fell else 'more'}",
        advice="ask the source whether the list is whole" if fell else "look whether records were sent twice",
    )


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


_CALLED: Final = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "pipes"}


@kind("DR303", "file")
def layout_changed(comparison: Comparison) -> Iterator[Told]:
    """The delivery is of another format than the published load's, or has other signs between or around cells.

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


@kind("DR305", "file")
def unreadable_delivery(comparison: Comparison) -> Iterator[Told]:
    """The delivery cannot be read as the mapping says.

    Breaking: the load fails.
    """
    delivered = comparison.delivered
    if delivered.error:
        yield Told("breaking", "", "a file that can be read", delivered.error, delivered.hint)


@kind("DR308", "file")
def total_row(comparison: Comparison) -> Iterator[Told]:
    """The last record looks like a total: its first cell says so, and the others are blank or numbers.

    Lossy: it becomes a lead, or a reject, and is neither.
    """
    if line := comparison.delivered.total_line:
        yield Told(
            kind_class="lossy",
            header="",
            expected="a record",
            found=f"line {line} looks like a total",
            advice="leave it out: `footer` in the delivery section of the mapping",
        )
