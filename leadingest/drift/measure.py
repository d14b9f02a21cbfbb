"""A delivery measured while it is loaded: its columns, and the leads that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import polars as pl

from leadingest.deliveries.records import Records
from leadingest.drift.delivered import Delivered, UnknownValues
from leadingest.drift.expected_column import expected_columns
from leadingest.drift.profiles.key_sketch import name_hashes
from leadingest.drift.profiles.lead_profiler import LeadProfiler
from leadingest.drift.profiles.personal_columns import fields_by_header
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.drift.profiles.profiler import Profiler
from leadingest.drift.similarity import looks_like_names, looks_like_record
from leadingest.drift.value_maps import MOST_VALUES
from leadingest.engine.binding import respelled
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.operations.values import Values


class Measure:
    """Sums over the batches of a delivery and over what they become."""

    def __init__(self, records: Records, transform: Transform) -> None:
        self._records, self._transform = records, transform
        #: Those of the delivery: a transform may have been given more, for columns that are missing.
        self._labels = transform.binding.labels[: len(records.headers)]
        self._profiler = Profiler(len(self._labels))
        self._leads = LeadProfiler(transform.mapping)
        self._unknown: dict[str, Counter[str]] = {}
        self._headers = fields_by_header(transform.mapping)
        #: The first record, where the mapping says that there is no header: it may be one all the same.
        self._first: tuple[str, ...] = ()
        self._may_be_headed = records.layout.header_row is None and not records.layout.replaced

    def add(self, records: pl.DataFrame, mapped: MappedBatch) -> None:
        """Measure a batch of records, and what became of it."""
        if self._may_be_headed and not self._first and records.height:
            self._first = records.row(0)
        self._profiler.add(records)
        self._leads.add(mapped)
        for faults, value in ((mapped.invalid_values, "raw_value"), (mapped.rejects, None)):
            self._add_unknown(faults.filter(pl.col("rule") == Values.word()), value)

    def delivered(self, *, read: int) -> Delivered:
        """What the delivery is like; the values of its columns are still in it, whoever's they are.

        `read` is the number of records, those that could not be read included.
        """
        layout = self._records.layout
        profile = DeliveryProfile(
            records=read,
            columns=self._profiler.columns(self._labels),
            format=self._records.format,
            encoding=self._records.encoding,
            delimiter=layout.delimiter,
            quote=layout.quote,
            header_row=layout.header_row,
            replaced=name_hashes(layout.replaced),
            leads=self._leads.leads,
            fields=self._leads.fields(),
            key=self._leads.key(),
            hidden=self._leads.hidden,
            repeated_keys=self._leads.repeated_keys,
        )
        written = self._records.headers
        headers = respelled(self._transform.mapping, written)
        return Delivered(
            headers=headers,
            headed=self._headed(profile),
            headless=layout.header_row is not None and self._is_headless(headers, profile),
            respelled={name: each for name, each in zip(headers, written, strict=True) if name != each},
            profile=profile,
            unknown_values=tuple(self._unknown_values()),
            misread_as=self._records.noticed.misread_as,
            total_line=self._records.noticed.total_line,
            controls=self._records.noticed.controls,
        )

    def _is_headless(self, headers: Sequence[str], profile: DeliveryProfile) -> bool:
        """Whether the header looks like one more record: most names are not there, and its cells are of telling kinds."""
        needed = expected_columns(self._transform.mapping)
        there = sum(not set(column.names).isdisjoint(headers) for column in needed)
        return 2 * there < len(needed) and looks_like_record(headers, profile.columns)

    def _headed(self, profile: DeliveryProfile) -> Literal["", "left out", "read as a record"]:
        if not self._may_be_headed:
            return ""
        if self._records.noticed.header_first:
            return "left out"
        names = [name.casefold() for name in self._labels]
        moved = sorted(cell.casefold() for cell in self._first) == sorted(names)
        return "read as a record" if moved or looks_like_names(self._first, profile.columns) else ""

    def _unknown_values(self) -> Iterator[UnknownValues]:
        for field, counts in self._unknown.items():
            headers = tuple(header for header, fields in self._headers.items() if field in fields)
            yield UnknownValues(field, counts, headers)

    def _add_unknown(self, refused: pl.DataFrame, value: str | None) -> None:
        """Count what value maps have refused.

        Of what was put together of several cells, and of a record that was rejected for it, only the field is known.
        """
        for field in refused["field"].unique():
            self._unknown.setdefault(field, Counter())
        if value is None:
            return
        for field, text, count in refused.drop_nulls(value).group_by("field", value).len().iter_rows():
            counts = self._unknown[field]
            if not text.startswith('{"') and (text in counts or len(counts) < MOST_VALUES):
                counts[text] += count
