"""`leadingest run`: the newest delivery of each source, several side by side; one that fails does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from leadingest.deliveries.delivery import Delivery, refuse_replaced
from leadingest.deliveries.inboxes.inbox import Arrival
from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.deliveries.inboxes.takers import Takers, also_taken
from leadingest.destinations.destination import Destination
from leadingest.destinations.leads import HiddenLeads, Leads
from leadingest.destinations.ledger import Claim, LoadRow
from leadingest.documents.nearest import listed
from leadingest.drift.fit import Others
from leadingest.errors import (
    DeliveryError,
    DeliveryReplacedError,
    DestinationBusyError,
    DestinationLostError,
    LeadingestError,
    NothingToDoError,
    in_words,
)
from leadingest.ingest.concurrency import Stop, run_concurrently
from leadingest.ingest.events import Events, Progress
from leadingest.ingest.find_delivery import Newest, newest_delivery
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.load_drift import Before, other_sources
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.opened_destinations import CannotUseDatabaseError, OpenedDestinations
from leadingest.ingest.ranges.range_job import RangeMapper
from leadingest.ingest.result import SourceResult, failed
from leadingest.ingest.run_options import KeptDeliveries, RunOptions
from leadingest.mapping.models import Mapping

#: Leads of a load that are looked up in the view: each costs a look into the table of keys, and more where several sources
#: have it. What is known of it is worth no minute.
_MOST_LOOKED_UP = 100_000

#: Seconds.
_UNTIL_NOTICED = 10
#: Files that are named in a line.
_MOST_NAMED = 5


def run(
    project: MappingIndex, sources: Sequence[str], options: RunOptions, events: Events
) -> list[SourceResult]:
    """Load the newest delivery of each source; one result for each, in the order given.

    What is wrong with one source is in its result. Raises only what concerns them all: a database that
    cannot be used.
    """
    # A place that cannot be opened is told before anything is loaded.
    takers, kept = Takers(project.siblings, options.opened_inbox), options.kept
    with OpenedDestinations(options.database_url) as destinations:
        mapper = options.mapper(len(sources))
        runs = [
            SourceRun(project, source, options, destinations, events, takers, kept, ranges=mapper)
            for source in sources
        ]
        return run_concurrently(SourceRun.result, runs, jobs=options.jobs or sensible_jobs(options))


def sensible_jobs(options: RunOptions) -> int:
    """How many sources to load at a time where nobody says: as the machine and the database allow."""
    processors, url = os.cpu_count() or 1, options.database_url
    if options.dry or not url:
        return processors
    from leadingest.destinations.open_destination import jobs_for

    return min(processors, jobs_for(url))


@dataclass(frozen=True)
class SourceRun:
    """What a run does for one source.

    `given` is a delivery to load in place of one that is to be found; `ranges` maps a large one in ranges.
    """

    project: MappingIndex
    source: str
    options: RunOptions
    destinations: OpenedDestinations
    events: Events
    takers: Takers
    kept: KeptDeliveries
    given: Delivery | None = None
    ranges: RangeMapper | None = None

    def result(self, stop: Stop) -> SourceResult:
        """Do it, unless it is to stop meanwhile. Raises only what concerns all sources: a database that cannot be used."""
        # What is fetched to be read is there until all is done.
        with ExitStack() as scratch:
            begun = monotonic()
            mapping: Mapping | None = None
            delivery, chosen = self.given, None
            file = delivery.name if delivery else ""
            try:
                stop.check()
                mapping = self.project.mapping(self.source)
                if delivery is None:
                    chosen = self._chosen(mapping)
                    file = chosen.arrival.name
                    delivery = scratch.enter_context(self._opened(chosen.arrival))
                if self.options.dry:
                    result = self._checked(mapping, delivery, stop)
                else:
                    result = self._loaded(mapping, delivery, stop)
            except CannotUseDatabaseError as error:
                raise error.reason from error
            except NothingToDoError as error:
                result = SourceResult(self.source, "no delivery", message=error.message, hint=error.hint)
            except DeliveryReplacedError as error:
                # A delivery that is given was told of by a message, and so is the one that took its place.
                skipped = SourceResult(self.source, "skipped", file, message=error.message)
                result = skipped if self.given else failed(self.source, file, error)
            except BaseException as raised:
                why = in_words(raised)
                result = failed(self.source, file, why)
                if delivery:
                    path, digest = self.project.path_of(self.source), mapping.digest if mapping else ""
                    kept = self.kept.failed(self.source, delivery, why, path=path, digest=digest)
                    result = replace(result, remarks=kept.remarks, lost=kept.lost)
            else:
                if result.status != "checked":
                    remarks = (*result.remarks, *self.kept.loaded(mapping, delivery))
                    result = replace(result, remarks=remarks)
                if chosen:
                    result = _with_choice(result, chosen)
        if result.status not in ("skipped", "no delivery"):
            result = replace(result, seconds=monotonic() - begun)
        self.events.finished(result)
        return result

    def _chosen(self, mapping: Mapping) -> Newest:
        """The file that was named, or the newest one in the inbox, which no other mapping may take."""
        if self.options.file:
            return Newest(Arrival(self.options.file, None))
        newest = newest_delivery(mapping, self.options.opened_inbox, today=datetime.now(UTC).date())
        if others := self.takers.others(newest.arrival.place, mapping.path):
            raise DeliveryError(
                also_taken(newest.arrival.name, others),
                hint="make delivery: match more specific, or name the file with --source and --file",
            )
        return newest

    def _opened(self, arrival: Arrival) -> AbstractContextManager[Delivery]:
        if self.options.file:
            return opened_file(self.options.file)
        return self.options.opened_inbox.opened(arrival)

    def _checked(self, mapping: Mapping, delivery: Delivery, stop: Stop) -> SourceResult:
        """A dry run. It is compared with what is published, where that can be read; nothing depends on it."""
        before, untold = Before(), tuple[str, ...]()
        destination: Destination | None = None
        try:
            if destination := self.destinations.compared(mapping.table):
                before = Before.of_destination(destination, self.source, delivery.sha256)
        except LeadingestError as error:
            untold = (f"not compared with the published load: {error.message}",)
        with self._reading(delivery, stop) as progress:
            result = load_delivery(
                mapping,
                delivery,
                None,
                progress=progress,
                before=before,
                others=self._others(mapping, destination),
                ranges=self.ranges,
            )
        return replace(result, remarks=(*result.remarks, *untold))

    def _loaded(self, mapping: Mapping, delivery: Delivery, stop: Stop) -> SourceResult:
        """Load; where the database breaks it off, begin again. What was loaded before the fault is undone."""
        wait, lost, tries, pauses = self.options.wait, False, 1, iter(self.options.pauses)
        while True:
            try:
                destination = self.destinations.of(mapping.table)
                with destination.ledger.claim(self.source, wait=wait) as claim:
                    if not self.options.again and (earlier := self._earlier(claim, mapping, delivery)):
                        return replace(earlier, tries=tries)
                    refuse_replaced(delivery)
                    with self._reading(delivery, stop) as progress:
                        result = load_delivery(
                            mapping,
                            delivery,
                            claim,
                            progress=progress,
                            others=self._others(mapping, destination),
                            ranges=self.ranges,
                        )
                    cleared = tuple(row.load_id for row in claim.cleared)
                    return replace(
                        result, hidden=_hidden(destination.leads, result), cleared=cleared, tries=tries
                    )
            except (DestinationLostError, DestinationBusyError) as error:
                lost, pause = lost or isinstance(error, DestinationLostError), next(pauses, None)
                if not lost or pause is None:
                    raise
                self.events.retrying(self.source, error, pause)
                stop.pause(pause)
                # The server may take a while to notice that the connection that had the source is gone.
                wait, tries = max(wait, _UNTIL_NOTICED), tries + 1

    @contextmanager
    def _reading(self, delivery: Delivery, stop: Stop) -> Iterator[Progress]:
        """Around the reading of the delivery, which ends where the run is to stop."""
        with self.events.reading(self.source, delivery) as report:

            def progress(records: int) -> None:
                stop.check()
                report(records)

            yield progress

    def _others(self, mapping: Mapping, destination: Destination | None) -> Others:
        """Of sources of another load table only the mapping is looked at."""
        return partial(
            other_sources,
            self.project,
            self.source,
            lambda table: destination if table.name == mapping.table.name else None,
        )

    def _earlier(self, claim: Claim, mapping: Mapping, delivery: Delivery) -> SourceResult | None:
        earlier = claim.loaded_before(sha256=delivery.sha256, mapping_hash=mapping.digest)
        if earlier is None:
            return None
        return SourceResult(
            self.source,
            "skipped",
            delivery.name,
            load_id=earlier.load_id,
            message=f"the same file was loaded under the same mapping as load {earlier.load_id}",
            hint=_how_to_see(earlier),
        )


def _with_choice(result: SourceResult, chosen: Newest) -> SourceResult:
    """The result, and what other files there were."""
    if chosen.older and not result.message:
        message = f"the newest of {chosen.older + 1} files; the older ones were skipped"
        result = replace(result, message=message)
    if chosen.untimely:
        names = listed(map(repr, chosen.untimely[:_MOST_NAMED]), last="and")
        more = f" and {len(chosen.untimely) - _MOST_NAMED} more" if len(chosen.untimely) > _MOST_NAMED else ""
        message = f"skipped because the date is after tomorrow or missing: {names}{more}"
        result = replace(result, remarks=(*result.remarks, message))
    return result


def _hidden(leads: Leads, result: SourceResult) -> HiddenLeads | None:
    """The leads of the load that stand behind others; None where it is not published, or too large."""
    if result.status != "loaded" or result.load_id is None or result.counts.loaded > _MOST_LOOKED_UP:
        return None
    return leads.hidden(result.load_id)


def _how_to_see(earlier: LoadRow) -> str:
    """What to do about a delivery that was loaded before."""
    if earlier.status == "held":
        return f"it is held; publish it with: leadingest approve {earlier.load_id}"
    if not earlier.published:
        back = f"leadingest rollback --source {earlier.source_name} --to {earlier.load_id}"
        return f"another load is published; to publish this one: {back}"
    return "to load it again: --again"
