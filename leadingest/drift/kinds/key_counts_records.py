"""The kind DR213."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind

#: Leads: of fewer it may be chance.
_LEAST = 10


@kind("DR213", "keys")
def key_counts_records(comparison: Comparison) -> Iterator[Told]:
    """The `key` of the mapping is the number of the record, 1 to the last in the order of the file.

    The first lead of the next list has the key of the first one of this list, whoever it is. Lossy: `diff` pairs
    strangers.
    """
    profile = comparison.delivered.profile
    key = profile.key
    if key is None or not key.counts_records or key.distinct < _LEAST or not comparison.mapping.key:
        return
    yield Told(
        kind_class="lossy",
        header=comparison.only_header_of(key.fields[0]),
        expected=f"a {listed(key.fields, last='and')} that stays with its lead",
        found="the number of the record, from 1 on",
        advice="name another key in the mapping, or none",
    )
