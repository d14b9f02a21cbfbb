"""Kinds of drift DR301 to DR303, DR305 and DR308: the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import Utf8First
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.wording import percent

#: Shares of the records of the published load.
_FELL = 0.1
_JUMPED = 0.5


@kind("DR301", "records")
def record_count(comparison: Comparison) -> Iterator[DriftDetail]:
    """There are at least a tenth fewer records than in the published load, or at least half more.

    Breaking if the guard `largest_fall` of the mapping holds such a load; lossy for a smaller drop; safe for
    growth.
    """
    now, published = comparison.delivered.profile.records, comparison.published
    if published is None or not published.records:
        return
    change = (now - published.records) / published.records
    if -_FELL < change < _JUMPED:
        return
    fell, allowed = change < 0, comparison.mapping.guards.largest_fall
    held = fell and allowed is not None and -change > allowed
    yield DriftDetail(
        kind_class="breaking" if held else "lossy" if fell else "safe",
        header="",
        expected=f"about {published.records:,} records",
        found=f"{now:,}, {percent(abs(change))} {'fewer' if fell else 'more'}",
        advice="ask the source whether the list is complete"
        if fell
        else "check whether records were sent twice",
    )


@kind("DR302", "file")
def encoding_changed(comparison: Comparison) -> Iterator[DriftDetail]:
    """The encoding of the delivery differs from that of the published load, or from its mapping.

    Lossy if it was read in the encoding of the mapping although all its non-ASCII characters are UTF-8: these
    characters are garbled; `--fix` puts UTF-8 first. Also lossy if the encoding turns bytes that are quotes and
    dashes in cp1252 into control characters. Safe otherwise: it was read in its actual encoding.
    """
    if read_as := comparison.delivered.misread_as:
        advice = f"write `encoding: [utf-8, {read_as}]` in the mapping; --fix does"
        yield DriftDetail("lossy", "", read_as, "utf-8", advice, fixes=(Utf8First(),))
    elif count := comparison.delivered.controls:
        read_as = comparison.delivered.profile.encoding
        found = f"{count:,} control characters (U+0080 to U+009F): it seems to be cp1252"
        yield DriftDetail("lossy", "", read_as, found, "write `encoding: cp1252` in the mapping")
    now, before = comparison.delivered.profile, comparison.published
    if before and before.encoding and now.encoding != before.encoding:
        yield DriftDetail(
            "safe", "", before.encoding, now.encoding, "nothing, or name both: `encoding` takes a list"
        )


_CALLED: Final = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "pipes"}


@kind("DR303", "file")
def layout_changed(comparison: Comparison) -> Iterator[DriftDetail]:
    """The file format differs from that of the published load, or the delimiter or quote character does.

    Safe: it was read in its actual format.
    """
    now, before = comparison.delivered.profile, comparison.published
    if before and before.format and _layout(now) != _layout(before):
        yield DriftDetail("safe", "", _layout(before), _layout(now), "nothing, if the columns are correct")


def _layout(profile: DeliveryProfile) -> str:
    between = (
        f", {_CALLED.get(profile.delimiter, repr(profile.delimiter))} between cells"
        if profile.delimiter
        else ""
    )
    around = f", {profile.quote} around them" if profile.quote not in ("", '"') else ""
    return f"{profile.format}{between}{around}"


@kind("DR305", "file")
def unreadable_delivery(comparison: Comparison) -> Iterator[DriftDetail]:
    """The delivery cannot be read with the settings of the mapping.

    Breaking: the load fails.
    """
    delivered = comparison.delivered
    if delivered.error:
        yield DriftDetail("breaking", "", "a file that can be read", delivered.error, delivered.hint)


@kind("DR308", "file")
def total_row(comparison: Comparison) -> Iterator[DriftDetail]:
    """The last record looks like a total: its first cell says so, and the others are blank or numbers.

    Lossy: it becomes a lead or a reject, but is neither.
    """
    if line := comparison.delivered.total_line:
        yield DriftDetail(
            kind_class="lossy",
            header="",
            expected="a record",
            found=f"line {line} looks like a total",
            advice="leave it out: set `footer` in the delivery section of the mapping",
        )
