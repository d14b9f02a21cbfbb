"""Kinds of drift DR201 and DR209: cells of a field that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.kinds.date_format import changed_dates
from leadingest.drift.profiles.profile import FieldProfile
from leadingest.wording import percent

#: Of the cells of a field, more that cannot be read than before; with nothing to compare with, at all.
_MORE = 0.02
_WITHOUT_COMPARISON = 0.1
#: Cells that cannot be read: fewer are told as invalid values, and are no drift.
_LEAST = 2


@kind("DR201", "unreadable")
def unreadable_share(comparison: Comparison) -> Iterator[DriftDetail]:
    """More cells of a field cannot be read than in the published load.

    If no load is published: more than a tenth. Values missing from a value map, dates in a new format and fields
    without any readable cell are reported as DR202, DR203 and DR209 instead. Lossy: such a cell is an invalid value,
    or its record a reject.
    """
    reported = {each.field for each in comparison.delivered.unknown_values if each.counts}
    reported |= {change.field for change in changed_dates(comparison)}
    for field, now in comparison.delivered.profile.fields.items():
        before = comparison.published.fields.get(field) if comparison.published else None
        allowed = before.unreadable_share + _MORE if before else _WITHOUT_COMPARISON
        if (
            field in reported
            or is_wholly_invalid(now)
            or now.unreadable < _LEAST
            or now.unreadable_share <= allowed
        ):
            continue
        headers = [header for header, fields in comparison.fields_of.items() if field in fields]
        there = [header for header in headers if header in comparison.now]
        yield DriftDetail(
            kind_class="lossy",
            header=listed(there, last="and"),
            expected=f"{percent(before.unreadable_share, beside=now.unreadable_share)} of {field} unreadable"
            if before
            else f"{field} can be read",
            found=f"{percent(now.unreadable_share)} unreadable",
            advice=f"see them with: leadingest lint --source {comparison.mapping.source} --sample FILE",
        )


#: Cells that cannot be read: of fewer nothing can be said.
_LEAST_OF_NONE = 5


@kind("DR209", "invalid")
def wholly_invalid(comparison: Comparison) -> Iterator[DriftDetail]:
    """No cell of a field could be read, in the first load or any other.

    Breaking: the guard `most_invalid` holds such a load.
    """
    for field, profile in comparison.delivered.profile.fields.items():
        if is_wholly_invalid(profile):
            yield DriftDetail(
                kind_class="breaking",
                header=comparison.only_header_of(field),
                expected=f"{field} can be read",
                found=f"none of {profile.unreadable:,.0f} cells can",
                advice=f"see them with: leadingest lint --source {comparison.mapping.source} --sample FILE",
            )


def is_wholly_invalid(profile: FieldProfile) -> bool:
    """Whether there is something in the field to read, and nothing of it could be."""
    return profile.filled == 0 and profile.unreadable >= _LEAST_OF_NONE
