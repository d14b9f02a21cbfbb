"""The rejects of a load through the mapping as it is now: what succeeds joins the leads of that load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.records import RecordBatch
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import Claim, Ledger, LoadRow, NewCorrectedFile
from leadingest.destinations.refusals import refuse_without_rows
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import BalanceError, NothingToDoError, UsageError
from leadingest.ingest.replay.reject_records import CorrectedRejects, RawRecords
from leadingest.ingest.replay.rejects_file import corrected_file
from leadingest.ingest.replay.replayed_rejects import ReplayedRejects, Status, reason_changes
from leadingest.ingest.run_options import KeptDeliveries
from leadingest.ingest.tally import Tally
from leadingest.mapping.models import Mapping


def replay_rejects(
    mapping: Mapping,
    destination: Destination,
    load_id: int | None,
    *,
    corrected: Delivery | None = None,
    dry_run: bool = False,
    wait: float = 0,
    kept: KeptDeliveries | None = None,
    started: Callable[[LoadRow], Callable[[int], None]] = lambda _: lambda _: None,
) -> ReplayedRejects:
    """Run the rejects of a load of the source again, by default of the published one; all of it, or nothing.

    Those that succeed become leads of the load under their own record numbers, those that `where` leaves out are
    counted, the others stay with the reason that they have now. The load keeps the hash of the mapping that it was
    loaded under, and stays held if it is. Two-digit years are placed as on the day of the load, and values that
    must be unique are compared with those of its leads.

    With `corrected`, a file that `rejects_as_file` wrote and somebody corrected, the rejects are those that stand in it, as
    they stand there. What is still rejected stays a reject as it was, and so does what the file does not have. The file
    is archived beside the delivery that it joins, where `kept` has an archive.

    `started` is told the load, and what it gives back the number of rejects done. A dry run changes nothing, nor does
    one that would give a load which is not held an invalid value in a field that says `on_invalid: hold`.

    Raises UsageError where there is no such load or nothing of it is there, NothingToDoError where it has no
    rejects, DeliveryError where its headers do not fit the mapping or the file is not one of its rejects,
    DestinationError or BalanceError.
    """
    if dry_run:
        load = chosen_load(destination.ledger, mapping.source, load_id)
        return _Replaying(mapping, destination, load, corrected, started(load)).done(None)
    with destination.ledger.claim(mapping.source, wait=wait) as claim:
        load = chosen_load(destination.ledger, mapping.source, load_id)
        replayed = _Replaying(mapping, destination, load, corrected, started(load)).done(claim)
    if corrected and kept and replayed.status == "replayed":
        return replace(replayed, remarks=kept.joined(mapping.source, corrected, made=load.extract_time))
    return replayed


class _Replaying:
    def __init__(
        self,
        mapping: Mapping,
        destination: Destination,
        load: LoadRow,
        corrected: Delivery | None,
        progress: Callable[[int], None],
    ) -> None:
        self._mapping, self._destination, self._load, self._progress = mapping, destination, load, progress
        self._corrected = corrected
        refuse_without_rows(load)
        self._before = destination.diagnostics.reject_groups(load.load_id, examples=0)
        if not self._before:
            raise self._without_rejects()
        self._records = RawRecords(mapping, load, destination.diagnostics.headers(load.load_id))
        self._transform = Transform(mapping, self._records.headers, today=load.started_at.date())
        self._transform.has_seen(
            {name: destination.leads.values(load.load_id, name) for name in self._transform.unique_fields}
        )
        self._tally = Tally()

    def done(self, claim: Claim | None) -> ReplayedRejects:
        """Do it; without a claim only as if."""
        tally, corrected = self._tally, self._corrected
        with claim.replay(self._load.load_id, key=self._mapping.key) if claim else nullcontext() as replay:
            with self._opened(corrected) if corrected else nullcontext() as file:
                for rejects, mapped in self._of_file(file) if file else self._of_load():
                    tally.add(mapped)
                    if replay:
                        replay.write(
                            instead_of=rejects,
                            leads=mapped.leads,
                            rejects=mapped.rejects,
                            invalid_values=mapped.invalid_values,
                        )
                    self._progress(tally.read)
            if tally.holding and self._load.status != "held":
                return self._result("refused", file)
            if replay:
                noted = (
                    NewCorrectedFile(corrected.name, corrected.size, corrected.sha256) if corrected else None
                )
                replay.finish(filtered=tally.filtered, corrected=noted)
        return self._result("replayed" if claim else "tried", file)

    def _without_rejects(self) -> NothingToDoError:
        load, corrected = self._load, self._corrected
        joined = ""
        for row in self._destination.ledger.corrected_files(load.load_id):
            if corrected and row.file_sha256 == corrected.sha256:
                joined = f": {corrected.name} was added to it on {row.joined_at:%Y-%m-%d %H:%M} UTC"
        return NothingToDoError(f"load {load.load_id} of {load.source_name} has no rejects{joined}")

    def _of_load(self) -> Iterator[tuple[pl.DataFrame, MappedBatch]]:
        """The rejects of the load, a batch at a time, and what they have become."""
        for rejects in self._destination.diagnostics.rejects(self._load.load_id):
            yield rejects, self._mapped(rejects, *self._records.again(rejects))

    def _of_file(self, file: CorrectedRejects) -> Iterator[tuple[pl.DataFrame, MappedBatch]]:
        """Those rejects that are none any more as they stand in the file, and what they have become."""
        for rejects, batch, same in file.batches():
            yield file.gone_of(rejects, self._mapped(rejects, batch, same))

    @contextmanager
    def _opened(self, corrected: Delivery) -> Iterator[CorrectedRejects]:
        load, records = self._load, self._records
        with corrected_file(corrected, self._mapping.delivery, load, records.layout) as file:
            yield CorrectedRejects(
                file, records, partial(self._destination.diagnostics.numbered_rejects, load.load_id)
            )

    def _mapped(self, rejects: pl.DataFrame, batch: RecordBatch, same: pl.DataFrame) -> MappedBatch:
        mapped = self._transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
        mapped = mapped.with_unmapped(batch.rejects).with_unmapped(same)
        if mapped.read != rejects.height:
            raise BalanceError(
                f"{rejects.height} rejects of load {self._load.load_id} went in, but {mapped.read} came out",
                hint="this is a bug in leadingest: nothing was changed; please report it",
            )
        return mapped

    def _result(self, status: Status, file: CorrectedRejects | None) -> ReplayedRejects:
        counts = self._tally.counts
        after = file.left_of(self._before) if file else self._tally.reject_counts
        return ReplayedRejects(
            self._load,
            status,
            rejects=sum(each.count for each in self._before),
            loaded=counts.loaded,
            filtered=counts.filtered,
            invalid_values=counts.invalid_values,
            reasons=reason_changes(self._before, after),
            holding=self._tally.holding,
            corrected=file.joined(self._corrected.name) if file and self._corrected else None,
        )


def delivery_of(load: LoadRow) -> Delivery:
    """The delivery of a load, as far as it is known from there."""
    name = load.file_name
    return Delivery(Path(name), name, load.file_size, load.file_sha256, load.extract_time)


def chosen_load(ledger: Ledger, source: str, load_id: int | None) -> LoadRow:
    """The load with this number, or the published one. Raises UsageError or NothingToDoError where there is none."""
    if load_id is None:
        published = ledger.published(source)
        if published is None:
            raise NothingToDoError(
                f"no load of {source} is published",
                hint=f"name one with --load; leadingest loads --source {source} lists them",
            )
        return published
    load = ledger.load(load_id)
    if load.source_name != source:
        raise UsageError(
            f"load {load_id} belongs to {load.source_name}, not to {source}",
            hint=f"leadingest loads --source {source} lists those of {source}",
        )
    return load
