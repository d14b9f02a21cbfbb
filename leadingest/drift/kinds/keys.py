"""Kinds of drift DR206, DR213 and DR306: what leads are known by, and whether it is there again."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.lead_profiler import KNOWN_BY
from leadingest.drift.profiles.profile import ColumnProfile, KeyProfile
from leadingest.operations.checks.unique import Unique
from leadingest.wording import percent

#: Of the different values: as good as none twice, and more than that.
_UNIQUE = 0.002
_REPEATED = 0.01
#: Different values: of fewer nothing can be said.
_LEAST_VALUES = 10
#: How much of a column that tells records apart is filled, at least.
_FILLED = 0.9
#: By how much more of the leads are hidden, or of their keys repeat.
_MORE = 0.1


@kind("DR206", "repeats")
def repeated_identity(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column that identified the records no longer does.

    An identifying column, such as the license number, had a different value in every record of the published load and
    now repeats values; or many more leads share a key, so that the view shows only one of them. Identifying columns
    are those of `key` in the mapping, otherwise license_number and provider_id, and those that must be `unique`.
    Lossy: leads may be hidden by others.
    """
    identity = _identity(comparison)
    for before, now in comparison.both:
        if now.header in identity and _tells_apart(before) and now.repeated >= _REPEATED:
            yield DriftDetail(
                kind_class="lossy",
                header=now.header,
                expected="a different value in every record",
                found=f"{percent(now.repeated)} of its values occur more than once",
                advice="ask the source whether records were sent twice",
            )
    published, profile = comparison.published, comparison.delivered.profile
    for what, then, later in (
        ("leads are hidden by others", published.hidden if published else None, profile.hidden),
        ("lead keys are repeated", published.repeated_keys if published else None, profile.repeated_keys),
    ):
        if then is not None and later is not None and later - then >= _MORE:
            yield DriftDetail(
                kind_class="lossy",
                header="",
                expected=f"{percent(then, beside=later)} of the {what}",
                found=f"{percent(later, beside=then)} are",
                advice="check whether records were sent twice, or whether the fields of `identity` are missing",
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
    return (
        column.distinct >= _LEAST_VALUES and column.repeated <= _UNIQUE and 1 - column.empty_share >= _FILLED
    )


#: Leads: of fewer it may be chance.
_LEAST_LEADS = 10


@kind("DR213", "keys")
def key_counts_records(comparison: Comparison) -> Iterator[DriftDetail]:
    """The `key` of the mapping is just the record number, 1 to the last in file order.

    The first lead of the next list then has the same key as the first lead of this one, whoever it is. Lossy: `diff`
    matches unrelated leads.
    """
    profile = comparison.delivered.profile
    key = profile.key
    if key is None or not key.counts_records or key.distinct < _LEAST_LEADS or not comparison.mapping.key:
        return
    yield DriftDetail(
        kind_class="lossy",
        header=comparison.only_header_of(key.fields[0]),
        expected=f"a {listed(key.fields, last='and')} that identifies a lead permanently",
        found="the record number, counted from 1",
        advice="choose another key in the mapping, or none",
    )


#: Of the keys of the smaller load, the share that the other one has as well.
_LEAST_IN_COMMON = 0.5
#: Keys: of fewer nothing can be said.
_LEAST_KEYS = 10
#: How many keys must be written alike, before and now, for their spelling to be told.
_MOSTLY = 0.5


@kind("DR306", "keys")
def keys_in_common(comparison: Comparison) -> Iterator[DriftDetail]:
    """Fewer than half of the leads are also in the published load, by their keys.

    The key is `key` in the mapping; otherwise license_number or provider_id; otherwise lead_key. Likely causes are a
    different list, or license numbers in a new spelling. Breaking: the guard `least_keys_in_common` holds a load with
    a fifth or less.
    """
    share = comparison.keys_in_common
    before = comparison.published.key if comparison.published else None
    now = comparison.delivered.profile.key
    if share is None or share >= _LEAST_IN_COMMON or not (before and now):
        return
    if min(before.distinct, now.distinct) < _LEAST_KEYS:
        return
    by = listed(now.fields, last="and")
    rewritten = _rewritten(before, now)
    yield DriftDetail(
        kind_class="breaking",
        header=comparison.only_header_of(now.fields[0]) if len(now.fields) == 1 else "",
        expected=f"most leads have the {by} of a published one",
        found=f"{percent(share)} of them have it{rewritten}",
        advice="restore the old spelling with words such as replace, strip or pad"
        if rewritten
        else "check whether this is a different list",
    )


def _rewritten(before: KeyProfile, now: KeyProfile) -> str:
    """How the keys are written now, where it is otherwise than before."""
    then, later = (_main_shape(each) for each in (before, now))
    if not (then and later) or then == later:
        return ""
    return f"; it used to look like {then!r} and now looks like {later!r}"


def _main_shape(key: KeyProfile) -> str:
    shape = next(iter(key.shapes), "")
    return shape if key.shapes.get(shape, 0.0) >= _MOSTLY else ""
