"""The loads of a source over time: what became of their records, which failed, and how deliveries differed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

import svg

from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.reports.charts.bars import ACROSS, Bars, bars_of
from leadingest.reports.days import day
from leadingest.reports.drift_classes import worst_class

_TOP: Final = 18
_PLOT: Final = 120
_BASE: Final = _TOP + _PLOT
#: Below the bars: how a delivery differed, and the days.
_DRIFT: Final = _BASE + 10
_DAYS: Final = _BASE + 32
_HEIGHT: Final = _DAYS + 6
#: Loads that are too few for two days to stand below them.
_FEW: Final = 3
#: Differences of a delivery that are named at its point.
_MOST_NAMED: Final = 5
_WHOLE: Final = svg.Length(100, "%")


def load_chart(loads: Sequence[LoadRow], drift: Mapping[int, Sequence[DriftRow]]) -> str:
    """Bars of the loads, which come newest first; texts keep their size however wide the chart is."""
    bars = bars_of(loads, height=_PLOT, at="left")
    said = f"{len(loads)} loads from the oldest to the newest; the table below has the numbers"
    return svg.SVG(
        width=_WHOLE,
        height=_HEIGHT,
        class_=["chart"],
        extra={"role": "img", "aria-label": said},
        elements=[*_frame(bars), _plot(bars), *_failures(bars), *_drift(bars, drift)],
    ).as_str()


def _frame(bars: Bars) -> Iterator[svg.Element]:
    """The base line, the largest load as the measure, and the first and the last day."""
    for height in (_TOP, _BASE):
        yield svg.Line(x1=0, x2=_WHOLE, y1=height, y2=height, class_=["rule"])
    yield svg.Text(x=0, y=_TOP - 5, text=f"{bars.most:,} records")
    yield _day(_across(bars, 0, -bars.width / 2), "start", bars.loads[0])
    if len(bars.loads) > _FEW:
        yield _day(_across(bars, len(bars.loads) - 1, bars.width / 2), "end", bars.loads[-1])


def _across(bars: Bars, number: int, beside: float = 0) -> svg.Length:
    """Where the bar of a load is, or so far beside its middle."""
    return svg.Length(round(100 * (bars.middle(number) + beside) / ACROSS, 2), "%")


def _day(across: svg.Length, anchor: str, load: LoadRow) -> svg.Element:
    return svg.Text(x=across, y=_DAYS, text=day(load.extract_time), class_=[anchor])


def _plot(bars: Bars) -> svg.Element:
    """What became of the records, a path for each kind: only this is stretched to the width of the page."""
    kinds: dict[str, list[svg.PathData]] = {}
    for number, load in enumerate(bars.loads):
        bottom = _PLOT
        for kind, records in _parts(load):
            if high := bars.high(records):
                kinds.setdefault(kind, []).extend(bars.part(number, bottom=bottom, high=high))
                bottom -= high
    return svg.SVG(
        y=_TOP,
        width=_WHOLE,
        height=_PLOT,
        viewBox=svg.ViewBoxSpec(0, 0, ACROSS, _PLOT),
        preserveAspectRatio=svg.PreserveAspectRatio("none"),
        overflow="visible",
        elements=bars.drawn(kinds),
    )


def _parts(load: LoadRow) -> Iterator[tuple[str, int]]:
    if load.status not in ("failed", "running"):
        yield (
            "published" if load.published else "held" if load.status == "held" else "loaded",
            load.records_loaded,
        )
        yield "filtered", load.records_filtered
        yield "rejected", load.records_rejected


def _failures(bars: Bars) -> Iterator[svg.Element]:
    """A cross where a load failed, in a picture of its own so that it keeps its form."""
    strokes = [svg.M(-3.5, -9), svg.l(7, 7), svg.m(-7, 0), svg.l(7, -7)]
    for number, load in enumerate(bars.loads):
        if load.status == "failed":
            cross = svg.Path(d=strokes, class_=["cross"])
            yield svg.SVG(x=_across(bars, number), y=_BASE, overflow="visible", elements=[cross])


def _drift(bars: Bars, drift: Mapping[int, Sequence[DriftRow]]) -> Iterator[svg.Element]:
    """A point below each load whose delivery differed; what one points at says how."""
    for number, load in enumerate(bars.loads):
        if rows := drift.get(load.load_id):
            named = [f"{row.name.replace('_', ' ')} {row.header}".strip() for row in rows[:_MOST_NAMED]]
            more = [f"{len(rows) - _MOST_NAMED} more"] if len(rows) > _MOST_NAMED else []
            told = svg.Title(text=escape(f"{day(load.extract_time)}: {', '.join([*named, *more])}"))
            yield svg.Circle(
                cx=_across(bars, number), cy=_DRIFT, r=4, class_=[worst_class(rows)], elements=[told]
            )
