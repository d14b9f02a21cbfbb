"""The kind DR211."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind
from leadingest.tables.column import Column

#: The share of the leads that have another value now, at least; and how many times what chance does.
_MOVED = 0.25
_SIGMAS = 3
#: Values that were looked at: of fewer nothing can be said.
_LEAST = 30


@kind("DR211", "shares")
def value_shares(comparison: Comparison) -> Iterator[Told]:
    """The values of a field with a vocabulary, or of a yes or no, are spread otherwise than in the published load.

    So they are when a source changes what its codes mean, or a condition of the mapping no longer fits. Lossy where a
    quarter of the leads or more have another value than before.
    """
    published = comparison.published.fields if comparison.published else {}
    for field, now in comparison.delivered.profile.fields.items():
        before = published.get(field)
        if before is None or not before.values or not now.values or not _is_vocabulary(comparison, field):
            continue
        fewest = min(before.sampled, now.sampled)
        moved = sum(_gains(before.values, now.values).values())
        if fewest < _LEAST or moved < max(_MOVED, _SIGMAS / sqrt(fewest)):
            continue
        value = max(gains := _gains(before.values, now.values), key=lambda each: gains[each])
        then, later = before.values.get(value, 0.0), now.values[value]
        yield Told(
            kind_class="lossy",
            header=comparison.only_header_of(field),
            expected=f"{field} is {value!r} in {percent(then)}",
            found=f"in {percent(later)}",
            advice=f"ask the source whether the meaning of its values changed; see how {field} is read",
        )


def _gains(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """By how much each value has become more frequent; in sum, how many leads have another value."""
    return {
        value: share - before.get(value, 0.0)
        for value, share in now.items()
        if share > before.get(value, 0.0)
    }


def _is_vocabulary(comparison: Comparison, field: str) -> bool:
    column: Column = comparison.mapping.table.columns[field]
    return bool(column.one_of) or column.type.storage.kind == "boolean"
