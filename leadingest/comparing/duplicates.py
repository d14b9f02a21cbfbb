"""Published leads that may be one: by which rule, and which of them the view shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from leadingest.comparing.duplicate_rules.base import Columns, DuplicateRule
from leadingest.comparing.shown_leads import with_shown
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import NothingToDoError

_RECORD = "source_record_number"

#: What is told of a lead beside where it comes from, as far as the load table has it.
_TOLD = ("company", "phone", "address1", "address2", "city", "state", "zip", "license_number")


@dataclass(frozen=True)
class Duplicates:
    """The leads that share a value by one rule.

    `leads` has a row for each: `group` (from 1; those of several sources and the largest first), `value`, `source_name`,
    `load_id`, `source_record_number`, what `with_shown` tells, and the fields by which a person knows a lead.
    """

    rule: DuplicateRule
    leads: pl.DataFrame

    @property
    def groups(self) -> int:
        """How many values several leads have."""
        return self.leads["group"].n_unique()

    @property
    def across_sources(self) -> int:
        """How many of them leads of several sources have."""
        return self._groups_with(pl.col("source_name").n_unique() > 1)

    @property
    def shown_twice(self) -> int:
        """Of how many the view shows several leads: they have different lead_keys."""
        return self._groups_with(pl.col("shown").sum() > 1)

    def _groups_with(self, condition: pl.Expr) -> int:
        return self.leads.group_by("group").agg(condition.alias("so")).filter("so").height


def find_duplicates(
    destination: Destination, columns: Columns, rules: Sequence[DuplicateRule], *, source: str | None = None
) -> list[Duplicates]:
    """What each of the rules finds in the published loads; with `source` the groups that it has a part in.

    Of every published lead its key, what the view chooses by and what the rules compare are in memory, about 300 bytes a
    lead; of those that share something also what is told of them. Rules that need a field which the load table lacks find
    nothing. Raises NothingToDoError where nothing is published.
    """
    with destination.published_leads() as published:
        loads = published.loads
    if not loads:
        raise NothingToDoError(
            "no leads are published yet", hint="leadingest run --all loads and publishes them"
        )
    apply = [rule for rule in rules if set(rule.reads) <= columns.keys()]
    leads = with_shown(pl.concat(_compared(destination, load, columns, apply) for load in loads))
    told = [name for name in _TOLD if name in columns]
    return [_found(destination, leads, rule, told, source) for rule in apply]


def _compared(
    destination: Destination, load: LoadRow, columns: Columns, rules: Sequence[DuplicateRule]
) -> pl.DataFrame:
    """The leads of a load with a column for each rule."""
    reads = {field for rule in rules for field in rule.reads}
    fixed = [
        pl.lit(load.load_id, pl.Int64).alias("load_id"),
        pl.lit(load.source_name).alias("source_name"),
        pl.lit(load.extract_time.replace(tzinfo=None)).alias("source_extract_time"),
    ]
    return pl.concat(
        leads.select(
            *fixed,
            _RECORD,
            "lead_key",
            "filled_fields",
            *(rule.value(columns).alias(rule.name) for rule in rules),
        )
        for leads in destination.load_leads(
            load.load_id, (_RECORD, "lead_key", "filled_fields", *sorted(reads))
        )
    )


def _found(
    destination: Destination,
    leads: pl.DataFrame,
    rule: DuplicateRule,
    told: Sequence[str],
    source: str | None,
) -> Duplicates:
    groups = (
        leads.drop_nulls(rule.name)
        .group_by(pl.col(rule.name).alias("value"))
        .agg(
            pl.len().alias("leads"),
            pl.col("source_name").n_unique().alias("sources"),
            pl.col("source_name").unique(),
        )
        .filter(pl.col("leads") > 1)
    )
    if source is not None:
        groups = groups.filter(pl.col("source_name").list.contains(source))
    numbered = (
        groups.sort("sources", "leads", "value", descending=[True, True, False])
        .with_row_index("group", offset=1)
        .select("group", "value")
    )
    members = leads.rename({rule.name: "value"}).join(numbered, on="value")
    details = [
        details.with_columns(pl.lit(load_id, pl.Int64).alias("load_id"))
        for (load_id,), some in members.group_by("load_id")
        for details in destination.load_leads(
            int(str(load_id)), (_RECORD, *told), numbers=some[_RECORD].to_list()
        )
    ]
    if not details:
        details = [
            pl.DataFrame(schema={_RECORD: pl.Int64, **dict.fromkeys(told, pl.String), "load_id": pl.Int64})
        ]
    of_lead = pl.concat(details)
    whole = members.join(of_lead, on=["load_id", _RECORD]).sort("group", "source_name", _RECORD)
    order = (
        "group",
        "value",
        "source_name",
        "load_id",
        _RECORD,
        "shown",
        "alike",
        "behind_source",
        "behind_record",
        "because",
    )
    return Duplicates(rule, whole.select(*order, *told))
