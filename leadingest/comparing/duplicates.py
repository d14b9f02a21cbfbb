"""Published leads that may be one: by which rule, and which of them the view shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from leadingest.comparing.duplicate_rules import Columns, DuplicateRule, fitting
from leadingest.destinations.leads import Leads
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.shown import with_shown
from leadingest.errors import NothingToDoError

_RECORD = "source_record_number"

_ORDER = (
    "group",
    "value",
    "source_name",
    "load_id",
    _RECORD,
    "shown",
    "shared",
    "alike",
    "behind_source",
    "behind_record",
    "because",
)

#: What is told of a lead beside where it comes from, as far as the load table has it.
_SHOWN = (
    *("company", "phone", "address1", "address2", "city", "state", "zip", "postal_code", "country"),
    "license_number",
)


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
        """Of how many the view shows several leads: they are not one by the identity of the load table."""
        return self._groups_with(pl.col("shown").sum() > 1)

    def _groups_with(self, condition: pl.Expr) -> int:
        return self.leads.group_by("group").agg(condition.alias("so")).filter("so").height


def find_duplicates(
    published_in: Leads, columns: Columns, rules: Sequence[DuplicateRule], *, source: str | None = None
) -> list[Duplicates]:
    """What each of the rules finds in the published loads; with `source` the groups that it has a part in.

    Of every published lead its key, what the view chooses by and what the rules compare are in memory, about 300 bytes a
    lead; of those that share something also what is told of them. Rules that need a field which the load table lacks find
    nothing. Raises NothingToDoError where nothing is published.
    """
    with published_in.published() as published:
        loads, shared_keys = published.loads, published.shared_keys()
    if not loads:
        raise NothingToDoError(
            "no leads are published yet", hint="leadingest run --all loads and publishes them"
        )
    apply = fitting(rules, columns)
    leads = with_shown(
        pl.concat(_compared(published_in, load, columns, apply) for load in loads), shared_keys
    )
    shown = [name for name in _SHOWN if name in columns]
    return [_found(published_in, leads, rule, shown, source) for rule in apply]


def _compared(
    published_in: Leads, load: LoadRow, columns: Columns, rules: Sequence[DuplicateRule]
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
            "name_hash",
            "filled_fields",
            *(rule.value(columns).alias(rule.name) for rule in rules),
        )
        for leads in published_in.of_load(
            load.load_id, (_RECORD, "lead_key", "name_hash", "filled_fields", *sorted(reads))
        )
    )


def _found(
    published_in: Leads,
    leads: pl.DataFrame,
    rule: DuplicateRule,
    shown: Sequence[str],
    source: str | None,
) -> Duplicates:
    shared = leads.rename({rule.name: "value"}).drop_nulls("value")
    members = shared.join(_groups(shared, source), on="value")
    whole = members.join(_details(published_in, members, shown), on=["load_id", _RECORD])
    return Duplicates(rule, whole.select(*_ORDER, *shown).sort("group", "source_name", _RECORD))


def _groups(leads: pl.DataFrame, source: str | None) -> pl.DataFrame:
    """The values that several leads have, numbered."""
    sources = pl.col("source_name")
    counted = leads.group_by("value").agg(
        pl.len().alias("leads"),
        sources.n_unique().alias("sources"),
        pl.lit(True).alias("asked") if source is None else (sources == source).any().alias("asked"),
    )
    several = counted.filter("asked", pl.col("leads") > 1)
    in_order = several.sort("sources", "leads", "value", descending=[True, True, False])
    return in_order.with_row_index("group", offset=1).select("group", "value")


def _details(published_in: Leads, members: pl.DataFrame, shown: Sequence[str]) -> pl.DataFrame:
    """What is told of these leads, by load and record number."""
    columns = (_RECORD, *shown)
    found = [pl.DataFrame(schema={"load_id": pl.Int64, _RECORD: pl.Int64, **dict.fromkeys(shown, pl.String)})]
    for load_id in members["load_id"].unique().sort():
        numbers = members.filter(pl.col("load_id") == load_id)[_RECORD].to_list()
        found += [
            leads.select(pl.lit(load_id, pl.Int64).alias("load_id"), *columns)
            for leads in published_in.of_load(load_id, columns, numbers=numbers)
        ]
    return pl.concat(found)
