"""The last loads of a source, in a line of text."""

from __future__ import annotations

from collections.abc import Sequence

import svg

from leadingest.destinations.ledger import LoadRow
from leadingest.reports.charts.bars import Bars, bars_of

#: Loads that are drawn, the newest ones.
_MOST = 24
_HEIGHT = 28


def spark(loads: Sequence[LoadRow]) -> str:
    """Bars for the newest loads, which come newest first: one path for each kind, as wide as the page wants."""
    bars = bars_of(loads[:_MOST], height=_HEIGHT - 1, at="right")
    kinds: dict[str, list[svg.PathData]] = {}
    for number, load in enumerate(bars.loads):
        kinds.setdefault(_kind(load), []).extend(_bar(bars, number, load))
    return svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, 100, _HEIGHT),
        preserveAspectRatio=svg.PreserveAspectRatio("none"),
        class_=["spark"],
        extra={"role": "img", "aria-label": _said(bars)},
        elements=[svg.Path(class_=[kind], d=path) for kind, path in kinds.items()],
    ).as_str()


def _kind(load: LoadRow) -> str:
    if load.published:
        return "published"
    return load.status if load.status in ("held", "failed", "running") else "loaded"


def _bar(bars: Bars, number: int, load: LoadRow) -> list[svg.PathData]:
    high = round(bars.high(load.records_loaded), 1) if load.status not in ("failed", "running") else 3
    left, width = round(bars.left(number), 2), round(bars.width, 2)
    return [svg.M(left, _HEIGHT), svg.v(-high), svg.h(width), svg.v(high), svg.Z()]


def _said(bars: Bars) -> str:
    if not bars.loads:
        return "no loads"
    failed = sum(load.status == "failed" for load in bars.loads)
    last = bars.loads[-1]
    said = f"{len(bars.loads)} loads, the last of {last.records_loaded:,} leads"
    return f"{said}, {failed} failed" if failed else said
