"""The figures as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.machine import Machine

_HEAD = ("what", "budget", "measured", "met", "in figures", "peak memory")


def as_markdown(figures: Sequence[Figure], machine: Machine, *, runs: int) -> str:
    """The table, with what was missed, how it was measured and on what below it."""
    rows = [_HEAD, tuple("---" for _ in _HEAD), *map(_row, figures)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, "", _verdict(figures), "", *_footnotes(machine, runs), ""])


def _row(figure: Figure) -> tuple[str, ...]:
    if figure.value is None:
        return (figure.what, figure.budget, f"not measured: {figure.lacking}", "", "", "")
    answer = {True: "yes", False: "**no**", None: ""}[figure.met]
    sides = " · ".join(map(_side, figure.sides))
    peaks = " · ".join(f"{side.peak / (1 << 20):,.0f} MiB" for side in figure.sides if side.peak)
    return (figure.what, figure.budget, measured_text(figure), answer, sides, peaks)


def measured_text(figure: Figure) -> str:
    """The median, and between which values it lies."""
    median, low, high = (
        _number(each) for each in (figure.value or 0, min(figure.values), max(figure.values))
    )
    spread = f" ({low} to {high})" if low != high else ""
    return f"{median} {figure.unit}{spread}"


def _side(side: Side) -> str:
    text = f"{side.name} {_number(side.seconds)} s"
    if side.cpu_seconds:
        text += f" (CPU {_number(side.cpu_seconds)} s)"
    rate = side.records_per_second
    return f"{text}, {rate:,.0f} records/s" if rate else text


def _number(value: float) -> str:
    """Two places behind the point, none where the number is large."""
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"


def _verdict(figures: Sequence[Figure]) -> str:
    judged = [figure for figure in figures if figure.met is not None]
    if not judged:
        return "No budget was measured."
    missed = [figure.what for figure in judged if not figure.met]
    if not missed:
        return f"All budgets that were measured ({len(judged)}) are met."
    return f"**{len(missed)} of {len(judged)} budgets are missed:** " + "; ".join(missed) + "."


def _footnotes(machine: Machine, runs: int) -> list[str]:
    versions = ", ".join(f"{name} {number}" for name, number in machine.versions.items())
    servers = "; ".join(
        f"{name} ({', '.join(f'{setting} {value}' for setting, value in settings.items())})"
        for name, settings in machine.servers.items()
    )
    return [
        f"Measured on {machine.day}: {machine.processor}, {machine.processors} processors, "
        f"{machine.memory_gib:g} GiB, {machine.system}. Medians of {runs} runs, the least and the greatest in "
        "brackets; peak memory is the most of any run. Figures of one line were taken in turn. The load average was "
        f"{machine.load_average:.1f} before the first of them.",
        "",
        f"{versions}. {servers}".rstrip(". ") + ".",
    ]
