"""Columns of a delivery that its mapping neither reads nor ignores."""

from __future__ import annotations

from collections.abc import Sequence

from leadingest.destinations.delivered_columns import DeliveredColumn
from leadingest.mapping.header_spelling import is_ignored
from leadingest.mapping.models import Mapping


def unread_columns(mapping: Mapping, columns: Sequence[DeliveredColumn]) -> tuple[str, ...]:
    """Their headers, from left to right."""
    entries = (*mapping.let.values(), *mapping.fields.values())
    read = {name for entry in entries for name in entry.names()}
    read |= set(mapping.where.names) if mapping.where else set()
    headers = dict.fromkeys(" ".join(column.header.split()) for column in columns)
    return tuple(
        each for each in headers if each and each not in read and not is_ignored(each, mapping.ignore)
    )
