"""Counting what a delivery becomes, batch by batch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from leadingest.destinations.ledger import RecordCounts
from leadingest.engine.transform import FieldAndRule, MappedBatch


@dataclass(frozen=True)
class FaultCount:
    """How often a field was refused by a rule, or a record by a reader: then there is no field."""

    field: str | None
    rule: str
    count: int


class Tally:
    """Sums over the batches of one delivery."""

    def __init__(self) -> None:
        self.read = self.loaded = self.rejected = self.filtered = self.invalid_values = self.holding = 0
        #: How many of the filtered ones `keep` has left out.
        self.superseded = 0
        self._rejects: Counter[FieldAndRule] = Counter()
        self._invalid_values: Counter[FieldAndRule] = Counter()

    def add(self, mapped: MappedBatch) -> None:
        """Count what a batch became."""
        self.read += mapped.read
        self.loaded += mapped.leads.height
        self.rejected += mapped.rejects.height
        self.filtered += mapped.filtered
        self.superseded += mapped.superseded
        self.invalid_values += mapped.invalid_values.height
        self.holding += mapped.holding
        self._rejects.update(mapped.reject_counts)
        self._invalid_values.update(mapped.invalid_value_counts)

    @property
    def counts(self) -> RecordCounts:
        """The counts so far."""
        return RecordCounts(
            read=self.read,
            loaded=self.loaded,
            rejected=self.rejected,
            filtered=self.filtered,
            invalid_values=self.invalid_values,
        )

    @property
    def reject_counts(self) -> tuple[FaultCount, ...]:
        """Why records were rejected, the most frequent reason first."""
        return _most_first(self._rejects)

    @property
    def invalid_value_counts(self) -> tuple[FaultCount, ...]:
        """Why cells could not be read, the most frequent reason first."""
        return _most_first(self._invalid_values)


def _most_first(faults: Counter[FieldAndRule]) -> tuple[FaultCount, ...]:
    ranked = sorted(faults.items(), key=lambda fault: (-fault[1], fault[0][0] or "", fault[0][1]))
    return tuple(FaultCount(field, rule, count) for (field, rule), count in ranked)
