"""What keeps a load from being published until somebody approves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from leadingest.deliveries.extract_time import is_after_tomorrow
from leadingest.destinations.ledger import LoadRow, NewLoad, RecordCounts
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.mapping.sections import Guards, written_share
from leadingest.wording import counted, percent

#: Keys or leads of a load: of fewer nothing can be said.
_FEWEST_LEADS: Final = 10
#: Cells that could not be read: of fewer nothing can be said.
_FEWEST_CELLS: Final = 5
#: Of a field that is required, or that leads are known by, no more than this share: half of the leads lack it then.
_OF_A_NEEDED_ONE: Final = Fraction(50, 100)


@dataclass(frozen=True)
class LoadFacts:
    """A load that is about to be published. In a dry run there are no other loads to compare it with."""

    guards: Guards
    counts: RecordCounts
    #: Invalid values in fields with `on_invalid: hold`.
    holding: int
    new: NewLoad
    #: The day of the run, UTC.
    today: date
    #: The load of the source that the view shows.
    published: LoadRow | None = None
    #: The newest finished load of the same bytes.
    sent_before: LoadRow | None = None
    #: What the delivery and its leads are like, and the share of the leads that the published load has as well, as far
    #: as that is known; the fields that are required, or that leads are known by.
    profile: DeliveryProfile | None = None
    keys_in_common: Fraction | None = None
    needed: frozenset[str] = frozenset()
    #: The drift that the mapping wants held, in words; "" for none.
    drift: str = ""


#: Says in a few words why the load must not be published unasked, and by how much; empty where it may.
Guard = Callable[[LoadFacts], str]


def on_invalid_hold(facts: LoadFacts) -> str:
    """Keeps a load with an invalid value in such a field."""
    if not facts.holding:
        return ""
    return f"{counted(facts.holding, 'invalid value')} in fields with `on_invalid: hold`"


def most_rejects(facts: LoadFacts) -> str:
    """Keeps a load of which too large a share was rejected."""
    allowed, counts = facts.guards.most_rejects, facts.counts
    if allowed is None or not counts.read or (share := Fraction(counts.rejected, counts.read)) <= allowed:
        return ""
    return (
        f"{counts.rejected:,} of {counts.read:,} records were rejected, {percent(share, beside=allowed)}: "
        f"`most_rejects` allows {written_share(allowed)}"
    )


def most_invalid(facts: LoadFacts) -> str:
    """Keeps a load in which most cells of a field could not be read: it holds something else now."""
    allowed, profile = facts.guards.most_invalid, facts.profile
    if allowed is None or profile is None:
        return ""
    for field, found in profile.fields.items():
        there = round(found.filled + found.unreadable)
        if found.unreadable < _FEWEST_CELLS:
            continue
        limit = min(allowed, _OF_A_NEEDED_ONE) if field in facts.needed else allowed
        share = Fraction(round(found.unreadable), there)
        if share > limit or share == 1:
            return (
                f"{found.unreadable:,.0f} of {there:,} cells of {field} could not be read, {percent(share, beside=limit)}: "
                f"`most_invalid` allows {written_share(limit)}"
            )
    return ""


def fewest_records(facts: LoadFacts) -> str:
    """Keeps a load of too few records, such as that of a file which is but a header."""
    least, counts = facts.guards.fewest_records, facts.counts
    if counts.loaded >= least:
        return ""
    if not counts.read:
        return f"the file has a header but no records: `fewest_records` requires {least:,}"
    loaded = counted(counts.loaded, "record was", "records were")
    return f"{loaded} loaded: `fewest_records` requires {least:,}"


def largest_fall(facts: LoadFacts) -> str:
    """Keeps a load that has far fewer leads than the published one: half a file, or another list."""
    allowed, published, now = facts.guards.largest_fall, facts.published, facts.counts.loaded
    if allowed is None or published is None or not (before := published.records_loaded):
        return ""
    if (share := Fraction(before - now, before)) <= allowed:
        return ""
    return (
        f"{now:,} records were loaded, {percent(share, beside=allowed)} fewer than the {before:,} of the published "
        f"load {published.load_id}: `largest_fall` allows {written_share(allowed)}"
    )


def least_keys_in_common(facts: LoadFacts) -> str:
    """Keeps a load whose leads are hardly any of the published ones: another list, or keys that are written otherwise."""
    least, share, published = facts.guards.least_keys_in_common, facts.keys_in_common, facts.published
    key = facts.profile.key if facts.profile else None
    if least is None or share is None or key is None or published is None or share >= least:
        return ""
    if min(key.distinct, published.records_loaded) < _FEWEST_LEADS:
        return ""
    return (
        f"{percent(share, beside=least)} of the leads are in the published load {published.load_id}, matched by "
        f"{' and '.join(key.fields)}: `least_keys_in_common` requires {written_share(least)}"
    )


def most_hidden(facts: LoadFacts) -> str:
    """Keeps a load of which the view would hide most: its leads are taken for each other."""
    allowed, profile = facts.guards.most_hidden, facts.profile
    if allowed is None or profile is None or profile.hidden is None or facts.counts.loaded < _FEWEST_LEADS:
        return ""
    share = Fraction(profile.hidden)
    if share <= allowed:
        return ""
    return (
        f"about {percent(share, beside=allowed)} of the leads are hidden by others of the same list with the same lead_key: "
        f"`most_hidden` allows {written_share(allowed)}"
    )


def sent_before(facts: LoadFacts) -> str:
    """Keeps the very bytes of a load that is older than the published one: an old file was sent once more."""
    published, before = facts.published, facts.sent_before
    if facts.guards.sent_before == "publish" or published is None or before is None:
        return ""
    if published.file_sha256 == facts.new.file_sha256 or before.load_id > published.load_id:
        return ""
    return (
        f"the file is identical to that of load {before.load_id} from {before.started_at:%Y-%m-%d}, "
        f"which is older than the published load {published.load_id}"
    )


def older_delivery(facts: LoadFacts) -> str:
    """Keeps a delivery that was made before the published one."""
    published, made = facts.published, facts.new.extract_time
    if facts.guards.older_delivery == "publish" or published is None or made >= published.extract_time:
        return ""
    return (
        f"the delivery is dated {made:%Y-%m-%d %H:%M} UTC, older than the "
        f"published load {published.load_id}, dated {published.extract_time:%Y-%m-%d %H:%M} UTC"
    )


def future_delivery(facts: LoadFacts) -> str:
    """Keeps a delivery that says it was made after tomorrow: once published, every one to come would be older."""
    made = facts.new.extract_time
    if facts.guards.future_delivery == "publish" or not is_after_tomorrow(made, facts.today):
        return ""
    return f"the delivery is dated {made:%Y-%m-%d %H:%M} UTC, which is after tomorrow"


def on_drift(facts: LoadFacts) -> str:
    """Keeps a load whose delivery differs in a way that the mapping wants looked at."""
    return facts.drift


#: Every guard, in the order in which their reasons are told.
GUARDS: Final[tuple[Guard, ...]] = (
    on_invalid_hold,
    most_rejects,
    most_invalid,
    fewest_records,
    largest_fall,
    least_keys_in_common,
    most_hidden,
    sent_before,
    older_delivery,
    future_delivery,
    on_drift,
)


def held_because(facts: LoadFacts) -> str:
    """What keeps the load from being published, in one line; empty where nothing does."""
    return "; ".join(filter(None, (guard(facts) for guard in GUARDS)))
