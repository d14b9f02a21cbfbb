"""The kind DR106."""

from __future__ import annotations

from collections import Counter
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
    for header, times in Counter(comparison.delivered.headers).items():
        read = comparison.reads(header)
        known = (
            f"{header} ({times})" in comparison.before and f"{header} ({times + 1})" not in comparison.before
        )
        if not header or times == 1 or (known and not read):
            continue
        places = [str(at) for at, each in enumerate(comparison.delivered.headers, 1) if each == header]
        shown = [*places[:_MOST_PLACES], *(["more"] if len(places) > _MOST_PLACES else [])]
        yield Told(
            kind_class="breaking" if read else "safe",
            header=header,
            expected="one column of this name",
            found=f"{times} of them: columns {listed(shown, last='and')}",
            advice="name the columns: delivery: {header: none, names: [...], skip_lines: 1}"
            if read
            else "nothing",
        )
