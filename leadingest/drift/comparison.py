"""What a kind of drift looks at: a delivery beside its mapping and the published load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from functools import cached_property

from leadingest.drift.delivered import Delivered
from leadingest.drift.expected_column import ExpectedColumn, expected_columns, repeated_columns
from leadingest.drift.fit import Fit, KnownSource, Others, keys_in_common, no_others
from leadingest.drift.profiles.personal_columns import fields_by_header
from leadingest.drift.profiles.profile import ColumnProfile, DeliveryProfile
from leadingest.drift.renames import Rename, find_renames
from leadingest.mapping.headers import ShownHeaders, is_ignored
from leadingest.mapping.models import Mapping


@dataclass(frozen=True)
class Comparison:
    """A delivery, what its mapping says, and what the delivery of the published load was like."""

    mapping: Mapping
    delivered: Delivered
    #: None where no load is published, or nothing is kept of it.
    published: DeliveryProfile | None = None
    others: Others = no_others
    #: The delivery with its headers as it has them, none of which may be named unasked.
    unmasked: Delivered | None = None

    @classmethod
    def of(
        cls,
        mapping: Mapping,
        delivered: Delivered,
        published: DeliveryProfile | None = None,
        *,
        others: Others = no_others,
    ) -> Comparison:
        """Where the headers of the delivery are known only from itself: those that may be cells are seen as shapes."""
        if delivered.error:
            return cls(mapping, delivered, published, others)
        before = [column.header for column in published.columns] if published else []
        values = (value for column in delivered.profile.columns for value in column.values or ())
        shown = ShownHeaders.of_mapping(mapping, delivered.headers, published=before, values=values).shown(
            delivered.headers
        )
        columns = tuple(
            column if now == header else replace(column, header=now)
            for column, header, now in zip(delivered.profile.columns, delivered.headers, shown, strict=True)
        )
        profile = replace(delivered.profile, columns=columns)
        masked = replace(delivered, headers=shown, profile=profile)
        return cls(mapping, masked, published, others, unmasked=delivered)

    @cached_property
    def own_fit(self) -> Fit:
        """How well the delivery fits its source."""
        return self.fit_of(KnownSource(self.mapping, self.published))

    def fit_of(self, source: KnownSource) -> Fit:
        """How well the delivery fits a source."""
        return Fit.of(source, self.unmasked or self.delivered)

    @cached_property
    def expected(self) -> tuple[ExpectedColumn, ...]:
        """The columns that the mapping reads."""
        return expected_columns(self.mapping)

    @cached_property
    def missing(self) -> tuple[ExpectedColumn, ...]:
        """Those of which the delivery has none of the headers."""
        there = set(self.delivered.headers)
        missing = tuple(column for column in self.expected if not there & set(column.names))
        return (*missing, *repeated_columns(self.mapping, self.delivered.absent))

    @cached_property
    def renames(self) -> tuple[Rename, ...]:
        """What missing columns are probably called now."""
        return find_renames(
            [(each, self._last_seen(each)) for each in self.missing],
            self.unread,
            self.mapping.table,
            self.before,
        )

    @cached_property
    def unread(self) -> tuple[ColumnProfile, ...]:
        """Columns with a header of their own that the mapping neither reads nor leaves out on purpose."""
        times = Counter(self.delivered.headers)
        return tuple(
            column
            for column, header in zip(self.delivered.profile.columns, self.delivered.headers, strict=True)
            if header and times[header] == 1 and not self.reads(header) and not self.ignores(header)
        )

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(name for column in self.expected for name in column.names)

    def reads(self, header: str) -> bool:
        """Whether the mapping reads the header."""
        return header in self._read

    def ignores(self, header: str) -> bool:
        """Whether the mapping leaves the header out on purpose."""
        return not self.reads(header) and is_ignored(header, self.mapping.ignore)

    @cached_property
    def now(self) -> Dict[str, ColumnProfile]:
        """The columns of the delivery by header."""
        return {column.header: column for column in self.delivered.profile.columns}

    @cached_property
    def before(self) -> Dict[str, ColumnProfile]:
        """The columns of the published load by header; none where there is no such load."""
        return {column.header: column for column in self.published.columns} if self.published else {}

    @cached_property
    def fields_of(self) -> Dict[str, tuple[str, ...]]:
        """The fields that take their value from each header."""
        return fields_by_header(self.mapping)

    def only_header_of(self, field: str) -> str:
        """The column of the delivery that a field comes from; "" where it comes from several, or none."""
        headers = [
            header for header, fields in self.fields_of.items() if field in fields and header in self.now
        ]
        return headers[0] if len(headers) == 1 else ""

    @cached_property
    def keys_in_common(self) -> float | None:
        """Which share of the keys of the smaller load the other one has; None where that cannot be told."""
        return keys_in_common(self.published.key if self.published else None, self.delivered.profile.key)

    @cached_property
    def both(self) -> tuple[tuple[ColumnProfile, ColumnProfile], ...]:
        """Columns of the delivery with what they were before, under whichever of their headers; measured both times."""
        aliases = {name: column.names for column in self.expected for name in column.names}
        pairs = []
        for header, now in self.now.items():
            before = next(
                (self.before[name] for name in (header, *aliases.get(header, ())) if name in self.before),
                None,
            )
            if before and before.measured and now.measured:
                pairs.append((before, now))
        return tuple(pairs)

    def _last_seen(self, column: ExpectedColumn) -> ColumnProfile | None:
        return next((self.before[name] for name in column.names if name in self.before), None)
