"""The state of all sources as pages: one of all, and one of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from leadingest import __version__
from leadingest.overview.mapped_values import delivery_words, mapped_values, unread_columns
from leadingest.overview.overview import Overview
from leadingest.overview.source_state import Condition, SourceState
from leadingest.reports.charts.load_chart import load_chart
from leadingest.reports.charts.spark import spark
from leadingest.reports.condition_words import named, tone
from leadingest.reports.drift_classes import drift_tone, worst_class
from leadingest.reports.heat import LEVELS, level, shown_share
from leadingest.reports.page import page

#: The page of all sources; those of each lie in the folder beside it.
INDEX, FOLDER = "index.html", "sources"

#: Loads of a source that stand open in its page; the others are a click away.
_MOST_OPEN = 12
#: Deliveries whose drift stands open there.
_MOST_DRIFTED = 1
#: Of such a delivery.
_MOST_DIFFERENCES = 8
_COUNTED: tuple[Condition, ...] = ("late", "failed", "held", "broken mapping", "no load", "fresh")


def overview_pages(overview: Overview) -> Iterator[tuple[str, str]]:
    """Each page with its name, relative to the folder of the report; the one of all sources comes last."""
    names = page_names([source.name for source in overview.sources])
    common: dict[str, Any] = {
        "overview": overview,
        "version": __version__,
        "named": named,
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
        "levels": [(name, said) for name, _, said in LEVELS],
        "level": level,
        "shown_share": shown_share,
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
    said = [(each.key, each.text) for each in delivery_words(source.mapping)]
    if unread:
        said.append(("read by no field", ", ".join(unread)))
    return said
