"""The kind DR110."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.fixes.splice import text_yaml
from leadingest.drift.kind import kind

#: Names that are written out.
_MOST_NAMED = 40


@kind("DR110", "missing")
def header_missing(comparison: Comparison) -> Iterator[Told]:
    """The file has no header: what stands in its place looks like a record.

    Its cells are of the kinds that the columns below are of (dates, phone numbers, numbers), and few of the names that
    the mapping reads are there. Told as this alone, and without the cells. Breaking: the load fails.
    """
    if not comparison.delivered.headless:
        return
    row = comparison.delivered.profile.header_row or 1
    then = list(comparison.before)
    of_load = " of the published load" if then else " below"
    fits = len(then) == len(comparison.delivered.headers)
    names = ", ".join(text_yaml(name) for name in then[:_MOST_NAMED]) if fits else "..."
    yield Told(
        kind_class="breaking",
        header="",
        expected="a header",
        found=f"line {row} looks like a record: its cells have the shapes of the columns{of_load}",
        advice=f"ask for the header, or write: delivery: {{header: none, names: [{names}]}}",
    )
