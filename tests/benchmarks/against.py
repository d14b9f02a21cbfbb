"""The ratios of a run beside those of an earlier one: what became worse.

Seconds are not compared: they tell more of the machine than of the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.figure import Figure

#: A ratio that is more than so many times the earlier one is worse.
FACTOR = 1.5


@dataclass(frozen=True)
class Comparison:
    """A line that either run has. None is what a run did not measure."""

    what: str
    before: float | None
    now: float | None

    @property
    def verdict(self) -> str:
        """What became of the ratio; nothing where it is about what it was."""
        if self.now is None:
            return "not measured"
        if self.before is None:
            return "new"
        if self.now > FACTOR * self.before:
            return "worse"
        return "better" if self.before > FACTOR * self.now else ""

    @property
    def failed(self) -> bool:
        """Whether it is worse. What is no longer measured could be, and nobody would know."""
        return self.verdict in ("worse", "not measured")


def compared(before: Sequence[Figure], now: Sequence[Figure]) -> list[Comparison]:
    """The ratios of both, those that failed first."""
    old, new = _ratios(before), _ratios(now)
    lines = [Comparison(what, old.get(what), new.get(what)) for what in {**old, **new}]
    return sorted(lines, key=lambda each: not each.failed)


def any_worse(before: Sequence[Figure], now: Sequence[Figure]) -> bool:
    """Whether any ratio of `now` is, whatever else was measured before."""
    return any(each.verdict == "worse" for each in compared(before, now))


def _ratios(figures: Sequence[Figure]) -> dict[str, float]:
    return {each.what: each.value for each in figures if each.unit == "×" and each.value is not None}


def comparison_table(lines: Sequence[Comparison]) -> str:
    """The comparison as Markdown, with what it comes to below it."""
    rows = [("what", "committed", "measured", "verdict"), ("---",) * 4]
    rows += [(each.what, _ratio(each.before), _ratio(each.now), _shown(each)) for each in lines]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{table}\n\n{_sum(lines)}\n"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f} ×"


def _shown(line: Comparison) -> str:
    return f"**{line.verdict}**" if line.failed else line.verdict


def _sum(lines: Sequence[Comparison]) -> str:
    failed = [f"{each.what} ({each.verdict})" for each in lines if each.failed]
    if failed:
        return f"**{len(failed)} of {len(lines)} ratios failed:** {'; '.join(failed)}."
    return f"Ratios compared: {len(lines)}. None is more than {FACTOR:g} times the committed one."
