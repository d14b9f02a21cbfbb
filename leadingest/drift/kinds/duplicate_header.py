"""The kind DR106."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind

#: Places that are named.
_MOST_PLACES = 5


@kind("DR106", "headers")
def duplicate_header(comparison: Comparison) -> Iterator[Told]:
    """A header stands in the delivery more than once.

    Breaking where the mapping reads it, for nobody can tell which column is meant; safe otherwise. Not told of one that
    stood as often in the published load.
    """
    places: dict[str, list[str]] = {}
    for at, header in enumerate(comparison.delivered.headers, 1):
        places.setdefault(header, []).append(str(at))
    for header, where in places.items():
        times = len(where)
        read = comparison.reads(header)
        known = (
            f"{header} ({times})" in comparison.before and f"{header} ({times + 1})" not in comparison.before
        )
        if not header or times == 1 or (known and not read):
            continue
        shown = [*where[:_MOST_PLACES], *(["more"] if times > _MOST_PLACES else [])]
        yield Told(
            kind_class="breaking" if read else "safe",
            header=header,
            expected="one column of this name",
            found=f"{times} of them: columns {listed(shown, last='and')}",
            advice=f"name the columns: {comparison.mapping.delivery.naming_columns}" if read else "nothing",
        )
