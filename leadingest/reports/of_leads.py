"""Leads as the view shows them."""

from collections.abc import Sequence

import polars as pl

from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError
from leadingest.outputs.formulas import harmless
from leadingest.reports.json_document import json_document
from leadingest.reports.printable import display_width, one_line
from leadingest.reports.table import GAP, TableColumn, counted, table_text

#: What a person calling a lead wants to see, the most important first. Other columns follow as there is room.
_FIRST = (
    "company",
    "phone",
    "city",
    "state",
    "license_status",
    "facility_type",
    "first_name",
    "last_name",
    "capacity",
    "email",
    "zip",
)
#: Cells of the terminal that one column may take when all are shown side by side.
_WIDEST = 24
NO_TERMINAL_WIDTH = 120


def leads_text(
    leads: pl.DataFrame, *, more: bool = False, chosen: bool = False, width: int | None = None
) -> str:
    """A table of the fields that matter and fit, and how to see the others.

    `chosen`: the fields were asked for, all of them are shown. `more`: there are more leads than these.
    """
    if leads.is_empty():
        return "no leads yet\n"
    texts = leads.select(pl.all().cast(pl.String).fill_null(""))
    names = texts.columns if chosen else that_fit(texts, width or NO_TERMINAL_WIDTH)
    columns = [
        TableColumn(name, align="right" if leads.schema[name].is_numeric() else "left", cut="end")
        for name in names
    ]
    table = table_text(columns, texts.select(names).rows(), width=width)
    return f"{table}\n{_foot(leads, len(names), more)}"


def that_fit(texts: pl.DataFrame, width: int) -> list[str]:
    """The fields that matter, side by side until the width is used up; one that is blank in every lead tells nothing."""
    known = [each for each in _FIRST if each in texts.columns] or texts.columns
    filled = [name for name in known if any(texts[name])]
    left = width
    for at, name in enumerate(filled):
        widest = max(display_width(text) for text in (name, *map(one_line, texts[name])))
        left -= min(widest, _WIDEST) + len(GAP)
        if left < -len(GAP):
            return filled[: max(at, 1)]
    return filled or known[:1]


def leads_json(leads: pl.DataFrame) -> str:
    """The leads as a JSON document: `leads`, each an object with every field, null where it is blank."""
    return json_document(leads=leads.to_dicts())


def leads_csv(leads: pl.DataFrame) -> str:
    """The leads as CSV with a header, every field a column, blank where there is no value; no text is run as a formula."""
    return harmless(leads).write_csv()


def only_fields(leads: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """The leads with these fields, in this order. Raises UsageError for one that there is not."""
    for field in fields:
        if field not in leads.columns:
            raise UsageError(
                f"leads have no field {field!r}{did_you_mean(field, leads.columns)}",
                hint=f"the fields are {', '.join(leads.columns)}",
            )
    return leads.select(list(dict.fromkeys(fields)))


def _foot(leads: pl.DataFrame, shown: int, more: bool) -> str:
    count = (
        f"the first {counted(leads.height, 'lead')}; more: --limit N"
        if more
        else counted(leads.height, "lead")
    )
    fields = (
        f"\n{shown} of {leads.width} fields; others: --fields a,b,c; all: --format csv"
        if shown < leads.width
        else ""
    )
    return f"{count}{fields}\n"
