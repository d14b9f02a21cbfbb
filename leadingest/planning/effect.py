"""One delivery under two mappings: which leads are added, removed or changed, and what else becomes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from leadingest.comparing.changed_leads import ChangedLeads, FieldChange
from leadingest.comparing.match import RECORD, Match, Side, match
from leadingest.drift.kind import Difference
from leadingest.drift.profiles.personal_columns import is_personal_field
from leadingest.expressions import shape, shown_value
from leadingest.ingest.tally import FaultCount
from leadingest.planning.mapped_leads import LEAD_KEY, SAME_RECORD, MappedLeads
from leadingest.tables.column import Column

#: Changes of a field's value that are told, the most frequent first; of more only the leads are counted.
MOST_EXAMPLES = 20
#: Different changes that are counted at a time, of all fields.
_MOST_COUNTED = 50_000
#: Records that are told by number.
MOST_RECORDS = 20


@dataclass(frozen=True)
class ValueChange:
    """A value that became another one: in how many leads, and the first record with it.

    The values are as they may be shown: None is a blank; of what is or may be somebody's it is the shape, in words.
    """

    was: str | None
    now: str | None
    leads: int
    record: int


@dataclass(frozen=True)
class FieldEffect:
    """How a field changes in leads that are there before and now."""

    field: str
    change: FieldChange
    examples: tuple[ValueChange, ...]


@dataclass(frozen=True)
class LeadGroup:
    """Leads of one mapping only: how many, the first records, and why the other mapping makes no leads of them.

    It rejects them by the rules of `reject_counts`, or leaves them out on purpose. Where leads are matched by key,
    neither is known: both are 0.
    """

    leads: int
    records: tuple[int, ...]
    rejected: int = 0
    filtered: int = 0
    reject_counts: tuple[FaultCount, ...] = ()


@dataclass(frozen=True)
class DeliveryEffect:
    """What a change of the mapping makes of one delivery."""

    file: str
    before: MappedLeads
    now: MappedLeads
    #: What leads were matched by: their record, or, where a change moves the records, the key of the mapping or lead_key.
    matched_by: tuple[str, ...]
    unchanged: int
    #: Leads with another value in a field; those among them that are known by another lead_key.
    changed: int
    changed_keys: int
    added: LeadGroup
    removed: LeadGroup
    #: Leads that share their key with others, or have none, where leads are matched by key: before and now.
    unmatched: tuple[int, int]
    #: The most often changed first.
    fields: tuple[FieldEffect, ...]

    @cached_property
    def new_drift(self) -> tuple[Difference, ...]:
        """The drift that the delivery has beside the mapping as it is now, and had not before."""
        return _other(self.now.differences, self.before.differences)

    @cached_property
    def settled_drift(self) -> tuple[Difference, ...]:
        """The drift that it has no more."""
        return _other(self.before.differences, self.now.differences)

    @property
    def fill_changes(self) -> dict[str, tuple[float, float]]:
        """By field the share of the leads that have a value, from 0 to 1, before and now, where that differs."""
        names = dict.fromkeys((*self.before.filled, *self.now.filled))
        both = {name: (self.before.filled_share(name), self.now.filled_share(name)) for name in names}
        if not (self.before.counts.loaded and self.now.counts.loaded):
            return {}
        return {name: shares for name, shares in both.items() if shares[0] != shares[1]}

    @property
    def same_outcome(self) -> bool:
        """Whether nothing at all is different."""
        before, now = self.before, self.now
        return (
            (before.counts, before.reject_counts, before.invalid_value_counts, before.hidden, before.error)
            == (now.counts, now.reject_counts, now.invalid_value_counts, now.hidden, now.error)
            and not (self.changed or self.added.leads or self.removed.leads)
            and self.unmatched[0] == self.unmatched[1]
            and not (self.new_drift or self.settled_drift)
        )


def _other(these: Sequence[Difference], those: Sequence[Difference]) -> tuple[Difference, ...]:
    known = {(each.code, each.detail.header, each.detail.expected, each.detail.found) for each in those}
    return tuple(
        each
        for each in these
        if (each.code, each.detail.header, each.detail.expected, each.detail.found) not in known
    )


@dataclass(frozen=True, kw_only=True)
class _ChangedLeads(ChangedLeads):
    """The changed leads of a delivery, read from the files of the two sides."""

    before: MappedLeads
    now: MappedLeads

    def read(self, load: Side, columns: Sequence[str], records: pl.Series) -> Iterator[pl.DataFrame]:
        yield from (self.now if load == "now" else self.before).read(columns, records)


def effect_of(
    file: str,
    before: MappedLeads,
    now: MappedLeads,
    *,
    columns: dict[str, Column],
    key: Sequence[str],
    show_values: bool,
) -> DeliveryEffect:
    """Compare what a delivery becomes under two mappings.

    `columns` are the fields of both load tables, `key` is what leads are known by where their records are not counted
    alike. Only with `show_values` are values told that are, or may be, somebody's.
    """
    same_records = (before.counts.read, before.counted_from) == (now.counts.read, now.counted_from)
    matched_by = SAME_RECORD if same_records or not (before.files and now.files) else tuple(key)
    found = match(before.keys, now.keys, matched_by)
    changed = _ChangedLeads(key=matched_by, fields=(*columns, LEAD_KEY), found=found, before=before, now=now)
    personal = (
        frozenset()
        if show_values
        else frozenset(filter(lambda name: is_personal_field(columns[name]), columns))
    )
    examples = _examples(changed, personal, show_values=show_values)
    changes = changed.field_changes
    by_record = matched_by == SAME_RECORD
    return DeliveryEffect(
        file=file,
        before=before,
        now=now,
        matched_by=matched_by,
        unchanged=found.unchanged,
        changed=found.changed.height,
        changed_keys=changes[LEAD_KEY].leads if LEAD_KEY in changes else 0,
        added=_group(found.added, before if by_record else None),
        removed=_group(found.removed, now if by_record else None),
        unmatched=(_without_partner(found, "before"), _without_partner(found, "now")),
        fields=tuple(
            FieldEffect(field, change, examples.get(field, ()))
            for field, change in changes.items()
            if field != LEAD_KEY
        ),
    )


def _examples(
    changed: ChangedLeads, personal: Collection[str], *, show_values: bool
) -> dict[str, tuple[ValueChange, ...]]:
    """For each field the changes of its value that most leads have; of the `personal` ones the shapes."""
    counted = pl.DataFrame(
        schema={
            **dict.fromkeys(("field", "was", "is"), pl.String()),
            "leads": pl.Int64(),
            "record": pl.Int64(),
        }
    )
    for changes in changed.changes():
        shaped = pl.col("field").is_in(sorted(personal))
        new = changes.filter(pl.col("field") != LEAD_KEY).select(
            "field",
            *(
                pl.when(shaped).then(shape(pl.col(side))).otherwise(side).alias(side)
                for side in ("was", "is")
            ),
            pl.lit(1, pl.Int64).alias("leads"),
            pl.col("now").alias("record"),
        )
        sums = pl.concat([counted, new]).group_by("field", "was", "is")
        counted = sums.agg(pl.col("leads").sum(), pl.col("record").min())
        counted = counted.sort("leads", "record", descending=[True, False]).head(_MOST_COUNTED)
    first = counted.group_by("field", maintain_order=True).head(MOST_EXAMPLES)
    found: dict[str, list[ValueChange]] = {}
    for field, was, now, leads, record in first.iter_rows():
        if show_values:
            change = ValueChange(was, now, leads, record)
        else:
            shapes = field in personal
            change = ValueChange(_shown(was, leads, shapes), _shown(now, leads, shapes), leads, record)
        found.setdefault(field, []).append(change)
    return {field: tuple(changes) for field, changes in found.items()}


def _shown(value: str | None, times: int, is_shape: bool) -> str | None:
    if value is None:
        return None
    return f"something like {value!r}" if is_shape else shown_value(value, times=times)


def _group(leads: pl.DataFrame, other: MappedLeads | None) -> LeadGroup:
    """Leads of one side; `other` is the side that has none of these records as leads, where they are counted alike."""
    records = tuple(leads[RECORD].sort().head(MOST_RECORDS))
    if other is None or not other.files:
        return LeadGroup(leads.height, records)
    rejects = other.rejects.join(leads, left_on="record", right_on=RECORD, how="semi")
    rules = rejects.group_by("field", "rule").agg(pl.len().alias("count"))
    ranked = rules.sort("count", "field", "rule", descending=[True, False, False])
    return LeadGroup(
        leads.height,
        records,
        rejects.height,
        leads.height - rejects.height,
        tuple(FaultCount(**row) for row in ranked.to_dicts()),
    )


def _without_partner(found: Match, side: Side) -> int:
    return sum(found.of_load(leads, side).height for leads in (found.ambiguous, found.without_key))
