"""Leads that may be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from leadingest.comparing.duplicates import Duplicates
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine
from leadingest.wording import number

#: Groups of a rule that are shown to people.
EXAMPLES = 3

_COLUMNS = (
    TableColumn("rule"),
    TableColumn("groups", align="right"),
    TableColumn("leads", align="right"),
    TableColumn("of several\nsources", align="right"),
    TableColumn("shown more\nthan once", align="right"),
)
#: Leads of a group that are shown to people.
_LEADS = 5


@dataclass(frozen=True)
class DuplicatesReport(Report):
    """A line for each rule, then the first groups that it finds; programs get them all."""

    found: Sequence[Duplicates]
    groups: int = EXAMPLES
    title = "duplicates"

    def body(self) -> Iterator[Block]:
        yield ReportTable(_COLUMNS, [_counts(each) for each in self.found])
        for each in self.found:
            if each.groups and self.groups:
                yield TextLine()
                yield from _examples(each, self.groups)
        if any(each.groups > self.groups for each in self.found):
            yield TextLine()
            yield TextLine("show more with --limit N, all with --format csv or json")

    def data(self) -> dict[str, Any]:
        return {"rules": [_plain(each) for each in self.found]}

    def rows(self) -> Iterator[pl.DataFrame]:
        for each in self.found:
            yield _with_why(each).insert_column(0, pl.lit(each.rule.name).alias("rule"))


def _counts(found: Duplicates) -> list[str]:
    counts = (found.groups, found.leads.height, found.across_sources, found.shown_twice)
    return [found.rule.name, *map(number, counts)]


def _plain(found: Duplicates) -> dict[str, Any]:
    groups = _with_why(found).group_by("group", maintain_order=True)
    return {
        "rule": found.rule.name,
        "about": f"leads with {found.rule.about}",
        "counts": {
            "groups": found.groups,
            "leads": found.leads.height,
            "across_sources": found.across_sources,
            "shown_more_than_once": found.shown_twice,
        },
        "groups": [
            {"value": group["value"][0], "leads": group.drop("group", "value").to_dicts()}
            for _, group in groups
        ],
    }


def _with_why(found: Duplicates) -> pl.DataFrame:
    """The leads with the words instead of what they are made from."""
    leads = found.leads
    words = pl.Series("why", [why(lead) for lead in leads.iter_rows(named=True)], pl.String)
    at = leads.columns.index("shown") + 1
    return leads.drop("shared", "alike", "behind_source", "behind_record", "because").insert_column(at, words)


def why(lead: Mapping[str, Any]) -> str:
    """Why the view shows a lead, or which one in its place."""
    if not lead["shown"]:
        return f"hidden by {lead['behind_source']} record {lead['behind_record']}: {lead['because']}"
    by = "its lead_key and name" if lead["shared"] else "its lead_key"
    return f"the only one with {by}" if lead["alike"] == 1 else f"the best of {lead['alike']} with {by}"


def _examples(found: Duplicates, groups: int) -> Iterator[Block]:
    """The first groups, with the fields that they are found by."""
    first = f"; the first {groups} of {found.groups:,} groups" if found.groups > groups else ""
    yield TextLine(f"{found.rule.name}: leads with {found.rule.about}{first}")
    leads = found.leads.filter(pl.col("group") <= groups)
    present = [
        name for name in dict.fromkeys(("company", *found.rule.reads, "city")) if name in leads.columns
    ]
    fields = [name for name in present if leads[name].count()]
    columns = [
        TableColumn("", align="right"),
        TableColumn("source", fit="middle"),
        TableColumn("record", align="right"),
        TableColumn("the view"),
        *(TableColumn(name, fit="end", may_go=True) for name in fields),
    ]
    each_group = leads.group_by("group", maintain_order=True)
    yield ReportTable(columns, [row for _, group in each_group for row in _rows(group, fields)])


def _rows(group: pl.DataFrame, fields: Sequence[str]) -> Iterator[list[str]]:
    """The first leads of a group; its number stands before the first of them."""
    for at, lead in enumerate(group.head(_LEADS).iter_rows(named=True)):
        cells = ["" if lead[name] is None else str(lead[name]) for name in fields]
        view = "shown" if lead["shown"] else f"hidden by {_place(lead)}: {lead['because']}"
        number_of_group = "" if at else str(lead["group"])
        yield [number_of_group, lead["source_name"], str(lead["source_record_number"]), view, *cells]
    if group.height > _LEADS:
        yield ["", f"and {group.height - _LEADS:,} more", *[""] * (len(fields) + 2)]


def _place(lead: Mapping[str, Any]) -> str:
    """The lead that is shown in the place of this one, told from beside it."""
    source, record = lead["behind_source"], lead["behind_record"]
    return f"record {record}" if source == lead["source_name"] else f"{source} {record}"
