"""The last loads of a source, in a line of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import svg

from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.reports.charts.bars import ACROSS, Bars, bars_of
from leadingest.reports.drift_classes import worst_class

#: Loads that are drawn, the newest ones.
_MOST = 24
_BASE = 28
#: Below the base line stands, as a stroke, how much the delivery differed from what was expected.
_HEIGHT = _BASE + 6
#: What stands for a load without leads.
_STUMP = 3


def spark(loads: Sequence[LoadRow], drift: Mapping[int, Sequence[DriftRow]]) -> str:
    """Bars for the newest loads, which come newest first: one path for each kind, as wide as the page wants."""
    bars = bars_of(loads[:_MOST], height=_BASE - 1, at="right")
    kinds: dict[str, list[svg.PathData]] = {}
    for number, load in enumerate(bars.loads):
        high = _STUMP if load.status in ("failed", "running") else bars.high(load.records_loaded)
        kinds.setdefault(_kind(load), []).extend(bars.part(number, bottom=_BASE, high=high))
        if load.load_id in drift:
            worst = worst_class(drift[load.load_id])
            kinds.setdefault(worst, []).extend(bars.part(number, bottom=_HEIGHT, high=_HEIGHT - _BASE - 2))
    return svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, ACROSS, _HEIGHT),
        preserveAspectRatio=svg.PreserveAspectRatio("none"),
        class_=["spark"],
        extra={"role": "img", "aria-label": _said(bars)},
        elements=[
            svg.Line(x1=0, x2=ACROSS, y1=_BASE, y2=_BASE, class_=["rule"]),
            *bars.drawn(kinds),
        ],
    ).as_str()


def _kind(load: LoadRow) -> str:
    if load.published:
        return "published"
    return load.status if load.status in ("held", "failed", "running") else "loaded"


def _said(bars: Bars) -> str:
    if not bars.loads:
        return "no loads"
    failed = sum(load.status == "failed" for load in bars.loads)
    last = bars.loads[-1]
    said = f"{len(bars.loads)} loads, the last of {last.records_loaded:,} leads"
    return f"{said}, {failed} failed" if failed else said
