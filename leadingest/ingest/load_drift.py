"""The drift of a delivery that is being loaded: what it is compared with, and what the mapping wants done about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import Claim, Load, LoadRow
from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import Delivered
from leadingest.drift.fit import KnownSource, Others, no_others
from leadingest.drift.kind import Difference
from leadingest.drift.profiles.document import profiles_frame, read_profile
from leadingest.drift.profiles.personal_columns import kept_profile
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.errors import DeliveryError, LeadingestError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.mapping.models import Entry, Mapping
from leadingest.tables.load_table import LoadTable


@dataclass(frozen=True)
class Before:
    """What a delivery is compared with: the published load with its profile, and the newest load of the same bytes."""

    published: LoadRow | None = None
    profile: DeliveryProfile | None = None
    sent_before: LoadRow | None = None

    @classmethod
    def of_claim(cls, claim: Claim, sha256: str) -> Before:
        """As a run that has the source knows it."""
        published = claim.published()
        profile = read_profile(claim.profiles(published.load_id)) if published else None
        return cls(published, profile, claim.sent_before(sha256))

    @classmethod
    def of_destination(cls, destination: Destination, source: str, sha256: str) -> Before:
        """As a reader knows it: the source may be loaded at the same time."""
        published = destination.ledger.published(source)
        profile = read_profile(destination.diagnostics.profiles(published.load_id)) if published else None
        return cls(published, profile, destination.ledger.sent_before(source, sha256))


@dataclass(frozen=True)
class LoadDrift:
    """Compares a delivery with its mapping and with the load that is published while it is loaded."""

    mapping: Mapping
    published: DeliveryProfile | None
    others: Others = no_others

    def compared(self, delivered: Delivered) -> Comparison:
        """The delivery beside its mapping and the published load."""
        return Comparison.of(self.mapping, delivered, self.published, others=self.others)

    def keep(self, load: Load | None, comparison: Comparison) -> tuple[Difference, ...]:
        """Keep the profile and the differences with the load, in a dry run with none; the differences.

        Raises DeliveryError where `on_drift` says that the load is to fail.
        """
        differences = self.keep_differences(load, comparison)
        if load:
            load.write_profiles(profiles_frame(kept_profile(comparison.delivered.profile, self.mapping)))
        self.refuse_failing(differences)
        return differences

    def keep_differences(self, load: Load | None, comparison: Comparison) -> tuple[Difference, ...]:
        """Keep the differences alone: those of a load that is going to fail."""
        differences = compare(comparison)
        if load:
            # Beside the mapping alone nothing was added or moved: what it does not read is no event of the source.
            kept = [each for each in differences if self.published or each.kind_class != "safe"]
            load.write_drift([difference.note() for difference in kept])
        return differences

    def refuse_failing(self, differences: Sequence[Difference]) -> None:
        """Raise DeliveryError where `on_drift` says that such a load is to fail."""
        if failing := self._asking("fail", differences):
            raise DeliveryError(
                f"the mapping fails such a load: {_listed(failing)}",
                hint=f"leadingest drift --source {self.mapping.source} shows what to do",
            )

    def held_because(self, differences: Sequence[Difference]) -> str:
        """What of it keeps the load from being published, in one line; empty where nothing does."""
        holding = self._asking("hold", differences)
        return f"{_listed(holding)}, and `on_drift` holds such a load" if holding else ""

    def _asking(self, action: str, differences: Sequence[Difference]) -> list[Difference]:
        on_drift = self.mapping.on_drift
        return [
            each for each in differences if not each.detail.settled and on_drift.action(each.word) == action
        ]


def _listed(differences: Sequence[Difference]) -> str:
    return ", ".join(
        f"{each.name} {each.detail.header!r}" if each.detail.header else each.name for each in differences
    )


def without_missing(mapping: Mapping, headers: Collection[str]) -> Mapping:
    """The mapping with every entry `optional` of which the delivery has none of the headers.

    What SQL names must be there all the same.
    """
    there = {*headers, *mapping.let}
    return replace(
        mapping,
        let={name: _without_missing(entry, there) for name, entry in mapping.let.items()},
        fields={name: _without_missing(entry, there) for name, entry in mapping.fields.items()},
    )


def _without_missing(entry: Entry, there: set[str]) -> Entry:
    names = entry.source.alternatives()
    missing = bool(names) and not there & set(names)
    parts = tuple(_without_missing(part, there) for part in entry.parts)
    return replace(entry, optional=entry.optional or missing, parts=parts)


def other_sources(
    project: MappingIndex, source: str, destination_of: Callable[[LoadTable], Destination | None]
) -> Iterator[KnownSource]:
    """Each but the one named, with what is kept of its published load; not those whose mapping cannot be read."""
    for name, path in project.sources().items():
        if name == source:
            continue
        try:
            mapping = project.read(path)
            destination = destination_of(mapping.table)
            load = destination.ledger.published(name) if destination else None
            profile = (
                read_profile(destination.diagnostics.profiles(load.load_id)) if destination and load else None
            )
        except LeadingestError:
            continue
        yield KnownSource(mapping, profile)
