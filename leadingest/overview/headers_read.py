"""Which headers a field reads in the end, through `let` values as well."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.mapping.models import Entry, Mapping


def headers_read(mapping: Mapping, field: str) -> tuple[str, ...]:
    """The headers, each once, in the order in which the mapping names them."""
    entry = mapping.fields.get(field)
    return tuple(dict.fromkeys(_headers(mapping, entry))) if entry else ()


def _headers(mapping: Mapping, entry: Entry) -> Iterator[str]:
    for name in entry.names():
        if name in mapping.let:
            yield from _headers(mapping, mapping.let[name])
        else:
            yield name
