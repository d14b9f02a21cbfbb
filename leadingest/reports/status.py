"""What a monitor asks of each source: how old its published leads are, and whether it is late, held or failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from leadingest.destinations.ledger import LoadRow
from leadingest.documents.nearest import unknown_word
from leadingest.errors import UsageError
from leadingest.overview.overview import Overview
from leadingest.overview.source_state import URGENT, Condition, SourceState
from leadingest.reports.report import (
    Block,
    Metric,
    Report,
    ReportTable,
    TableColumn,
    TextLine,
    TextSpan,
    Words,
)
from leadingest.reports.wording import ago
from leadingest.wording import counted, number

if TYPE_CHECKING:
    import polars as pl

_DAY: Final = 24 * 60 * 60
_NAMES: Final[dict[Condition, str]] = {
    "broken mapping": "mapping broken",
    "no load": "nothing loaded",
    "fresh": "on time",
}
_COLUMNS: Final = (
    TableColumn("source", fit="end"),
    TableColumn("published\nload", align="right"),
    TableColumn("delivery\nmade"),
    TableColumn("days\nlate", align="right"),
    TableColumn("held\nloads", align="right"),
    TableColumn("leads", align="right"),
    TableColumn("rejects", align="right"),
    TableColumn("last failure\n(UTC)", may_go=True),
    TableColumn("state"),
)


@dataclass(frozen=True)
class StatusReport(Report):
    """A line for each source, and why a source is held, failed or has a broken mapping below."""

    overview: Overview
    title = "status"

    def body(self) -> Iterator[Block]:
        if not self.overview.sources:
            yield TextLine("no sources yet")
            return
        yield ReportTable(_COLUMNS, [self._row(source) for source in self.overview.sources])
        urgent = self.overview.urgent()
        if urgent:
            yield TextLine()
        for source in urgent:
            yield from (TextLine(f"{source.name}: {reason_for(source, each)}") for each in source.urgent)

    def data(self) -> dict[str, Any]:
        return {
            "made_at": self.overview.made_at,
            "table": self.overview.table.name,
            "sources": [self._plain(source) for source in self.overview.sources],
        }

    def rows(self) -> Iterator[pl.DataFrame]:
        import polars as pl

        rows = [
            {**self._plain(source), "conditions": ", ".join(source.conditions)}
            for source in self.overview.sources
        ]
        yield pl.DataFrame(rows, schema=_schema(), orient="row")

    def metrics(self) -> Iterator[Metric]:
        sources = self.overview.sources
        published = [(source, source.published) for source in sources if source.published]
        yield Metric(
            "leadingest_status_timestamp_seconds",
            "Unix time at which the status was taken.",
            [({}, self.overview.made_at.timestamp())],
        )
        for name, about, value in (
            (
                "load_age_seconds",
                "Age of the published load: seconds since its delivery was made.",
                self._age,
            ),
            (
                "load_timestamp_seconds",
                "Unix time at which the delivery of the published load was made.",
                _made,
            ),
            ("leads", "Leads of the published load.", lambda load: load.records_loaded),
            ("rejects", "Records that the published load rejected.", lambda load: load.records_rejected),
            (
                "invalid_values",
                "Cells of the published load that could not be read.",
                lambda load: load.invalid_values,
            ),
        ):
            yield Metric(
                f"leadingest_published_{name}",
                about,
                [(_label(source), value(load)) for source, load in published],
            )
        yield Metric(
            "leadingest_held_loads",
            "Loads that wait for approval.",
            [(_label(source), len(source.held_loads)) for source in sources],
        )
        yield Metric(
            "leadingest_late_seconds",
            "Seconds since the next delivery was due, in whole days; 0 if it is not late.",
            [
                (_label(source), source.freshness.days_late * _DAY)
                for source in sources
                if source.freshness.due
            ],
        )
        yield Metric(
            "leadingest_last_failure_timestamp_seconds",
            "Unix time at which the newest load that failed was started.",
            [
                (_label(source), each.started_at.timestamp())
                for source in sources
                if (each := source.last_failure)
            ],
        )
        yield Metric(
            "leadingest_source_condition",
            "1 if the source is in the condition, else 0.",
            [
                ({**_label(source), "condition": each}, float(each in source.conditions))
                for source in sources
                for each in URGENT
            ],
        )

    def _row(self, source: SourceState) -> list[Words]:
        load, failure = source.published, source.last_failure
        state = source.conditions[0]
        return [
            source.name,
            str(load.load_id) if load else "",
            ago((self.overview.made_at.date() - load.extract_time.date()).days) if load else "",
            number(source.freshness.days_late or None),
            number(len(source.held_loads) or None),
            number(load.records_loaded) if load else "",
            number(load.records_rejected) if load else "",
            f"{failure.started_at:%Y-%m-%d %H:%M}" if failure else "",
            TextSpan(", ".join(map(condition_name, source.conditions)), "bad" if state in URGENT else "good"),
        ]

    def _plain(self, source: SourceState) -> dict[str, Any]:
        load, failure, freshness = source.published, source.last_failure, source.freshness
        return {
            "source": source.name,
            "conditions": list(source.conditions),
            "load_id": load.load_id if load else None,
            "extract_time": load.extract_time if load else None,
            "age_seconds": int(self._age(load)) if load else None,
            "due": freshness.due,
            "days_late": freshness.days_late,
            "held_loads": len(source.held_loads),
            "held_load": source.held.load_id if source.held else None,
            "leads": load.records_loaded if load else None,
            "rejects": load.records_rejected if load else None,
            "invalid_values": load.invalid_values if load else None,
            "last_failure": failure.started_at if failure else None,
        }

    def _age(self, load: LoadRow) -> float:
        return (self.overview.made_at - load.extract_time).total_seconds()


def condition_name(condition: Condition) -> str:
    """The condition in a word or two."""
    return _NAMES.get(condition, condition)


def reason_for(source: SourceState, condition: Condition) -> str:
    """Why somebody should look at a source in this condition, and the command to do next; nothing of its leads."""
    match condition:
        case "late":
            late = counted(source.freshness.days_late, "day")
            return f"{late} late: due on {source.freshness.due}; once it is there: leadingest run --source {source.name}"
        case "failed" if source.failed:
            return (
                f"load {source.failed.load_id} failed; why: leadingest loads --source {source.name} --limit 1"
            )
        case "held" if source.held:
            return f"held: {source.held.reason}; to publish it: leadingest approve {source.held.load_id}"
        case "broken mapping":
            return f"the mapping cannot be read: leadingest lint --source {source.name}"
        case _:
            return f"nothing is loaded yet: leadingest run --source {source.name}"


def conditions_named(names: tuple[str, ...]) -> tuple[Condition, ...]:
    """The conditions that somebody should do something about, by their names. Raises UsageError for another name."""
    for name in names:
        if name not in URGENT:
            raise UsageError(unknown_word(name, "a condition to fail on", URGENT))
    return tuple(each for each in URGENT if each in names)


def _label(source: SourceState) -> dict[str, str]:
    return {"source": source.name}


def _made(load: LoadRow) -> float:
    return load.extract_time.timestamp()


def _schema() -> dict[str, Any]:
    import polars as pl

    text, whole, moment = pl.String, pl.Int64, pl.Datetime("us", "UTC")
    return {
        "source": text,
        "conditions": text,
        "load_id": whole,
        "extract_time": moment,
        "age_seconds": whole,
        "due": pl.Date,
        "days_late": whole,
        "held_loads": whole,
        "held_load": whole,
        "leads": whole,
        "rejects": whole,
        "invalid_values": whole,
        "last_failure": moment,
    }
