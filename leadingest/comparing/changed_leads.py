"""Leads that were matched and differ: what changed in them, field by field."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property

import polars as pl

from leadingest.comparing.match import RECORD, Match, Side

#: Pairs of leads that are compared field by field at a time.
_PAIRS = 20_000


@dataclass(frozen=True)
class FieldChange:
    """In how many leads a field changed, and in how many of these it was blank before or is blank now."""

    leads: int
    filled: int
    emptied: int


@dataclass(frozen=True, kw_only=True)
class ChangedLeads(ABC):
    """Leads of two sides, matched; those that changed are read a batch at a time, whenever they are asked for."""

    #: The columns that leads were matched by, and those of a lead that were compared.
    key: tuple[str, ...]
    fields: tuple[str, ...]
    found: Match

    @abstractmethod
    def read(self, load: Side, columns: Sequence[str], records: pl.Series) -> Iterator[pl.DataFrame]:
        """These columns of the leads of one side that have one of the record numbers; in batches."""

    @cached_property
    def field_changes(self) -> dict[str, FieldChange]:
        """How each field changed, the most often changed first."""
        counts = dict.fromkeys(self.fields, FieldChange(0, 0, 0))
        for pairs in self.changed_pairs():
            for field in self.fields:
                was, now = pl.col(f"{field} before").is_null(), pl.col(field).is_null()
                added = pairs.select(
                    leads=_differs(field).sum(), filled=(was & ~now).sum(), emptied=(~was & now).sum()
                ).row(0)
                counts[field] = FieldChange(*map(sum, zip(astuple(counts[field]), added, strict=True)))
        often = sorted(counts.items(), key=lambda each: -each[1].leads)
        return {field: change for field, change in often if change.leads}

    def changed_pairs(self) -> Iterator[pl.DataFrame]:
        """Changed leads in batches: `before` and `now`, the record numbers; `key …`; each field, and as it was: `… before`."""
        columns = (RECORD, *self.fields)
        for some in self.found.changed.iter_slices(_PAIRS):
            now, before = (pl.concat(self.read(side, columns, some[side])) for side in ("now", "before"))
            keys = some.rename({name: f"key {name}" for name in self.key})
            yield keys.join(now, left_on="now", right_on=RECORD, maintain_order="left").join(
                before, left_on="before", right_on=RECORD, maintain_order="left", suffix=" before"
            )

    def changes(self) -> Iterator[pl.DataFrame]:
        """Changed leads field by field: `before` and `now`, the record numbers; `key …`; `field`; the texts `was` and `is`."""
        keys = [f"key {name}" for name in self.key]
        for pairs in self.changed_pairs():
            fields = [
                pairs.filter(_differs(field)).select(
                    "before",
                    "now",
                    *keys,
                    pl.lit(field).alias("field"),
                    pl.col(f"{field} before").cast(pl.String).alias("was"),
                    pl.col(field).cast(pl.String).alias("is"),
                )
                for field in self.fields
            ]
            yield pl.concat(fields).sort("now", maintain_order=True)


def _differs(field: str) -> pl.Expr:
    return pl.col(field).ne_missing(pl.col(f"{field} before"))
