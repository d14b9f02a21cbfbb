"""What the tests of mappings found."""

from collections.abc import Sequence

from leadingest.ingest.check_mappings import TriedMapping
from leadingest.reports.table import counted


def tests_text(tested: Sequence[TriedMapping]) -> str:
    """A line for each source, and under it every difference with its place."""
    return "".join(_source_text(each) for each in tested)


def failed(tested: Sequence[TriedMapping]) -> bool:
    """Whether any test found a difference."""
    return any(each.differences for each in tested)


def _source_text(each: TriedMapping) -> str:
    if each.error:
        said = str(each.error).replace("\n", "\n  ")
        return f"{each.source}: could not be tried\n  {said}\n"
    if not each.tests:
        return f"{each.source}: no tests\n"
    if not each.differences:
        return f"{each.source}: {counted(each.tests, 'test')} passed\n"
    lines = "".join(f"  {difference}\n" for difference in each.differences)
    return f"{each.source}: {counted(len(each.differences), 'difference')} in {counted(each.tests, 'test')}\n{lines}"
