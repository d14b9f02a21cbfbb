"""One source in a run: from the inbox to its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.extract_time import undated
from leadingest.destinations.destination import Claim, Destination
from leadingest.destinations.hidden_leads import HiddenLeads
from leadingest.destinations.ledger import LoadRow
from leadingest.documents.nearest import listed
from leadingest.drift.fit import Others
from leadingest.errors import (
    EXIT_FINDINGS,
    DeliveryError,
    DestinationBusyError,
    DestinationLostError,
    LeadingestError,
    NothingToDoError,
    in_words,
)
from leadingest.ingest.find_delivery import Newest, newest_delivery
from leadingest.ingest.how_to_approve import how_to_approve
from leadingest.ingest.load_delivery import Outcome, check_delivery, load_delivery
from leadingest.ingest.load_drift import Before
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.observer import Observer
from leadingest.ingest.opened_destinations import CannotUseDatabaseError, OpenedDestinations
from leadingest.ingest.other_sources import other_sources
from leadingest.ingest.result import SourceResult, failed
from leadingest.ingest.run_options import RunOptions
from leadingest.ingest.side_by_side import Stop
from leadingest.ingest.takers import Takers, also_taken
from leadingest.mapping.models import Mapping

#: Leads of a load that are looked up in the view. It takes about half a second on MySQL; for many more it would take a
#: tenth of the load, and far longer once the index does not fit into the server's memory.
_MOST_LOOKED_UP = 100_000

#: Seconds.
_UNTIL_NOTICED = 10
#: Files that are named in a line.
_MOST_NAMED = 5


@dataclass(frozen=True)
class SourceRun:
    """What a run does for one source. `stop` tells when the run is to stop.

    `given` is a delivery to load in place of one that is to be found.
    """

    project: MappingIndex
    source: str
    options: RunOptions
    destinations: OpenedDestinations
    observer: Observer
    stop: Stop
    takers: Takers
    given: Delivery | None = None

    def result(self) -> SourceResult:
        """Do it. Raises only what concerns all sources: a database that cannot be used."""
        begun = monotonic()
        mapping: Mapping | None = None
        delivery, chosen = self.given, None
        file = delivery.name if delivery else ""
        try:
            self.stop.check()
            mapping = self.project.mapping(self.source)
            if delivery is None:
                chosen = self._chosen(mapping)
                file = chosen.path.name
                delivery = fingerprint(chosen.path)
            if not self.destinations.dry:
                result = self._load_with_patience(mapping, delivery)
            else:
                self.observer.started(self.source, delivery)
                result = self._checked(mapping, delivery)
        except CannotUseDatabaseError as error:
            raise error.reason from error
        except NothingToDoError as error:
            return SourceResult(self.source, "no delivery", message=error.message, hint=error.hint)
        except BaseException as raised:
            why = in_words(raised)
            result = failed(self.source, file, why)
            if mapping and delivery:
                result = replace(result, remarks=self.options.kept.failed(mapping, delivery, why))
        else:
            if result.status != "checked":
                remarks = (*result.remarks, *self.options.kept.loaded(mapping, delivery))
                result = replace(result, remarks=remarks)
            if chosen:
                result = _with_choice(result, chosen)
        return result if result.status == "skipped" else replace(result, seconds=monotonic() - begun)

    def _chosen(self, mapping: Mapping) -> Newest:
        """The file that was named, or the newest one in the inbox, which no other mapping may take."""
        file, options = self.options.file, self.options
        if file:
            return Newest(file)
        newest = newest_delivery(mapping, options.inbox, today=options.today)
        if others := self.takers.others(newest.path, mapping.path):
            raise DeliveryError(
                also_taken(newest.path.name, others),
                hint="tell their files apart in delivery: match; or name the file itself with --source and --file",
            )
        return newest

    def _checked(self, mapping: Mapping, delivery: Delivery) -> SourceResult:
        """A dry run. It is compared with what is published, where that can be read; nothing depends on it."""
        before, untold = Before(), tuple[str, ...]()
        destination: Destination | None = None
        try:
            if destination := self.destinations.compared(mapping.table):
                before = Before.of_destination(destination, self.source, delivery.sha256)
        except LeadingestError as error:
            untold = (f"not compared with the published load: {error.message}",)
        outcome = check_delivery(
            mapping,
            delivery,
            today=self.options.today,
            progress=self._progress,
            before=before,
            others=self._others(mapping, destination),
        )
        result = self._done(mapping, delivery, outcome)
        return replace(result, remarks=(*result.remarks, *untold))

    def _load_with_patience(self, mapping: Mapping, delivery: Delivery) -> SourceResult:
        """Load; where the database breaks it off, begin again. What was loaded before the fault is undone."""
        wait, lost = self.options.wait, False
        for tries, pause in enumerate(self.options.pauses, start=1):
            try:
                return replace(self._load(mapping, delivery, wait), tries=tries)
            except (DestinationLostError, DestinationBusyError) as error:
                lost = lost or isinstance(error, DestinationLostError)
                if not lost:
                    raise
                self.observer.retrying(self.source, error, pause)
                self.stop.pause(pause)
                # The server may take a while to notice that the connection that had the source is gone.
                wait = max(wait, _UNTIL_NOTICED)
        last = self._load(mapping, delivery, wait)
        return replace(last, tries=len(self.options.pauses) + 1)

    def _load(self, mapping: Mapping, delivery: Delivery, wait: float) -> SourceResult:
        destination = self.destinations.of(mapping.table)
        with destination.claim(self.source, wait=wait) as claim:
            skipped = None if self.options.again else self._loaded_before(claim, mapping, delivery)
            if skipped:
                return skipped
            self.observer.started(self.source, delivery)
            outcome = load_delivery(
                mapping,
                delivery,
                claim,
                today=self.options.today,
                progress=self._progress,
                others=self._others(mapping, destination),
            )
            return replace(
                self._done(mapping, delivery, outcome),
                hidden=_hidden(destination, outcome),
                cleared=tuple(row.load_id for row in claim.cleared),
            )

    def _others(self, mapping: Mapping, destination: Destination | None) -> Others:
        """Of sources of another load table only the mapping is looked at."""
        return partial(
            other_sources,
            self.project,
            self.source,
            lambda table: destination if table.name == mapping.table.name else None,
        )

    def _progress(self, records: int) -> None:
        self.stop.check()
        self.observer.progress(self.source, records)

    def _loaded_before(self, claim: Claim, mapping: Mapping, delivery: Delivery) -> SourceResult | None:
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

    def _done(self, mapping: Mapping, delivery: Delivery, outcome: Outcome) -> SourceResult:
        would_be_held = outcome.status == "checked" and bool(outcome.held_because)
        return SourceResult(
            self.source,
            outcome.status,
            delivery.name,
            load_id=outcome.load_id,
            counts=outcome.counts,
            message=f"it would be held: {outcome.held_because}" if would_be_held else outcome.held_because,
            hint=_about_held(outcome),
            new_headers=outcome.new_headers,
            reject_counts=outcome.reject_counts,
            invalid_value_counts=outcome.invalid_value_counts,
            way=outcome.way,
            remarks=(*outcome.remarks, *undated(delivery, mapping.delivery)),
            drift=outcome.drift,
            error_code=EXIT_FINDINGS if would_be_held else None,
        )


def _with_choice(result: SourceResult, chosen: Newest) -> SourceResult:
    """The result, and what other files there were."""
    if chosen.older and not result.message:
        said = f"the newest of {chosen.older + 1} files; the older ones were passed over"
        result = replace(result, message=said)
    if chosen.untimely:
        names = listed(map(repr, chosen.untimely[:_MOST_NAMED]), last="and")
        more = f" and {len(chosen.untimely) - _MOST_NAMED} more" if len(chosen.untimely) > _MOST_NAMED else ""
        said = f"passed over for a time that is after tomorrow, or none at all: {names}{more}"
        result = replace(result, remarks=(*result.remarks, said))
    return result


def _hidden(destination: Destination, outcome: Outcome) -> HiddenLeads | None:
    """The leads of the load that stand behind others; None where it is not published, or too large."""
    if outcome.status != "loaded" or outcome.load_id is None or outcome.counts.loaded > _MOST_LOOKED_UP:
        return None
    return destination.hidden_leads(outcome.load_id)


def _about_held(outcome: Outcome) -> str:
    if outcome.status != "held" or outcome.load_id is None:
        return ""
    return how_to_approve(outcome.load_id, rejected=outcome.counts.rejected)


def _how_to_see(earlier: LoadRow) -> str:
    """What to do about a delivery that was loaded before."""
    if earlier.status == "held":
        return f"it is held; to publish it: leadingest approve {earlier.load_id}"
    if not earlier.published:
        back = f"leadingest rollback --source {earlier.source_name} --to {earlier.load_id}"
        return f"another load is published; to go back to this one: {back}"
    return "to load it once more: --again"
