"""Leads as the view shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError
from leadingest.reports.printable import display_width, one_line
from leadingest.reports.report import Block, Fitted, Report, ReportTable, TableColumn, TextLine
from leadingest.wording import counted

#: What a person calling a lead wants to see, the most important first. Other columns follow as there is room.
_FIRST = (
    "company",
    "phone",
    "city",
    "state",
    "country",
    "license_status",
    "facility_type",
    "first_name",
    "last_name",
    "capacity",
    "email",
    "zip",
    "postal_code",
)
#: Cells of a line that one column may take when all are shown side by side, and those between two columns.
_WIDEST, _GAP = 24, 2


@dataclass(frozen=True)
class LeadsReport(Report):
    """A table of the fields that matter and fit, and how to see the others."""

    leads: pl.DataFrame
    #: There are more leads than these.
    more: bool = False
    #: The fields were asked for: all of them are shown.
    chosen: bool = False
    title = "leads"

    def body(self) -> Iterator[Block]:
        if self.leads.is_empty():
            yield TextLine("no leads yet")
        else:
            yield Fitted(self._shown)

    def data(self) -> dict[str, Any]:
        return {"leads": self.leads.to_dicts()}

    def rows(self) -> Iterator[pl.DataFrame]:
        yield self.leads

    def _shown(self, width: int) -> Iterator[Block]:
        names = self.leads.columns if self.chosen else that_fit(self.leads, width)
        yield leads_table(self.leads, names)
        yield TextLine()
        count = counted(self.leads.height, "lead")
        yield TextLine(f"the first {count}; show more with --limit N" if self.more else count)
        if len(names) < self.leads.width:
            yield TextLine(
                f"{len(names)} of {self.leads.width} fields; choose fields with --fields a,b,c, or show all with --format csv"
            )


def leads_table(leads: pl.DataFrame, names: Sequence[str]) -> ReportTable:
    """The leads with the fields of these names."""
    columns = [
        TableColumn(name, align="right" if leads.schema[name].is_numeric() else "left", fit="end")
        for name in names
    ]
    return ReportTable(columns, texts_of(leads.select(names)).rows())


def texts_of(leads: pl.DataFrame) -> pl.DataFrame:
    """Every value as a text, a blank one for none."""
    return leads.select(pl.all().cast(pl.String).fill_null(""))


def that_fit(leads: pl.DataFrame, width: int) -> list[str]:
    """The fields that matter, side by side until the width is used up; one that is blank in every lead tells nothing."""
    texts = texts_of(leads)
    columns = [each for each in _FIRST if each in texts.columns] or texts.columns
    filled = [name for name in columns if any(texts[name])]
    left = width
    for at, name in enumerate(filled):
        widest = max(display_width(text) for text in (name, *map(one_line, texts[name])))
        left -= min(widest, _WIDEST) + _GAP
        if left < -_GAP:
            return filled[: max(at, 1)]
    return filled or columns[:1]


def only_fields(leads: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """The leads with these fields, in this order. Raises UsageError for one that there is not."""
    for field in fields:
        if field not in leads.columns:
            raise UsageError(
                f"unknown field {field!r}{did_you_mean(field, leads.columns)}",
                hint=f"the fields are {', '.join(leads.columns)}",
            )
    return leads.select(list(dict.fromkeys(fields)))
