"""The last loads of a source, in a line of text."""

from __future__ import annotations

from collections.abc import Sequence

import svg

from leadingest.destinations.ledger import LoadRow
from leadingest.reports.charts.bars import ACROSS, Bars, bars_of

#: Loads that are drawn, the newest ones.
_MOST = 24
_HEIGHT = 28
#: What stands for a load without leads.
_STUMP = 3


def spark(loads: Sequence[LoadRow]) -> str:
    """Bars for the newest loads, which come newest first: one path for each kind, as wide as the page wants."""
    bars = bars_of(loads[:_MOST], height=_HEIGHT - 1, at="right")
    kinds: dict[str, list[svg.PathData]] = {}
    for number, load in enumerate(bars.loads):
        high = _STUMP if load.status in ("failed", "running") else bars.high(load.records_loaded)
        kinds.setdefault(_kind(load), []).extend(bars.box(number, bottom=_HEIGHT, high=high))
    return svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, ACROSS, _HEIGHT),
        preserveAspectRatio=svg.PreserveAspectRatio("none"),
        class_=["spark"],
        extra={"role": "img", "aria-label": _said(bars)},
        elements=[svg.Path(class_=[kind], d=path) for kind, path in kinds.items()],
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
