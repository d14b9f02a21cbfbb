"""What columns that are missing are probably called now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leadingest.drift.expected_column import ExpectedColumn
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.drift.similarity import contents_alike, fits_field, names_alike, same_cells
from leadingest.tables.load_table import LoadTable

#: Scores, from 0 to 1: what is worth naming, and what is sure enough to be written into a mapping.
_WORTH_NAMING: Final = 0.6
_SURE: Final = 0.7
#: By how much a sure one must lie above every other that would do.
_AHEAD: Final = 0.08
#: What is less like what the column held is not the same column, whatever it is called.
_LEAST_ALIKE: Final = 0.25
#: How much names weigh beside what is in the columns.
_NAMES: Final = 0.6
#: Headers of which one column may be any.
_MOST_CANDIDATES: Final = 3


@dataclass(frozen=True)
class Rename:
    """A column that is missing, and what it is probably called now: the likeliest header first."""

    column: ExpectedColumn
    candidates: tuple[ColumnProfile, ...]
    score: float
    #: Whether no other is nearly as likely.
    sure: bool


@dataclass(frozen=True)
class _Pair:
    column: int
    candidate: int
    score: float


def find_renames(
    missing: Sequence[tuple[ExpectedColumn, ColumnProfile | None]],
    unread: Sequence[ColumnProfile],
    table: LoadTable,
    before: Collection[str] = (),
) -> tuple[Rename, ...]:
    """For each missing column, given with what it was like when it was last seen, the likely ones of those unread.

    Names and contents tell, or the cells themselves: where most of them stand under a header that is new, not one of those
    `before`, it is the column, whatever it is called. Pairs are told the surest first: a header that one column surely
    has is no candidate for another.
    """
    pairs = [
        _Pair(at, other, score)
        for at, (column, last_seen) in enumerate(missing)
        for other, candidate in enumerate(unread)
        if (score := _score(column, last_seen, candidate, table, new=candidate.header not in before))
        >= _WORTH_NAMING
    ]
    found: dict[int, Rename] = {}
    while pairs := [pair for pair in pairs if pair.column not in found]:
        sure = [pair for pair in pairs if pair.score >= _SURE and _is_ahead(pair, pairs)]
        if not sure:
            break
        best = max(sure, key=lambda pair: pair.score)
        candidates = (unread[best.candidate],)
        found[best.column] = Rename(missing[best.column][0], candidates, best.score, sure=True)
        pairs = [pair for pair in pairs if pair.candidate != best.candidate]
    for at in dict.fromkeys(pair.column for pair in pairs):
        ranked = sorted((pair for pair in pairs if pair.column == at), key=lambda pair: -pair.score)
        likely = tuple(unread[pair.candidate] for pair in ranked[:_MOST_CANDIDATES])
        found[at] = Rename(missing[at][0], likely, ranked[0].score, sure=False)
    return tuple(found[at] for at in sorted(found))


def _is_ahead(pair: _Pair, pairs: Iterable[_Pair]) -> bool:
    """Whether nothing else for this column, and no other column for this header, is nearly as likely."""
    rivals = (
        each
        for each in pairs
        if each is not pair and (each.column == pair.column or each.candidate == pair.candidate)
    )
    return all(pair.score - each.score >= _AHEAD for each in rivals)


def _score(
    column: ExpectedColumn,
    last_seen: ColumnProfile | None,
    candidate: ColumnProfile,
    table: LoadTable,
    *,
    new: bool,
) -> float:
    name = max(names_alike(each, candidate.header) for each in column.names)
    content = contents_alike(last_seen, candidate) if last_seen else None
    fitting = (fits_field(candidate, table.columns[field]) for field in column.whole_fields)
    fit = min((each for each in fitting if each is not None), default=None)
    if fit is not None and fit < _LEAST_ALIKE:
        return 0.0
    if content is None:
        content = fit
    again = same_cells(last_seen, candidate) if last_seen and new else 0.0
    if content is None:
        return max(name, again)
    return max(0.0 if content < _LEAST_ALIKE else _NAMES * name + (1 - _NAMES) * content, again)
