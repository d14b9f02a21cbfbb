"""The picture and the table of docs/architecture.md, drawn from the imports of the package."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import grimp
import svg

from leadingest.cli.commands.run import run
from leadingest.cli.main import COMMANDS
from leadingest.operations import suffix
from leadingest.reports.render import FORMATS
from tests.docs.markdown import code, table
from tests.docs.picture import drawn

_ROOT = Path(__file__).parents[2]

#: The packages that a delivery passes through, in order. Each is imported by `run`, or the picture is not drawn.
WAY = ("settings", "mapping", "deliveries", "engine", "drift", "destinations", "reports")

_WIDTH, _FLOOR, _BOX_WIDTH, _BOX_HEIGHT, _MARGIN = 960, 84, 150, 40, 24
_STYLE = """
text { text-anchor: middle; dominant-baseline: central; }
.band { fill: var(--band); }
.box { fill: var(--box); stroke: var(--line); } .other { fill: var(--paper); stroke: var(--line); stroke-dasharray: 4 3; }
.step { fill: var(--step); } .number { font-size: 13px; font-weight: bold; fill: var(--paper); }
path { fill: none; stroke: var(--line); stroke-width: 1.5; }
"""


@dataclass(frozen=True)
class _Place:
    """Where the box of a package stands: the middle of its upper edge."""

    x: float
    y: float


@cache
def floors() -> tuple[tuple[str, ...], ...]:
    """The packages, floor by floor from the top, as the import contract has them."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (contract,) = [each for each in contracts if each.get("containers") == ["leadingest"]]
    return tuple(tuple(name.strip() for name in floor.split("|")) for floor in contract["layers"])


def floors_table() -> str:
    """Each package with what its docstring says it is, the highest floor first."""
    rows = [
        [str(number), code(name), _about(name)]
        for number, floor in zip(range(len(floors()), 0, -1), floors(), strict=True)
        for name in floor
    ]
    return "\n".join(table(["floor", "package", "what it does"], rows))


def a_word() -> str:
    """The file of a word of the mapping language, whole, as the example of what there is to write."""
    return f"```python\n{inspect.getsource(suffix)}```"


def _about(name: str) -> str:
    text = inspect.getdoc(import_module(f"leadingest.{name}")) or ""
    return text.partition("\n\n")[0]


@cache
def _imports() -> dict[str, frozenset[str]]:
    """Of each package that a run imports, the packages that it imports."""
    graph = grimp.build_graph("leadingest")
    start = run.callback.__module__ if run.callback else ""
    modules = graph.find_upstream_modules(start) | {start}
    found: dict[str, set[str]] = {}
    for module in modules:
        below = {_package(each) for each in graph.find_modules_directly_imported_by(module)}
        found.setdefault(_package(module), set()).update(below - {_package(module), ""})
    return {name: frozenset(below) for name, below in found.items() if name}


def _package(module: str) -> str:
    """The package of a module; nothing for `leadingest` itself."""
    return module.partition(".")[2].partition(".")[0]


def _below(name: str) -> frozenset[str]:
    """All that the package imports, by others too."""
    direct = _imports().get(name, frozenset())
    return direct.union(*(_below(each) for each in direct))


def arrows() -> list[tuple[str, str]]:
    """The imports that follow from no others: what `a` imports through `b` needs no arrow of its own."""
    return [
        (name, each)
        for name, direct in sorted(_imports().items())
        for each in sorted(direct)
        if not any(each in _below(other) for other in direct - {each})
    ]


def picture() -> str:
    """The picture, as SVG."""
    missing = set(WAY) - _imports().keys()
    assert not missing, f"a run does not import {missing}: correct WAY, and docs/architecture.md"
    places = {name: place for number, floor in enumerate(floors()) for name, place in _places(number, floor)}
    height = len(floors()) * _FLOOR + _MARGIN / 2
    elements: list[svg.Element] = [
        *(
            svg.Rect(y=n * _FLOOR + 6, width=_WIDTH, height=_FLOOR - 12, rx=6, class_=["band"])
            for n in range(len(floors()))
        ),
        *(_arrow(places[upper], places[lower]) for upper, lower in arrows()),
    ]
    for name, place in places.items():
        elements += _box(name, place)
    title = "The packages that a run imports, floor by floor; the numbers are the way of a delivery"
    return drawn(title, elements, size=(_WIDTH, height), style=_STYLE)


def _places(number: int, floor: tuple[str, ...]) -> Iterator[tuple[str, _Place]]:
    """The packages of a floor side by side; at the edges, out of the way, where a run imports none of them."""
    aside = not _imports().keys() & set(floor)
    for index, name in enumerate(floor):
        share = index / (len(floor) - 1 or 1) if aside else (index + 0.5) / len(floor)
        outer = _MARGIN + _BOX_WIDTH / 2 if aside else 0
        yield name, _Place(outer + share * (_WIDTH - 2 * outer), number * _FLOOR + _MARGIN)


def _arrow(upper: _Place, lower: _Place) -> svg.Path:
    """Straight down past the floors between, then to the side."""
    turn, end = lower.y - _FLOOR + _BOX_HEIGHT, lower.y
    half = (turn + end) / 2
    return svg.Path(
        d=[svg.M(upper.x, upper.y), svg.L(upper.x, turn), svg.C(upper.x, half, lower.x, half, lower.x, end)]
    )


def _box(name: str, place: _Place) -> list[svg.Element]:
    left, middle = place.x - _BOX_WIDTH / 2, place.y + _BOX_HEIGHT / 2
    kind = "box" if name in _imports() else "other"
    elements: list[svg.Element] = [
        svg.Rect(x=left, y=place.y, width=_BOX_WIDTH, height=_BOX_HEIGHT, rx=6, class_=[kind]),
        svg.Text(x=place.x, y=middle, text=name),
    ]
    if name in WAY:
        elements += [
            svg.Circle(cx=left, cy=place.y, r=11, class_=["step"]),
            svg.Text(x=left, y=place.y, text=str(WAY.index(name) + 1), class_=["number"]),
        ]
    return elements


def formats_table() -> str:
    """The formats of reports, with the part of a report that each reads and the commands that offer it."""
    rows = []
    for name, each in FORMATS.items():
        commands = [code(str(command.name)) for command in COMMANDS if name in formats_of(command)]
        rows.append((code(name), each.about, code(each.part), ", ".join(commands)))
    return "\n".join(table(("format", "what for", "reads", "commands"), rows))


def formats_of(command: click.Command) -> list[str]:
    """The formats that a command offers."""
    types = [each.type for each in command.params if each.name == "output_format"]
    return [name for each in types if isinstance(each, click.Choice) for name in each.choices]
