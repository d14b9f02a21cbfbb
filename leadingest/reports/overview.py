"""All sources of a load table: as pages, as JSON for programs, and in a few lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from leadingest import __version__
from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.overview.mapped_values import delivery_words, mapped_values, unread_columns
from leadingest.overview.overview import Overview
from leadingest.overview.shown_faults import ShownFaults
from leadingest.overview.source_state import Condition, SourceState
from leadingest.reports.charts import drift_tone, load_chart, spark, worst_class
from leadingest.reports.render.html import page, squeezed, write_pages
from leadingest.reports.report import Block, Report, TextLine
from leadingest.reports.status import condition_name
from leadingest.stores.location import Location
from leadingest.wording import counted

_TONES: Final[dict[Condition, str]] = {
    "late": "bad",
    "failed": "bad",
    "held": "wait",
    "broken mapping": "bad",
    "no load": "wait",
    "fresh": "good",
}


def tone(condition: Condition) -> str:
    """The class of the page that says how good or bad that is."""
    return _TONES.get(condition, "dim")


#: Each class of the page with the least share that has it, and what the key says.
LEVELS: Final = (
    ("h5", 0.95, "95–100"),
    ("h4", 0.75, "75–94"),
    ("h3", 0.5, "50–74"),
    ("h2", 0.25, "25–49"),
    ("h1", 0.0, "under 25"),
    ("h0", -1.0, "0"),
)


def level(share: float) -> str:
    """The class of the share, from 0 to 1."""
    if not share:
        return "h0"
    return next(name for name, least, _ in LEVELS if round(share, 2) >= least)


#: The page of all sources; those of each lie in the folder beside it.
INDEX, FOLDER = "index.html", "sources"

#: Loads of a source that stand open in its page; the others are a click away.
_MOST_OPEN = 12
#: Deliveries whose drift stands open there.
_MOST_DRIFTED = 1
#: Of such a delivery.
_MOST_DIFFERENCES = 8
_COUNTED: tuple[Condition, ...] = ("late", "failed", "held", "broken mapping", "no load", "fresh")


def write_overview(overview: Overview, folder: Location) -> int:
    """Write the pages into the folder; gives the bytes written. Raises as `write_pages`."""
    return write_pages(folder, ((name, squeezed(text)) for name, text in overview_pages(overview)))


def overview_pages(overview: Overview) -> Iterator[tuple[str, str]]:
    """Each page with its name, relative to the folder of the report; the one of all sources comes last."""
    names = page_names([source.name for source in overview.sources])
    common: dict[str, Any] = {
        "overview": overview,
        "version": __version__,
        "named": condition_name,
        "tone": tone,
        "drift_tone": drift_tone,
    }
    for source in overview.sources:
        yield names[source.name], page("report/source", **common, **_of_source(overview, source))
    yield INDEX, page("report/index", **common, **_of_all(overview, names))


def page_names(sources: Collection[str]) -> dict[str, str]:
    """The file of each source: its name, as far as every file system takes it and no other source has it."""
    taken: set[str] = set()
    names = {}
    for source in sources:
        plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", source)
        stem, number = plain, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}-{number}"
        taken.add(stem.casefold())
        names[source] = f"{FOLDER}/{stem}.html"
    return names


def _of_all(overview: Overview, names: dict[str, str]) -> dict[str, Any]:
    return {
        "pages": names,
        "conditions": _COUNTED,
        "levels": [(name, meaning) for name, _, meaning in LEVELS],
        "level": level,
        "spark": spark,
        "worst": worst_class,
        "drifted": any(source.drift for source in overview.sources),
    }


def _of_source(overview: Overview, source: SourceState) -> dict[str, Any]:
    return {
        "source": source,
        "chart": load_chart,
        "most_open": _MOST_OPEN,
        "drifted": [load for load in source.loads if load.load_id in source.drift],
        "most_drifted": _MOST_DRIFTED,
        "most_differences": _MOST_DIFFERENCES,
        "values": mapped_values(source.mapping) if source.mapping else (),
        "unfilled": _unfilled(overview, source),
        "headers": {" ".join(column.header.split()) for column in source.columns},
        "delivery": _delivery(source),
    }


def _unfilled(overview: Overview, source: SourceState) -> list[str]:
    """The fields of the load table that the mapping has nothing for."""
    return [name for name in overview.table.columns if source.mapping and name not in source.mapping.fields]


def _delivery(source: SourceState) -> list[tuple[str, str]]:
    """What the mapping says beside its fields."""
    if not source.mapping:
        return []
    unread = unread_columns(source.mapping, source.columns)
    settings = [(each.key, each.text) for each in delivery_words(source.mapping)]
    if unread:
        settings.append(("read by no field", ", ".join(unread)))
    return settings


@dataclass(frozen=True)
class OverviewReport(Report):
    """Where the pages are, how large they are, and what needs somebody, in a line each; for programs, all there is."""

    overview: Overview
    folder: Location | None = None
    size: int = 0
    title = "report"

    def body(self) -> Iterator[Block]:
        overview = self.overview
        sources, leads = counted(len(overview.sources), "source"), counted(overview.leads, "published lead")
        pages = f"{self.folder / INDEX}: " if self.folder else ""
        size = f" ({self.size / 1000:,.0f} kB)" if self.folder else ""
        yield TextLine(f"{pages}{sources}, {leads}{size}")
        for source in overview.urgent():
            yield TextLine(f"{source.name}: {', '.join(map(condition_name, source.urgent))}")

    def data(self) -> dict[str, Any]:
        return {
            "made_at": self.overview.made_at,
            "table": self.overview.table.name,
            "leads": self.overview.leads,
            "sources": [_source(source) for source in self.overview.sources],
        }


def _source(source: SourceState) -> dict[str, Any]:
    freshness = source.freshness
    return {
        "source": source.name,
        "about": source.about,
        "conditions": list(source.conditions),
        "leads": source.leads,
        "more_leads": source.more_leads,
        "delivered": freshness.delivered,
        "every": freshness.schedule.every if freshness.schedule else None,
        "due": freshness.due,
        "days_late": freshness.days_late,
        "problem": source.problem,
        "filled": source.filled,
        "faults": [_faults(each) for each in source.faults],
        "faults_of_load": source.shown_load.load_id if source.shown_load else None,
        "drift": [_drift(row) for rows in source.drift.values() for row in rows],
        "loads": [_load(load) for load in source.loads],
    }


def _faults(faults: ShownFaults) -> dict[str, Any]:
    return {"kind": faults.kind, "field": faults.field, "rule": faults.rule, "count": faults.count}


def _drift(row: DriftRow) -> dict[str, Any]:
    return {
        "load_id": row.load_id,
        "code": row.code,
        "name": row.name,
        "class": row.kind_class,
        "header": row.header,
        "expected": row.expected,
        "found": row.found,
        "advice": row.advice,
    }


def _load(load: LoadRow) -> dict[str, Any]:
    return {
        "load_id": load.load_id,
        "status": load.status,
        "published": load.published,
        "file": load.file_name,
        "extract_time": load.extract_time,
        "read": load.records_read,
        "loaded": load.records_loaded,
        "rejected": load.records_rejected,
        "filtered": load.records_filtered,
        "invalid_values": load.invalid_values,
        "reason": load.reason,
    }
