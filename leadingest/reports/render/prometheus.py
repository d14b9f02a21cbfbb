"""The text format of Prometheus, version 0.0.4: what a scraper or the textfile collector of node_exporter reads."""

from __future__ import annotations

import math
from collections.abc import Iterator

from leadingest.reports.printable import one_line
from leadingest.reports.report import Report


def render(report: Report) -> Iterator[str]:
    """A block for each metric, all of them gauges; one without a value is left out."""
    for metric in report.metrics():
        if not metric.samples:
            continue
        yield f"# HELP {metric.name} {_escaped(metric.help)}\n# TYPE {metric.name} gauge\n"
        for labels, value in metric.samples:
            pairs = ",".join(f'{name}="{_quoted(text)}"' for name, text in labels.items())
            yield f"{metric.name}{f'{{{pairs}}}' if pairs else ''} {_number(value)}\n"


def _escaped(text: str) -> str:
    return one_line(text).replace("\\", r"\\")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', r"\"")


def _number(value: float) -> str:
    """As Go reads it: a whole number without a point."""
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
