"""The kind DR307."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.fit import Fit, KnownSource
from leadingest.drift.kind import DriftDetail, kind
from leadingest.wording import percent

#: A source that is fitted badly: so much of what it reads is there at most, or so many of its records come again.
_FEW_THERE = 0.6
_FEW_AGAIN = 0.2
#: Another one that is fitted well: by its headers, by how much better than the own one, and by what is in the columns.
_MOST_THERE = 0.8
_BETTER = 0.4
_ALIKE = 0.5
#: So many of its records come again, where the headers fit both.
_MOST_AGAIN = 0.5
#: Sources that are named.
_MOST_NAMED = 3


@kind("DR307", "source")
def other_source(comparison: Comparison) -> Iterator[DriftDetail]:
    """The delivery does not look like its own source, but like another source of the project.

    Compares the headers that each mapping reads and, if it has a published load, the content of the columns and the
    records that recur. Sources with the same headers are distinguished by their records only. Other mappings are
    considered only if the own source fits badly: less than two thirds of its columns exist, or hardly any of its
    records. Breaking: the load is held, unless `on_drift: {source: note}` says otherwise.
    """
    if not fits_badly(comparison.own_fit):
        return
    fits = [_Other(source, comparison.fit_of(source)) for source in comparison.others()]
    better = [each for each in fits if _fits_better(each.fit, comparison.own_fit)]
    if not better:
        return
    best = max(each.rank for each in better)
    likely = [each for each in better if each.rank == best][:_MOST_NAMED]
    names = [each.source.mapping.source for each in likely]
    yield DriftDetail(
        kind_class="breaking",
        header="",
        expected=f"a delivery of {comparison.mapping.source}: {_described(comparison.own_fit)}",
        found=f"this looks like a delivery of {listed(names)}: {_described(likely[0].fit)}",
        advice=f"if so, load it as that source: leadingest run --source {names[0]} --file FILE; and make `match` "
        "distinguish the files of both",
    )


@dataclass(frozen=True)
class _Other:
    source: KnownSource
    fit: Fit

    @property
    def rank(self) -> tuple[float, float]:
        return self.fit.again or 0.0, self.fit.headers


def fits_badly(fit: Fit) -> bool:
    """Whether it is worth asking if the delivery is of another source."""
    return fit.read <= _FEW_THERE or (fit.again is not None and fit.again < _FEW_AGAIN)


def _fits_better(fit: Fit, own: Fit) -> bool:
    if fit.headers < _MOST_THERE or (fit.alike is not None and fit.alike < _ALIKE):
        return False
    if own.read <= _FEW_THERE and fit.headers >= own.headers + _BETTER:
        return fit.again is None or fit.again >= _FEW_AGAIN
    return fit.again is not None and fit.again >= _MOST_AGAIN and (own.again or 0.0) < _FEW_AGAIN


def _described(fit: Fit) -> str:
    there = f"{fit.there} of the {fit.expected} columns that it reads exist"
    return (
        there
        if fit.again is None
        else f"{there}, and {percent(fit.again)} of its records are in the published load"
    )
