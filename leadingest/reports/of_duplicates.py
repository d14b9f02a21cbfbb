"""Leads that may be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from leadingest.comparing.duplicates import Duplicates
from leadingest.outputs.formulas import harmless
from leadingest.reports.json_document import json_document
from leadingest.reports.printable import wrapped
from leadingest.reports.table import TableColumn, number, table_text

#: Groups of a rule that are shown as text.
EXAMPLES = 3

_COUNTS = (
    TableColumn("rule"),
    TableColumn("groups", align="right"),
    TableColumn("leads", align="right"),
    TableColumn("of several\nsources", align="right"),
    TableColumn("shown more\nthan once", align="right"),
)
#: Leads of a group that are shown as text.
_LEADS = 5


def duplicates_text(found: Sequence[Duplicates], *, groups: int = EXAMPLES, width: int | None = None) -> str:
    """A line for each rule, then the first groups that it finds."""
    return "\n".join(_sections(found, groups, width))


def duplicates_csv(found: Sequence[Duplicates]) -> str:
    """A row for each lead of a group; texts that a spreadsheet program would run are defused."""
    tables = [
        each.leads.insert_column(0, pl.lit(each.rule.name).alias("rule")) for each in map(_with_why, found)
    ]
    return harmless(pl.concat(tables)).write_csv()


def duplicates_json(found: Sequence[Duplicates]) -> str:
    """`rules`, each with its counts and `groups` of leads."""
    rules = [
        {
            "rule": each.rule.name,
            "about": f"leads with {each.rule.about}",
            "counts": {
                "groups": each.groups,
                "leads": each.leads.height,
                "across_sources": each.across_sources,
                "shown_more_than_once": each.shown_twice,
            },
            "groups": list(_groups(_with_why(each).leads)),
        }
        for each in found
    ]
    return json_document(rules=rules)


def why(lead: Mapping[str, Any]) -> str:
    """Why the view shows a lead, or which one in its place."""
    if not lead["shown"]:
        return f"behind {lead['behind_source']} record {lead['behind_record']}: {lead['because']}"
    by = "its lead_key and name" if lead["shared"] else "its lead_key"
    return f"alone with {by}" if lead["alike"] == 1 else f"the best of {lead['alike']} with {by}"


def _with_why(found: Duplicates) -> Duplicates:
    """The duplicates, each with why the view shows it in words."""
    leads = found.leads
    words = pl.Series("why", [why(lead) for lead in leads.iter_rows(named=True)], pl.String)
    at = leads.columns.index("shown") + 1
    told = leads.drop("shared", "alike", "behind_source", "behind_record", "because").insert_column(at, words)
    return Duplicates(found.rule, told)


def _groups(leads: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for _, group in leads.group_by("group", maintain_order=True):
        yield {
            "value": group["value"][0],
            "leads": group.drop("group", "value").to_dicts(),
        }


def _sections(found: Sequence[Duplicates], groups: int, width: int | None) -> Iterator[str]:
    rows = [
        (
            each.rule.name,
            number(each.groups),
            number(each.leads.height),
            number(each.across_sources),
            number(each.shown_twice),
        )
        for each in found
    ]
    yield table_text(_COUNTS, rows, width=width)
    for each in found:
        if each.groups and groups:
            yield _examples(each, groups, width)
    if any(each.groups > groups for each in found):
        yield "".join(
            f"{line}\n" for line in wrapped("more of them: --limit N; all: --format csv or json", width)
        )


def _examples(found: Duplicates, groups: int, width: int | None) -> str:
    """The first groups, with the fields that they are found by."""
    first = f"; the first {groups} of {found.groups:,} groups" if found.groups > groups else ""
    head = wrapped(f"{found.rule.name}: leads with {found.rule.about}{first}", width)
    leads = found.leads.filter(pl.col("group") <= groups)
    known = [name for name in dict.fromkeys(("company", *found.rule.reads, "city")) if name in leads.columns]
    fields = [name for name in known if leads[name].count()]
    columns = [
        TableColumn("", align="right"),
        TableColumn("source", cut="middle"),
        TableColumn("record", align="right"),
        TableColumn("the view"),
        *(TableColumn(name, cut="end", may_go=True) for name in fields),
    ]
    rows = [row for _, group in leads.group_by("group", maintain_order=True) for row in _rows(group, fields)]
    return "".join(f"{line}\n" for line in head) + table_text(columns, rows, width=width)


def _rows(group: pl.DataFrame, fields: Sequence[str]) -> Iterator[list[str]]:
    """The first leads of a group; its number stands before the first of them."""
    for at, lead in enumerate(group.head(_LEADS).iter_rows(named=True)):
        cells = ["" if lead[name] is None else str(lead[name]) for name in fields]
        view = "shown" if lead["shown"] else f"behind {_place(lead)}: {lead['because']}"
        number_of_group = "" if at else str(lead["group"])
        yield [number_of_group, lead["source_name"], str(lead["source_record_number"]), view, *cells]
    if group.height > _LEADS:
        yield ["", f"and {group.height - _LEADS:,} more", *[""] * (len(fields) + 2)]


def _place(lead: Mapping[str, Any]) -> str:
    """The lead that is shown in the place of this one, told from beside it."""
    source, record = lead["behind_source"], lead["behind_record"]
    return f"record {record}" if source == lead["source_name"] else f"{source} {record}"
