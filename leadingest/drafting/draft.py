"""A drafted mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadingest.drafting.column import Column
from leadingest.drafting.delivery.settings import DeliverySettings
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.sample import Sample


@dataclass(frozen=True)
class Draft:
    """What a mapping of the file probably says: an entry for each field that was found, in the order of the table."""

    source: str
    table: str
    sample: Sample
    settings: DeliverySettings
    fields: Mapping[str, Proposal]

    @property
    def unsure(self) -> tuple[str, ...]:
        """The fields whose entries may be wrong."""
        return tuple(name for name, proposal in self.fields.items() if proposal.doubts)

    @property
    def ignored(self) -> tuple[Column, ...]:
        """The columns with a header that no field is made of."""
        used = {column.position for proposal in self.fields.values() for column in proposal.columns}
        return tuple(each for each in self.sample.columns if each.header and each.position not in used)
