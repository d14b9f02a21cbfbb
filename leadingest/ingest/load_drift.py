"""The drift of a delivery that is being loaded: kept with the load, and what the mapping wants done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadingest.destinations.destination import Claim, Load
from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import Delivered
from leadingest.drift.difference import Difference
from leadingest.drift.profiles.document import profiles_frame, read_profile
from leadingest.drift.profiles.kept import kept_profile
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.errors import DeliveryError
from leadingest.mapping.models import Mapping


@dataclass(frozen=True)
class LoadDrift:
    """Compares a delivery with its mapping and with the load that is published while it is loaded."""

    mapping: Mapping
    published: DeliveryProfile | None

    @classmethod
    def of(cls, mapping: Mapping, claim: Claim) -> LoadDrift:
        """What a load of the claimed source is compared with."""
        published = claim.published()
        return cls(mapping, read_profile(claim.profiles(published.load_id)) if published else None)

    def keep(self, load: Load, delivered: Delivered) -> tuple[Difference, ...]:
        """Compare, and keep the profile and the differences with the load; the differences.

        Raises DeliveryError where `on_drift` says that the load is to fail.
        """
        differences = self.keep_differences(load, delivered)
        load.write_profiles(profiles_frame(kept_profile(delivered.profile, self.mapping)))
        if failing := self._asking("fail", differences):
            raise DeliveryError(
                f"the mapping wants such a load to fail: {_told(failing)}",
                hint=f"leadingest drift --source {self.mapping.source} says what to do",
            )
        return differences

    def keep_differences(self, load: Load, delivered: Delivered) -> tuple[Difference, ...]:
        """Compare, and keep the differences alone: those of a load that is going to fail."""
        differences = compare(Comparison(self.mapping, delivered, self.published))
        # Beside the mapping alone nothing was added or moved: what it does not read is no event of the source.
        kept = [each for each in differences if self.published or each.kind_class != "safe"]
        load.write_drift([difference.note() for difference in kept])
        return differences

    def held_because(self, differences: Sequence[Difference]) -> str:
        """What of it keeps the load from being published, in one line; empty where nothing does."""
        holding = self._asking("hold", differences)
        return f"{_told(holding)}, which `on_drift` holds" if holding else ""

    def _asking(self, fate: str, differences: Sequence[Difference]) -> list[Difference]:
        on_drift = self.mapping.on_drift
        return [each for each in differences if not each.told.settled and on_drift.fate(each.word) == fate]


def _told(differences: Sequence[Difference]) -> str:
    return ", ".join(
        f"{each.name} {each.told.header!r}" if each.told.header else each.name for each in differences
    )
