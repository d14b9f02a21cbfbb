"""Headers by name, in a sentence."""

from collections.abc import Sequence

from leadingest.documents.nearest import listed
from leadingest.reports.printable import one_line

#: Headers that are named; of more, only the number is said.
MOST_NAMED = 10


def named_headers(headers: Sequence[str]) -> str:
    """`'Fee' and 'Notes'`; of many the first, and how many more."""
    names = [repr(one_line(header)) for header in headers[:MOST_NAMED]]
    more = len(headers) - len(names)
    return listed([*names, f"{more} more"] if more else names, last="and")
