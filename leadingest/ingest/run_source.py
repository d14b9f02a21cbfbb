"""One source in a run: from the inbox to its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.extract_time import undated
from leadingest.destinations.destination import Claim, Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import EXIT_FINDINGS, DestinationLostError, LeadingestError, NothingToDoError
from leadingest.ingest.find_delivery import newest_delivery
from leadingest.ingest.how_to_approve import how_to_approve
from leadingest.ingest.load_delivery import Outcome, check_delivery, load_delivery
from leadingest.ingest.observer import Observer
from leadingest.ingest.opened_destinations import CannotUseDatabaseError, OpenedDestinations
from leadingest.ingest.project import Project
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run_options import RunOptions
from leadingest.ingest.side_by_side import Stop
from leadingest.mapping.models import Mapping

#: Seconds.
_UNTIL_NOTICED = 10


@dataclass(frozen=True)
class SourceRun:
    """What a run does for one source. `stop` tells when the run is to stop.

    `given` is a delivery to load in place of one that is to be found.
    """

    project: Project
    source: str
    options: RunOptions
    destinations: OpenedDestinations
    observer: Observer
    stop: Stop
    given: Delivery | None = None

    def result(self) -> SourceResult:
        """Do it. Raises only what concerns all sources: a database that cannot be used."""
        begun = monotonic()
        mapping: Mapping | None = None
        delivery, passed_over = self.given, 0
        file = delivery.name if delivery else ""
        try:
            self.stop.check()
            mapping = self.project.mapping(self.source)
            if delivery is None:
                path, passed_over = self._delivery_of(mapping)
                file = path.name
                delivery = fingerprint(path)
            destination = self.destinations.of(mapping.table)
            if destination:
                result = self._load_with_patience(mapping, delivery, destination)
            else:
                self.observer.started(self.source, delivery)
                outcome = check_delivery(mapping, delivery, today=self.options.today, progress=self._progress)
                result = self._done(mapping, delivery, outcome)
        except CannotUseDatabaseError as error:
            raise error.reason from error
        except NothingToDoError as error:
            return SourceResult(self.source, "no delivery", message=error.message, hint=error.hint)
        except LeadingestError as error:
            result = SourceResult(
                self.source,
                "failed",
                file,
                message=error.message,
                hint=error.hint,
                error=type(error).__name__,
                error_code=error.exit_code,
            )
            if mapping and delivery:
                result = replace(result, remarks=self.options.kept.failed(mapping, delivery, error))
        else:
            if result.status != "checked":
                remarks = (*result.remarks, *self.options.kept.loaded(mapping, delivery))
                result = replace(result, remarks=remarks)
            if passed_over and not result.message:
                said = f"the newest of {passed_over + 1} files; the older ones were passed over"
                result = replace(result, message=said)
        return result if result.status == "skipped" else replace(result, seconds=monotonic() - begun)

    def _delivery_of(self, mapping: Mapping) -> tuple[Path, int]:
        """The file to load, and how many older ones lie beside it."""
        file = self.options.file
        return (file, 0) if file else newest_delivery(mapping, self.options.inbox)

    def _load_with_patience(
        self, mapping: Mapping, delivery: Delivery, destination: Destination
    ) -> SourceResult:
        """Load; where the database breaks it off, begin again. What was loaded before the fault is undone."""
        wait = self.options.wait
        for tries, pause in enumerate(self.options.pauses, start=1):
            try:
                return replace(self._load(mapping, delivery, destination, wait), tries=tries)
            except DestinationLostError as error:
                self.observer.retrying(self.source, error, pause)
                self.stop.pause(pause)
                # The server may take a while to notice that the connection that had the source is gone.
                wait = max(wait, _UNTIL_NOTICED)
        last = self._load(mapping, delivery, destination, wait)
        return replace(last, tries=len(self.options.pauses) + 1)

    def _load(
        self, mapping: Mapping, delivery: Delivery, destination: Destination, wait: float
    ) -> SourceResult:
        with destination.claim(self.source, wait=wait) as claim:
            skipped = None if self.options.again else self._loaded_before(claim, mapping, delivery)
            if skipped:
                return skipped
            self.observer.started(self.source, delivery)
            outcome = load_delivery(
                mapping, delivery, claim, today=self.options.today, progress=self._progress
            )
            return replace(
                self._done(mapping, delivery, outcome), cleared=tuple(row.load_id for row in claim.cleared)
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
