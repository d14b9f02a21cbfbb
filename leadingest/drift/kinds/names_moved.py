"""The kind DR109."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadingest.deliveries.header_names import clean_names
from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind
from leadingest.drift.profiles.key_sketch import name_hashes

#: Columns that are named.
_MOST_NAMED = 5


@kind("DR109", "names")
def names_moved(comparison: Comparison) -> Iterator[Told]:
    """The mapping names the columns by their place, and the header that the file has all the same is another one.

    Another than that of the published load, or one of the same names in another order than under `names`. Breaking:
    what stands in a column is read as another one; the load is held, unless `on_drift: {names: note}` says otherwise.
    """
    now, names = comparison.delivered.profile.replaced, clean_names(comparison.mapping.delivery.names or ())
    before = comparison.published.replaced if comparison.published else ()
    if before and now and before != now:
        yield _told(_places(before, now), names, "the header of the published load")
    elif now and sorted(now) == sorted(hashes := name_hashes(names)) and now != hashes:
        yield _told(_places(hashes, now), names, "the header in the order of `names`")


def _places(then: Sequence[int], now: Sequence[int]) -> list[int]:
    """Columns, counted from 0, whose names differ."""
    longest = max(len(then), len(now))
    return [at for at in range(longest) if tuple(then[at : at + 1]) != tuple(now[at : at + 1])]


def _told(places: Sequence[int], names: Sequence[str], expected: str) -> Told:
    shown = [f"column {at + 1} ({names[at]!r})" if at < len(names) else f"column {at + 1}" for at in places]
    more = [f"{len(shown) - _MOST_NAMED} more"] if len(shown) > _MOST_NAMED else []
    return Told(
        kind_class="breaking",
        header=names[places[0]] if places[0] < len(names) else "",
        expected=expected,
        found=f"another name over {listed([*shown[:_MOST_NAMED], *more], last='and')}",
        advice="look at the header of the file, and write `names` in its order; better, let the headers name the columns",
    )
