"""A mapping that puts up with columns that a delivery has not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from leadingest.mapping.models import Entry, Mapping


def without_missing(mapping: Mapping, headers: Collection[str]) -> Mapping:
    """The mapping with every entry `optional` of which the delivery has none of the headers.

    What SQL names must be there all the same.
    """
    there = {*headers, *mapping.let}
    return replace(
        mapping,
        let={name: _entry(entry, there) for name, entry in mapping.let.items()},
        fields={name: _entry(entry, there) for name, entry in mapping.fields.items()},
    )


def _entry(entry: Entry, there: set[str]) -> Entry:
    names = entry.source.alternatives()
    missing = bool(names) and not there & set(names)
    parts = tuple(_entry(part, there) for part in entry.parts)
    return replace(entry, optional=entry.optional or missing, parts=parts)
