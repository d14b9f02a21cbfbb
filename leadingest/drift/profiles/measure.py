"""A delivery measured while it is loaded: its columns, and the leads that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from leadingest.deliveries.records import Records
from leadingest.drift.profiles.distinct_values import DistinctValues
from leadingest.drift.profiles.personal import without_personal
from leadingest.drift.profiles.profile import DeliveryProfile, FieldProfile
from leadingest.drift.profiles.profiler import Profiler
from leadingest.engine.transform import MappedBatch, Transform


class Measure:
    """Sums over the batches of a delivery and over what they become."""

    def __init__(self, records: Records, transform: Transform) -> None:
        self._records, self._transform = records, transform
        self._profiler = Profiler(len(records.headers))
        self._filled: Counter[str] = Counter()
        self._keys = DistinctValues()

    def add(self, records: pl.DataFrame, mapped: MappedBatch) -> None:
        """Measure a batch of records, and what became of it."""
        self._profiler.add(records)
        for field in self._transform.mapping.fields:
            self._filled[field] += mapped.leads.height - mapped.leads[field].null_count()
        self._keys.add(mapped.leads["lead_key"])

    def profile(self, *, read: int, unreadable: Mapping[str, int]) -> DeliveryProfile:
        """What is kept with the load: nothing that is somebody's.

        `read` is the number of records, those that could not be read included; `unreadable` how many cells of
        each field were not what they should be.
        """
        mapping, layout = self._transform.mapping, self._records.layout
        return DeliveryProfile(
            records=read,
            columns=without_personal(self._profiler.columns(self._transform.binding.labels), mapping),
            format=self._records.format,
            encoding=self._records.encoding,
            delimiter=layout.delimiter,
            quote=layout.quote,
            header_row=layout.header_row,
            fields={
                field: FieldProfile(self._filled[field], unreadable.get(field, 0)) for field in mapping.fields
            },
            repeated_keys=round(self._keys.repeated, 4),
        )
