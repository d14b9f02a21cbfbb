"""Which columns hold what belongs to a person: of those a profile keeps shapes, and no values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from leadingest.drift.profiles.profile import ColumnProfile, DeliveryProfile
from leadingest.expressions import may_be_somebodys
from leadingest.mapping.models import Entry
from leadingest.mapping.models import Mapping as SourceMapping
from leadingest.tables.column import Column

#: Fields of text that are nobody's, beside those with a list of allowed values.
_IMPERSONAL_FIELDS: Final = frozenset(
    ["ages_served", "county", "curriculum_type", "language", "license_type", "schedule", "state", "title"]
)
#: A value of a column that no field reads, and that is surely nobody's: Y, NA, 12, true.
_CODE: Final = re.compile(r".{1,2}|[0-9]{3}|yes|true|false", re.IGNORECASE)
#: Characters of a value that is one of a vocabulary: what is longer is a text of its own.
_LONGEST: Final = 100


def is_personal(header: str, mapping: SourceMapping) -> bool:
    """Whether a column holds what is somebody's, as far as the mapping tells: one that no field reads may."""
    fields = fields_by_header(mapping).get(header, ())
    return not (fields and all(_impersonal(mapping.table.columns[name]) for name in fields))


def is_personal_field(field: Column) -> bool:
    """Whether the values of a lead field may be somebody's."""
    return not _impersonal(field)


def without_personal(columns: Iterable[ColumnProfile], mapping: SourceMapping) -> tuple[ColumnProfile, ...]:
    """The profiles as they may be kept: values only in columns that are surely nobody's.

    A column is told by the fields that take their value from it; where none does, by its values.
    """
    fields = fields_by_header(mapping)
    return tuple(
        _kept(column, [mapping.table.columns[name] for name in fields.get(column.header, ())])
        for column in columns
    )


def fields_by_header(mapping: SourceMapping) -> Mapping[str, tuple[str, ...]]:
    """The fields that take their value from each header, by way of `let` values or not, in the mapping's order.

    A header that only decides, in a `when`, gives no value.
    """
    found: dict[str, dict[str, None]] = {}
    for field, entry in mapping.fields.items():
        for header in _headers(entry, mapping):
            found.setdefault(header, {})[field] = None
    return {header: tuple(fields) for header, fields in found.items()}


def _headers(entry: Entry, mapping: SourceMapping) -> Iterator[str]:
    for name in (*entry.source.alternatives(), *entry.source.reads()):
        if name in mapping.let:
            yield from _headers(mapping.let[name], mapping)
        else:
            yield name
    for part in entry.parts:
        yield from _headers(part, mapping)


def _kept(column: ColumnProfile, fields: list[Column]) -> ColumnProfile:
    values = column.values or {}
    impersonal = all(map(_impersonal, fields)) if fields else all(map(_CODE.fullmatch, values))
    personal = not impersonal or any(map(may_be_somebodys, values))
    short = all(len(value) <= _LONGEST for value in values)
    return replace(column, personal=personal, values=column.values if short and not personal else None)


def _impersonal(field: Column) -> bool:
    return bool(field.one_of) or not field.type.personal or field.name in _IMPERSONAL_FIELDS


def kept_profile(profile: DeliveryProfile, mapping: SourceMapping) -> DeliveryProfile:
    """The profile without what is somebody's."""
    return replace(profile, columns=without_personal(profile.columns, mapping))
