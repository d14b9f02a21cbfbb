"""One delivery through its mapping into a load table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from datetime import date
from fractions import Fraction

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.extract_time import extract_time, undated
from leadingest.destinations.ledger import Claim, Load, LoadEnd, NewLoad, RecordCounts
from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.fit import Others, no_others
from leadingest.drift.kind import Difference
from leadingest.drift.kinds.columns import renamed_column
from leadingest.drift.kinds.headers import header_missing
from leadingest.drift.kinds.other_source import other_source
from leadingest.drift.measure import read_delivered
from leadingest.errors import BalanceError, DeliveryError
from leadingest.ingest.events import Progress
from leadingest.ingest.guards import LoadFacts, held_because
from leadingest.ingest.load_drift import Before, LoadDrift
from leadingest.ingest.mapped_delivery import MappedDelivery, opened_mapped
from leadingest.ingest.ranges.range_job import RangeMapper
from leadingest.ingest.result import SourceResult
from leadingest.ingest.tally import Tally
from leadingest.mapping.models import Mapping
from leadingest.wording import counted


def load_delivery(
    mapping: Mapping,
    delivery: Delivery,
    claim: Claim | None,
    *,
    today: date | None = None,
    progress: Progress,
    before: Before | None = None,
    others: Others = no_others,
    ranges: RangeMapper | None = None,
) -> SourceResult:
    """Load the delivery and publish it, all or nothing; without a claim do everything but that.

    Held, and not published, is a load that a guard of the mapping keeps back, or drift that the mapping wants held.
    How the delivery differs from what was expected is kept with the load, even where it fails for that. A dry run is
    compared with the loads in `before`.

    `today` is the day that the mapping is told, by default that on which the load starts, which is kept with it: two-digit
    years are placed by it. The time of a file may be older than what is in it, as after unpacking or copying. `ranges`
    maps a large file in ranges; what is loaded is the same.

    Raises DeliveryError, DefinitionError, DestinationError or BalanceError; the load is then marked failed
    and nothing of it is visible.
    """
    new, tally = _new_load(mapping, delivery), Tally()
    today = today or new.started_at.date()
    before = before or (Before.of_claim(claim, delivery.sha256) if claim else Before())
    drift = LoadDrift(mapping, before.profile, others)

    def refused(error: DeliveryError) -> DeliveryError:
        delivered = read_delivered(mapping, delivery, today=today)
        differences = drift.keep_differences(load, drift.compared(delivered))
        return _why(error, delivery, differences, source=mapping.source)

    with (
        claim.start(new) if claim else nullcontext() as load,
        opened_mapped(mapping, delivery, today=today, ranges=ranges, refused=refused) as reading,
        closing(reading.batches()) as batches,
    ):
        for mapped in batches:
            if load:
                load.write(leads=mapped.leads, rejects=mapped.rejects, invalid_values=mapped.invalid_values)
            tally.add(mapped)
            progress(tally.read)
        _balance(tally.counts)
        comparison = drift.compared(reading.measure.delivered(read=tally.read))
        differences = drift.keep(load, comparison)
        reason = held_because(
            _facts(tally, new, today, before, comparison, drift=drift.held_because(differences))
        )
        if load:
            records = reading.records
            load.finish(
                LoadEnd(tally.counts, encoding=records.encoding, dialect=records.dialect, held_because=reason)
            )
    # Without a load to compare with, drift says nothing that a run does not say of rejects and invalid values.
    reported = differences if drift.published else ()
    result = _result(reading, load, tally=tally, comparison=comparison, drift=reported)
    return result.held(reason) if reason else result


def _result(
    reading: MappedDelivery,
    load: Load | None,
    *,
    tally: Tally,
    comparison: Comparison,
    drift: Sequence[Difference],
) -> SourceResult:
    mapping, delivery, records = comparison.mapping, reading.delivery, reading.records
    return SourceResult(
        mapping.source,
        "loaded" if load else "checked",
        delivery.name,
        load_id=load.id if load else None,
        counts=tally.counts,
        new_headers=_new_headers(reading, comparison),
        reject_counts=tally.reject_counts,
        invalid_value_counts=tally.invalid_value_counts,
        written_by=load.written_by if load else "",
        remarks=(
            *records.remarks,
            *_superseded(mapping, tally),
            *reading.remarks,
            *undated(delivery, mapping.delivery),
        ),
        drift=tuple(each.note() for each in drift),
    )


def _superseded(mapping: Mapping, tally: Tally) -> Iterator[str]:
    if mapping.keep and tally.superseded:
        records = counted(tally.superseded, "record is", "records are")
        yield f"{records} superseded by others with the same {listed(mapping.keep.per, last='and')}, and counted as filtered"


def _why(
    error: DeliveryError, delivery: Delivery, differences: Sequence[Difference], *, source: str
) -> DeliveryError:
    """Why a delivery whose headers do not fit is refused, as drift tells it where that says more."""
    details = {each.name: each.detail for each in differences}
    missing, other = details.get(header_missing.name), details.get(other_source.name)
    # Not each of its names: what stands in their place may be somebody's.
    headless = f"{delivery.name}: there is no header: {missing.found}" if missing else ""
    if other:
        found = f"expected {other.expected}\n{other.found}"
        otherwise = missing.advice if missing else "otherwise see what is missing: leadingest drift"
        hint = f"{other.advice}\n{otherwise}"
        return DeliveryError(f"{headless}\n{found}" if missing else found, hint=hint)
    if missing:
        return DeliveryError(headless, hint=missing.advice)
    likely = [each for each in differences if each.name == renamed_column.name and each.detail.fixes]
    if not likely:
        return error
    aliases = counted(len(likely), "likely alias", "likely aliases")
    shown = f"leadingest drift --source {source} shows all that changed; with --fix it adds {aliases}"
    return DeliveryError(error.message, hint=f"{error.hint}\n{shown}")


def _facts(
    tally: Tally, new: NewLoad, today: date, before: Before, comparison: Comparison, *, drift: str
) -> LoadFacts:
    mapping, common = comparison.mapping, comparison.keys_in_common
    required = {name for name, column in mapping.table.columns.items() if column.required}
    return LoadFacts(
        mapping.guards,
        tally.counts,
        tally.holding,
        new,
        today,
        published=before.published,
        sent_before=before.sent_before,
        profile=comparison.delivered.profile,
        keys_in_common=None if common is None else Fraction(common),
        needed=frozenset({*required, *mapping.table.identity.columns, *mapping.key}),
        drift=drift,
    )


def _new_load(mapping: Mapping, delivery: Delivery) -> NewLoad:
    return NewLoad(
        source=mapping.source,
        file_name=delivery.name,
        file_size=delivery.size,
        file_sha256=delivery.sha256,
        mapping_hash=mapping.digest,
        extract_time=extract_time(delivery, mapping.delivery),
        key=mapping.key,
    )


def _new_headers(reading: MappedDelivery, comparison: Comparison) -> tuple[str, ...]:
    """Headers that the mapping neither reads nor ignores, as they may be shown."""
    shown = dict(zip(reading.records.headers, comparison.delivered.headers, strict=True))
    return tuple(shown[header] for header in reading.transform.binding.new)


def _balance(counts: RecordCounts) -> None:
    if not counts.balanced:
        raise BalanceError(
            f"{counts.read} records were read, but {counts.loaded} loaded, {counts.rejected} rejected and "
            f"{counts.filtered} filtered",
            hint="this is a bug in leadingest: nothing was published; please report it",
        )
