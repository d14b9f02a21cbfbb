"""The pictures of docs/benchmarks.md, drawn from the results that are committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import svg

from tests.benchmarks.figure import Figure
from tests.benchmarks.results import Results, read_results
from tests.benchmarks.table import measured_text
from tests.docs.picture import drawn

_COMMITTED = Path(__file__).parents[1] / "benchmarks" / "committed"

_WIDTH, _LEFT, _LONGEST, _MARGIN = 720, 190, 320, 16
#: From one line of text to the next, and how thick a bar is.
_LINE, _BAR = 24, 16
_STYLE = """
.title { font-size: 17px; font-weight: bold; } .group { font-weight: bold; }
.note { font-size: 12px; } .name { text-anchor: end; }
.bar { fill: var(--line); } .ours { fill: var(--step); }
"""
#: The unit of figures that say how fast a tool loads.
_SPEED = "records/s"
#: What every name of our own program begins with.
_OURS = "leadingest"


@dataclass(frozen=True)
class Bar:
    """A name, how long its bar is, and the number that stands beside it."""

    name: str
    length: float
    number: str


@dataclass(frozen=True)
class BarChart:
    """Groups of bars under a title, all in one measure; notes say how they were measured."""

    title: str
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]
    notes: tuple[str, ...]

    def drawn(self) -> str:
        """The chart, as SVG."""
        elements = [_text(self.title, _MARGIN, _LINE, "title")]
        most = max(bar.length for _, bars in self.groups for bar in bars)
        line = _LINE
        for heading, bars in self.groups:
            line += _LINE * 3 // 2
            elements.append(_text(heading, _MARGIN, line, "group"))
            for bar in bars:
                line += _LINE
                elements += _drawn_bar(bar, line, most)
        line += _LINE // 2
        for note in self.notes:
            line += _LINE * 3 // 4
            elements.append(_text(note, _MARGIN, line, "note"))
        return drawn(self.title, elements, size=(_WIDTH, line + _MARGIN), style=_STYLE)


def _text(text: str, x: float, line: float, kind: str) -> svg.Element:
    return svg.Text(x=x, y=line, text=text, class_=[kind])


def _drawn_bar(bar: Bar, line: float, most: float) -> Iterator[svg.Element]:
    length = round(_LONGEST * bar.length / most, 1)
    kinds = ["bar", "ours"] if bar.name.startswith(_OURS) else ["bar"]
    yield _text(bar.name, _LEFT - 8, line, "name")
    yield svg.Rect(x=_LEFT, y=line - _BAR + 3, width=length, height=_BAR, rx=2, class_=kinds)
    yield _text(bar.number, _LEFT + length + 8, line, "number")


def benchmark_pictures() -> dict[str, str]:
    """The text of each picture by the name of its file."""
    sizes, ratios = (_read(name) for name in ("sizes", "ratios"))
    charts = {"throughput": throughput(sizes), "memory": memory(sizes), "start-up": start_up(ratios)}
    return {f"benchmarks-{name}.svg": chart.drawn() for name, chart in charts.items()}


def _read(name: str) -> Results:
    return read_results((_COMMITTED / f"{name}.json").read_text(encoding="utf-8"))


def throughput(results: Results) -> BarChart:
    """How many records a second each tool loads, size by size."""
    return BarChart(
        f"Records a second, CSV into {_server(results)}",
        _by_size(results, _speed),
        (
            "From the start of the program to its end. leadingest cleans, checks, finds what changed and publishes;",
            "the others copy the cells as they are into a table without keys.",
            *_origin(results, "Medians, the least and the greatest in brackets,", results.figures[0]),
        ),
    )


def memory(results: Results) -> BarChart:
    """How much memory each tool takes for the same, size by size."""
    return BarChart(
        f"Most memory in MiB, CSV into {_server(results)}",
        _by_size(results, _peak),
        _origin(results, "The most", results.figures[0]),
    )


def start_up(results: Results) -> BarChart:
    """What short commands cost, each beside what Python and its libraries cost without us."""
    pairs = [each for each in results.figures if len(each.sides) == 2 and not each.sides[0].records]
    return BarChart(
        "CPU seconds of short commands",
        tuple(
            (
                _short_command(each),
                tuple(Bar(side.name, side.cpu_seconds, f"{side.cpu_seconds:.2f}") for side in each.sides),
            )
            for each in pairs
        ),
        (
            "The imports: python -c 'import polars, sqlalchemy'; beside a lake, of polars alone.",
            *_origin(results, "Medians, the least and the greatest in brackets,", pairs[0]),
        ),
    )


def _short_command(figure: Figure) -> str:
    """What was run, and the ratio of its CPU seconds; seconds on the wall do not belong to this picture."""
    what = figure.what.partition(", in CPU")[0].replace("`", "")
    return f"{what}: {measured_text(figure)}" if figure.unit == "×" else what


def _by_size(
    results: Results, bar: Callable[[Figure], Bar | None]
) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """The tools under the number of records."""
    loads = [each for each in results.figures if each.unit == _SPEED and each.sides]
    return tuple(
        (f"{records:,} records", tuple(filter(None, map(bar, group))))
        for records, group in groupby(loads, key=lambda figure: figure.sides[0].records)
    )


def _speed(load: Figure) -> Bar:
    return Bar(_tool(load), load.value or 0, measured_text(load).replace(f" {_SPEED}", ""))


def _peak(load: Figure) -> Bar | None:
    """None where it is not known."""
    peak = load.sides[0].peak
    return Bar(_tool(load), peak / (1 << 20), f"{peak / (1 << 20):,.0f}") if peak else None


def _tool(load: Figure) -> str:
    return load.sides[0].name.replace("`", "")


def _server(results: Results) -> str:
    (name,) = results.machine.servers
    return name


def _origin(results: Results, what: str, figure: Figure) -> tuple[str, str]:
    """How often it was measured, and where."""
    machine, runs = results.machine, len(figure.values)
    return (
        f"{what} of {runs} runs in turn.",
        f"{machine.day}, {machine.processor}, {machine.processors} processors, load average {machine.load_average:.1f}.",
    )
