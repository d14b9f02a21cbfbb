"""A delivery measured while it is loaded: its columns, and the leads that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import polars as pl

from leadingest.deliveries.records import Records
from leadingest.drift.delivered import Delivered, UnknownValues
from leadingest.drift.profiles.distinct_values import DistinctValues
from leadingest.drift.profiles.personal import fields_by_header
from leadingest.drift.profiles.profile import DeliveryProfile, FieldProfile
from leadingest.drift.profiles.profiler import Profiler
from leadingest.drift.value_maps import MOST_VALUES
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.operations.values import Values


class Measure:
    """Sums over the batches of a delivery and over what they become."""

    def __init__(self, records: Records, transform: Transform) -> None:
        self._records, self._transform = records, transform
        self._profiler = Profiler(len(records.headers))
        self._filled: Counter[str] = Counter()
        self._keys = DistinctValues()
        self._unknown: dict[str, Counter[str]] = {}
        self._headers = fields_by_header(transform.mapping)

    def add(self, records: pl.DataFrame, mapped: MappedBatch) -> None:
        """Measure a batch of records, and what became of it."""
        self._profiler.add(records)
        for field in self._transform.mapping.fields:
            self._filled[field] += mapped.leads.height - mapped.leads[field].null_count()
        self._keys.add(mapped.leads["lead_key"])
        self._add_unknown(mapped.invalid_values)

    def delivered(self, *, read: int, unreadable: Mapping[str, int]) -> Delivered:
        """What the delivery is like; the values of its columns are still in it, whoever's they are.

        `read` is the number of records, those that could not be read included; `unreadable` how many cells of
        each field were not what they should be.
        """
        layout = self._records.layout
        profile = DeliveryProfile(
            records=read,
            columns=self._profiler.columns(self._transform.binding.labels),
            format=self._records.format,
            encoding=self._records.encoding,
            delimiter=layout.delimiter,
            quote=layout.quote,
            header_row=layout.header_row,
            fields={
                field: FieldProfile(self._filled[field], unreadable.get(field, 0))
                for field in self._transform.mapping.fields
            },
            repeated_keys=round(self._keys.repeated, 4),
        )
        return Delivered(
            headers=self._records.headers, profile=profile, unknown_values=tuple(self._unknown_values())
        )

    def _unknown_values(self) -> Iterator[UnknownValues]:
        for field, counts in self._unknown.items():
            headers = tuple(header for header, fields in self._headers.items() if field in fields)
            yield UnknownValues(field, counts, headers)

    def _add_unknown(self, invalid_values: pl.DataFrame) -> None:
        """Count cells that value maps have refused; what was put together of several cells is not told apart."""
        refused = invalid_values.filter(pl.col("rule") == Values.word()).group_by("field", "raw_value").len()
        for field, value, count in refused.iter_rows():
            known = self._unknown.setdefault(field, Counter())
            if (
                value is not None
                and not value.startswith('{"')
                and (value in known or len(known) < MOST_VALUES)
            ):
                known[value] += count
