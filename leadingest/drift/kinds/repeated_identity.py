"""The kind DR206."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind
from leadingest.drift.profiles.lead_profiler import KNOWN_BY
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.operations.checks.unique import Unique

#: Of the different values: as good as none twice, and more than that.
_UNIQUE = 0.002
_REPEATED = 0.01
#: Different values: of fewer nothing can be said.
_LEAST = 10
#: How much of a column that tells records apart is filled, at least.
_FILLED = 0.9
#: By how much more of the leads are hidden, or of their keys repeat.
_MORE = 0.1


@kind("DR206", "repeats")
def repeated_identity(comparison: Comparison) -> Iterator[Told]:
    """What told the records apart does so no more.

    A column that leads are known by, as the license number, had a value of its own in every record of the published load,
    and has the same in several now; or many more leads have a key in common, so that the view hides them behind one.
    Columns that leads are known by are those of `key` in the mapping, else license_number and provider_id, and those that must be
    `unique`. Lossy: leads may get lost among the others.
    """
    identity = _identity(comparison)
    for before, now in comparison.both:
        if now.header in identity and _tells_apart(before) and now.repeated >= _REPEATED:
            yield Told(
                kind_class="lossy",
                header=now.header,
                expected="a value of its own in every record",
                found=f"{percent(now.repeated)} of its values stand there more than once",
                advice="ask the source whether records were sent twice",
            )
    published, profile = comparison.published, comparison.delivered.profile
    for what, then, later in (
        ("leads stand behind others", published.hidden if published else None, profile.hidden),
        ("keys of leads repeat", published.repeated_keys if published else None, profile.repeated_keys),
    ):
        if then is not None and later is not None and later - then >= _MORE:
            yield Told(
                kind_class="lossy",
                header="",
                expected=f"{percent(then)} of the {what}",
                found=f"{percent(later)} do",
                advice="look whether records were sent twice, or what `identity` reads is gone",
            )
            break


def _identity(comparison: Comparison) -> set[str]:
    """The headers of the columns that leads are known by."""
    mapping = comparison.mapping
    unique = {
        field
        for field, entry in mapping.fields.items()
        if any(isinstance(check, Unique) for check in entry.checks)
    }
    fields = unique | set(mapping.key or KNOWN_BY)
    return {header for header, filled in comparison.fields_of.items() if fields & set(filled)}


def _tells_apart(column: ColumnProfile) -> bool:
    return column.distinct >= _LEAST and column.repeated <= _UNIQUE and 1 - column.empty_share >= _FILLED
