"""What a delivery becomes under one mapping: counts, drift, and its leads as texts in files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from leadingest.comparing.match import DIGEST, RECORD
from leadingest.deliveries.delivery import Delivery
from leadingest.destinations.ledger import RecordCounts
from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import Delivered
from leadingest.drift.kind import Difference
from leadingest.drift.measure import Progress, read_delivered
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.errors import DeliveryError
from leadingest.ingest.mapped_delivery import opened_mapped
from leadingest.ingest.tally import FaultCount, Tally
from leadingest.mapping.models import Mapping

#: The number of a record as what leads are matched by.
SAME_RECORD = ("record",)
#: What a lead has beside its fields.
LEAD_KEY = "lead_key"
_FAULTS = {"record": pl.Int64(), "field": pl.String(), "rule": pl.String()}


@dataclass(frozen=True)
class MappedLeads:
    """A delivery under one mapping. Without a mapping there are no leads, and with `error` none either."""

    counts: RecordCounts
    reject_counts: tuple[FaultCount, ...]
    invalid_value_counts: tuple[FaultCount, ...]
    #: RECORD, `record` (the same number), the columns that leads can be matched by, and DIGEST of every lead.
    keys: pl.DataFrame
    #: `record`, `field` and `rule` of every reject.
    rejects: pl.DataFrame
    differences: tuple[Difference, ...]
    #: By field, how many leads have a value.
    filled: dict[str, int]
    #: About how many leads the view does not show, because one before them has their key.
    hidden: int
    #: What the numbers of records are counted from: the line of the header, and how many a record of the file may become.
    counted_from: tuple[int | None, int]
    #: Files with the leads, all values as texts; "" for none.
    files: str
    #: Why it cannot be loaded, and what to do; "" where it can.
    error: str = ""
    hint: str = ""

    @property
    def leads(self) -> pl.LazyFrame:
        """RECORD and every compared field of the leads."""
        return pl.scan_parquet(self.files)

    def filled_share(self, field: str) -> float:
        """The share of the leads with a value in the field, from 0 to 1."""
        return self.filled.get(field, 0) / max(self.counts.loaded, 1)

    def read(self, columns: Sequence[str], records: pl.Series) -> Iterator[pl.DataFrame]:
        """These columns of the leads of these records."""
        if not self.files:
            return
        near = pl.col(RECORD).is_between(records.min(), records.max())
        chosen = self.leads.filter(near).select(columns)
        yield chosen.join(records.alias(RECORD).to_frame().lazy(), on=RECORD, how="semi").collect()


def no_leads(matched_by: Sequence[str], error: DeliveryError | None = None) -> MappedLeads:
    """What comes of no mapping, and of a delivery that cannot be loaded."""
    shape = {RECORD: pl.Int64(), "record": pl.Int64(), **dict.fromkeys(matched_by, pl.String())}
    return MappedLeads(
        counts=RecordCounts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0),
        reject_counts=(),
        invalid_value_counts=(),
        keys=pl.DataFrame(schema={**shape, DIGEST: pl.UInt64()}),
        rejects=pl.DataFrame(schema=_FAULTS),
        differences=(),
        filled={},
        hidden=0,
        counted_from=(None, 1),
        files="",
        error=error.message if error else "",
        hint=error.hint if error else "",
    )


@dataclass(frozen=True)
class LeadMapper:
    """Maps one delivery, with what is the same for both mappings."""

    delivery: Delivery
    #: What is compared: every field that one of the load tables has, and the lead_key.
    fields: tuple[str, ...]
    #: The columns that leads can be matched by, beside the number of their record.
    matched_by: tuple[str, ...]
    published: DeliveryProfile | None
    today: date
    folder: Path
    progress: Progress

    def mapped(self, mapping: Mapping | None, name: str) -> MappedLeads:
        """What the delivery becomes; `name` tells the two mappings apart. Memory does not grow with its values."""
        if mapping is None:
            return no_leads(self.matched_by)
        try:
            found, delivered = self._mapped(mapping, name)
        except DeliveryError as error:
            found = no_leads(self.matched_by, error)
            delivered = read_delivered(mapping, self.delivery, today=self.today)
        differences = compare(Comparison.of(mapping, delivered, self.published))
        return replace(found, differences=differences)

    def _mapped(self, mapping: Mapping, name: str) -> tuple[MappedLeads, Delivered]:
        tally, keys, rejects = Tally(), [no_leads(self.matched_by).keys], [pl.DataFrame(schema=_FAULTS)]
        filled = dict.fromkeys(mapping.table.columns, 0)
        with opened_mapped(
            mapping, self.delivery, today=self.today, ranges=None, refused=lambda error: error
        ) as opened:
            for number, batch in enumerate(opened.batches()):
                tally.add(batch)
                texts = self._texts(batch.leads)
                texts.write_parquet(self.folder / f"{name}_{number:06}.parquet", compression="lz4")
                keys.append(self._keys(texts))
                rejects.append(batch.rejects.select(pl.col("record_number").alias("record"), "field", "rule"))
                for field in filled:
                    filled[field] += batch.leads.height - batch.leads[field].null_count()
                self.progress(tally.read)
            delivered = opened.measure.delivered(read=tally.read)
        leads = pl.concat(keys)
        keyed = leads.height - leads[LEAD_KEY].null_count()
        return MappedLeads(
            counts=tally.counts,
            reject_counts=tally.reject_counts,
            invalid_value_counts=tally.invalid_value_counts,
            keys=leads,
            rejects=pl.concat(rejects),
            differences=(),
            filled=filled,
            hidden=round((delivered.profile.hidden or 0) * keyed),
            counted_from=(delivered.profile.header_row, mapping.delivery.places),
            files=str(self.folder / f"{name}_*.parquet"),
        ), delivered

    def _texts(self, leads: pl.DataFrame) -> pl.DataFrame:
        there = set(leads.columns)
        return leads.select(
            pl.col("record_number").cast(pl.Int64).alias(RECORD),
            *(
                (pl.col(field) if field in there else pl.lit(None)).cast(pl.String).alias(field)
                for field in self.fields
            ),
        )

    def _keys(self, texts: pl.DataFrame) -> pl.DataFrame:
        return texts.select(
            RECORD,
            pl.col(RECORD).alias("record"),
            *self.matched_by,
            pl.struct(self.fields).hash().alias(DIGEST),
        )
