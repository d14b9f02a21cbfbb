"""The kind DR306."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import KeyProfile

#: Of the keys of the smaller load, the share that the other one has as well.
_LEAST_IN_COMMON = 0.5
#: Keys: of fewer nothing can be said.
_LEAST = 10
#: How many keys must be written alike, before and now, for their spelling to be told.
_MOSTLY = 0.5


@kind("DR306", "keys")
def keys_in_common(comparison: Comparison) -> Iterator[Told]:
    """Fewer than half of the leads are in the published load as well, by their keys.

    Keys are those of `key` in the mapping; without one license_number or provider_id, else the lead_key. Another list, or one whose license numbers are written
    otherwise now, shows so. Breaking: a fifth and less is held by the guard `least_keys_in_common`.
    """
    share = comparison.keys_in_common
    before = comparison.published.key if comparison.published else None
    now = comparison.delivered.profile.key
    if share is None or share >= _LEAST_IN_COMMON or not (before and now):
        return
    if min(before.distinct, now.distinct) < _LEAST:
        return
    by = listed(now.fields, last="and")
    rewritten = _rewritten(before, now)
    yield Told(
        kind_class="breaking",
        header=comparison.only_header_of(now.fields[0]) if len(now.fields) == 1 else "",
        expected=f"most leads have the {by} of a published one",
        found=f"{percent(share)} of them have it{rewritten}",
        advice="bring it into the spelling it had, with words such as replace, strip or pad"
        if rewritten
        else "look whether it is another list",
    )


def _rewritten(before: KeyProfile, now: KeyProfile) -> str:
    """How the keys are written now, where it is otherwise than before."""
    then, later = (_main_shape(each) for each in (before, now))
    if not (then and later) or then == later:
        return ""
    return f"; it was written like {then!r} and is now like {later!r}"


def _main_shape(key: KeyProfile) -> str:
    shape = next(iter(key.shapes), "")
    return shape if key.shapes.get(shape, 0.0) >= _MOSTLY else ""
