"""The rejects of a load through the mapping as it is now: what succeeds joins the leads of that load."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import polars as pl

from leadingest.destinations.destination import Claim, Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import BalanceError, NothingToDoError
from leadingest.ingest.replay.chosen_load import chosen_load, refuse_without_rows
from leadingest.ingest.replay.raw_records import RawRecords
from leadingest.ingest.replay.replayed_rejects import ReplayedRejects, Status, reason_changes
from leadingest.ingest.tally import Tally
from leadingest.mapping.models import Mapping


def replay_rejects(
    mapping: Mapping,
    destination: Destination,
    load_id: int | None,
    *,
    dry_run: bool = False,
    wait: float = 0,
    started: Callable[[LoadRow], Callable[[int], None]] = lambda _: lambda _: None,
) -> ReplayedRejects:
    """Run the rejects of a load of the source again, by default of the published one; all of it, or nothing.

    Those that succeed become leads of the load under their own record numbers, those that `where` leaves out are
    counted, the others stay with the reason that they have now. The load keeps the hash of the mapping that it was
    loaded under, and stays held if it is. Two-digit years are placed as on the day of the load, and values that
    must be unique are compared with those of its leads.

    `started` is told the load, and what it gives back the number of rejects done. A dry run changes nothing, nor does
    one that would give a load which is not held an invalid value in a field that says `on_invalid: hold`.

    Raises UsageError where there is no such load or nothing of it is there, NothingToDoError where it has no
    rejects, DeliveryError where its headers do not fit the mapping, DestinationError or BalanceError.
    """
    if dry_run:
        load = chosen_load(destination, mapping.source, load_id)
        return _Replaying(mapping, destination, load, started(load)).done(None)
    with destination.claim(mapping.source, wait=wait) as claim:
        load = chosen_load(destination, mapping.source, load_id)
        return _Replaying(mapping, destination, load, started(load)).done(claim)


class _Replaying:
    def __init__(
        self, mapping: Mapping, destination: Destination, load: LoadRow, progress: Callable[[int], None]
    ) -> None:
        self._destination, self._load, self._progress = destination, load, progress
        self._key = mapping.key
        refuse_without_rows(load)
        self._before = destination.reject_groups(load.load_id, examples=0)
        if not self._before:
            raise NothingToDoError(f"load {load.load_id} of {load.source_name} has no rejects")
        self._records = RawRecords(mapping, load, destination.headers(load.load_id))
        self._transform = Transform(mapping, self._records.headers, today=load.started_at.date())
        self._transform.has_seen(
            {name: destination.loaded_values(load.load_id, name) for name in self._transform.unique_fields}
        )
        self._tally = Tally()

    def done(self, claim: Claim | None) -> ReplayedRejects:
        """Do it; without a claim only as if."""
        tally = self._tally
        with claim.replay(self._load.load_id, key=self._key) if claim else nullcontext() as replay:
            for rejects in self._destination.rejects(self._load.load_id):
                mapped = self._mapped(rejects)
                if replay:
                    replay.write(
                        instead_of=rejects,
                        leads=mapped.leads,
                        rejects=mapped.rejects,
                        invalid_values=mapped.invalid_values,
                    )
                self._progress(tally.read)
            if tally.holding and self._load.status != "held":
                return self._result("refused")
            if replay:
                replay.finish(filtered=tally.filtered)
        return self._result("replayed" if claim else "tried")

    def _mapped(self, rejects: pl.DataFrame) -> MappedBatch:
        batch, same = self._records.again(rejects)
        mapped = self._transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
        mapped = mapped.with_unmapped(batch.rejects).with_unmapped(same)
        if mapped.read != rejects.height:
            raise BalanceError(
                f"of {rejects.height} rejects of load {self._load.load_id} {mapped.read} came out",
                hint="this is a fault of leadingest: nothing was changed; please report it",
            )
        self._tally.add(mapped)
        return mapped

    def _result(self, status: Status) -> ReplayedRejects:
        counts = self._tally.counts
        return ReplayedRejects(
            self._load,
            status,
            rejects=counts.read,
            loaded=counts.loaded,
            filtered=counts.filtered,
            invalid_values=counts.invalid_values,
            reasons=reason_changes(self._before, self._tally.reject_counts),
            holding=self._tally.holding,
        )
