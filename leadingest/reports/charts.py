"""The charts of a report as SVG: loads, their parts, and how bad their drift is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

import svg

from leadingest.destinations.ledger import DriftClass, DriftRow, LoadRow
from leadingest.reports.wording import day

#: The worst first, each with the class of the page that says so.
_TONES: Final[dict[DriftClass, str]] = {"breaking": "bad", "lossy": "wait", "safe": "dim"}


def worst_class(rows: Sequence[DriftRow]) -> DriftClass:
    """The worst class of what a delivery differed in."""
    met = {row.kind_class for row in rows}
    return next(each for each in _TONES if each in met)


def drift_tone(kind: DriftClass) -> str:
    """The class of the page that says how bad that is."""
    return _TONES[kind]


#: How wide a chart is, in units of its own: it is drawn as wide as the page wants.
ACROSS: Final = 1000
#: Loads for which there is room at least: a few loads do not become blocks.
_LEAST_SLOTS: Final = 12
#: Of a slot, the rest is air.
_BAR: Final = 0.72
#: The least height of what is not nothing.
_SEEN: Final = 2


@dataclass(frozen=True)
class Bars:
    """Loads from the oldest to the newest, from left to right."""

    loads: tuple[LoadRow, ...]
    #: The height of the largest load.
    height: int
    #: Where a few loads stand that do not fill the width: at its left or at its right end.
    at: Literal["left", "right"]

    @property
    def most(self) -> int:
        """Records of the largest load."""
        return max((load.records_read for load in self.loads), default=0)

    @property
    def width(self) -> int:
        """How wide a bar is."""
        return round(self._slot * _BAR)

    def middle(self, number: int) -> int:
        """Where the middle of the bar of a load is; `number` counts from 0."""
        first = 0 if self.at == "left" else ACROSS - self._slot * len(self.loads)
        return round(first + self._slot * (number + 0.5))

    def high(self, records: int) -> int:
        """How high so many records stand: what is not nothing can be seen."""
        return max(round(self.height * records / self.most), _SEEN) if records else 0

    def part(self, number: int, *, bottom: int, high: int) -> list[svg.PathData]:
        """A part of the bar, as part of a path that is drawn as thick as the bar is wide."""
        return [svg.M(self.middle(number), bottom), svg.v(-high)]

    def drawn(self, kinds: Mapping[str, list[svg.PathData]]) -> list[svg.Element]:
        """Paths of such parts, one for each kind."""
        return [svg.Path(class_=[kind], d=path, stroke_width=self.width) for kind, path in kinds.items()]

    @property
    def _slot(self) -> float:
        """What every load has for itself."""
        return ACROSS / max(len(self.loads), _LEAST_SLOTS)


def bars_of(loads: Sequence[LoadRow], *, height: int, at: Literal["left", "right"]) -> Bars:
    """The bars of loads that come newest first."""
    return Bars(tuple(reversed(loads)), height, at)


#: Loads that are drawn, the newest ones.
_MOST = 24
_SPARK_BASE = 28
#: Below the base line stands, as a stroke, how much the delivery differed from what was expected.
_SPARK_HEIGHT = _SPARK_BASE + 6
#: What stands for a load without leads.
_STUMP = 3


def spark(loads: Sequence[LoadRow], drift: Mapping[int, Sequence[DriftRow]]) -> str:
    """Bars for the newest loads, which come newest first: one path for each kind, as wide as the page wants."""
    bars = bars_of(loads[:_MOST], height=_SPARK_BASE - 1, at="right")
    kinds: dict[str, list[svg.PathData]] = {}
    for number, load in enumerate(bars.loads):
        high = _STUMP if load.status in ("failed", "running") else bars.high(load.records_loaded)
        kinds.setdefault(_kind(load), []).extend(bars.part(number, bottom=_SPARK_BASE, high=high))
        if load.load_id in drift:
            worst = worst_class(drift[load.load_id])
            kinds.setdefault(worst, []).extend(
                bars.part(number, bottom=_SPARK_HEIGHT, high=_SPARK_HEIGHT - _SPARK_BASE - 2)
            )
    return svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, ACROSS, _SPARK_HEIGHT),
        preserveAspectRatio=svg.PreserveAspectRatio("none"),
        class_=["spark"],
        extra={"role": "img", "aria-label": _label(bars)},
        elements=[
            svg.Line(x1=0, x2=ACROSS, y1=_SPARK_BASE, y2=_SPARK_BASE, class_=["rule"]),
            *bars.drawn(kinds),
        ],
    ).as_str()


def _kind(load: LoadRow) -> str:
    if load.published:
        return "published"
    return load.status if load.status in ("held", "failed", "running") else "loaded"


def _label(bars: Bars) -> str:
    if not bars.loads:
        return "no loads"
    failed = sum(load.status == "failed" for load in bars.loads)
    last = bars.loads[-1]
    text = f"{len(bars.loads)} loads, the last with {last.records_loaded:,} leads"
    return f"{text}, {failed} failed" if failed else text


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
    description = f"{len(loads)} loads, oldest to newest; the table below has the numbers"
    return svg.SVG(
        width=_WHOLE,
        height=_HEIGHT,
        class_=["chart"],
        extra={"role": "img", "aria-label": description},
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
            title = svg.Title(text=escape(f"{day(load.extract_time)}: {', '.join([*named, *more])}"))
            yield svg.Circle(
                cx=_across(bars, number), cy=_DRIFT, r=4, class_=[worst_class(rows)], elements=[title]
            )
