"""The loads of a source over time: what became of their records, and what else happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import svg

from leadingest.destinations.ledger import LoadRow
from leadingest.reports.charts.bars import Bars, bars_of
from leadingest.reports.days import day

_TOP, _PLOT = 18, 120
_BASE = _TOP + _PLOT
#: Below the bars: what happened to the load, and the days.
_MARKS, _DAYS = _BASE + 12, _BASE + 32
_HEIGHT = _DAYS + 6
#: Loads that are too few for two days to stand below them.
_FEW = 3


def load_chart(loads: Sequence[LoadRow]) -> str:
    """Bars of the loads, which come newest first; texts keep their size however wide the chart is."""
    bars = bars_of(loads, height=_PLOT, at="left")
    return svg.SVG(
        width=svg.Length(100, "%"),
        height=_HEIGHT,
        class_=["chart"],
        extra={"role": "img", "aria-label": escape(_said(bars))},
        elements=[*_frame(bars), *(_load(bars, number, load) for number, load in enumerate(bars.loads))],
    ).as_str()


def _frame(bars: Bars) -> Iterator[svg.Element]:
    """The base line, the largest load as the measure, and the first and the last day."""
    for height in (_TOP, _BASE):
        yield svg.Line(x1=0, x2=svg.Length(100, "%"), y1=height, y2=height, class_=["rule"])
    yield svg.Text(x=0, y=_TOP - 5, text=f"{bars.most:,} records")
    first, last = bars.loads[0], bars.loads[-1]
    yield _day(bars.left(0), "start", first)
    if len(bars.loads) > _FEW:
        yield _day(bars.left(len(bars.loads) - 1) + bars.width, "end", last)


def _day(across: float, anchor: str, load: LoadRow) -> svg.Element:
    return svg.Text(x=_percent(across), y=_DAYS, text=day(load.extract_time), class_=[anchor])


def _load(bars: Bars, number: int, load: LoadRow) -> svg.Element:
    """The load with all that is told of it when one points at it."""
    parts: list[svg.Element] = [svg.Title(text=escape(_told(load)))]
    bottom = float(_BASE)
    for kind, records in (
        ("held" if load.status == "held" else "loaded", load.records_loaded),
        ("filtered", load.records_filtered),
        ("rejected", load.records_rejected),
    ):
        high = bars.high(records) if load.status not in ("failed", "running") else 0
        if high:
            bottom -= high
            parts.append(_rect(bars, number, bottom, high, kind))
    middle = bars.middle(number)
    if load.status == "failed":
        parts.append(_cross(middle))
    if load.published:
        parts.append(svg.Circle(cx=_percent(middle), cy=_MARKS, r=3.5, class_=["published"]))
    return svg.G(elements=parts)


def _rect(bars: Bars, number: int, top: float, high: float, kind: str) -> svg.Element:
    return svg.Rect(
        x=_percent(bars.left(number)),
        y=round(top, 1),
        width=_percent(bars.width),
        height=round(high, 1),
        class_=[kind],
    )


def _cross(middle: float) -> svg.Element:
    """A cross at the base line, in a picture of its own so that it keeps its form."""
    strokes = [svg.M(-3.5, -9), svg.l(7, 7), svg.m(-7, 0), svg.l(7, -7)]
    path = svg.Path(d=strokes, class_=["failed"])
    return svg.SVG(x=_percent(middle), y=_BASE, overflow="visible", elements=[path])


def _percent(across: float) -> svg.Length:
    return svg.Length(round(across, 2), "%")


def _told(load: LoadRow) -> str:
    head = f"load {load.load_id}, delivery of {day(load.extract_time)}: "
    if load.status == "failed":
        return f"{head}failed"
    counts = (
        (load.records_loaded, "loaded"),
        (load.records_rejected, "rejected"),
        (load.records_filtered, "filtered"),
        (load.invalid_values, "invalid values"),
    )
    said = ", ".join(f"{count:,} {what}" for count, what in counts if count or what == "loaded")
    state = "published" if load.published else load.status
    return f"{head}{said}; {state}" if state != "loaded" else head + said


def _said(bars: Bars) -> str:
    return f"{len(bars.loads)} loads from the oldest to the newest; the table below has the numbers"
