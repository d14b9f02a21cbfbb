"""The kind DR103."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import ColumnProfile


@kind("DR103", "added")
def column_added(comparison: Comparison) -> Iterator[Told]:
    """A column that the published load did not have; without one, a column that the mapping neither reads nor ignores.

    Safe: nothing reads it, or the mapping was written for it.
    """
    renamed = {each.header for rename in comparison.renames for each in rename.candidates}
    unread, delivered = {column.header for column in comparison.unread}, set(comparison.delivered.headers)
    for header, column in comparison.now.items():
        if header in renamed or header not in delivered or _known(comparison, header):
            continue
        if comparison.before or header in unread:
            advice, settled = _advice(comparison, header), header not in unread
            yield Told("safe", header, "no such column", _described(column), advice, settled)


def _known(comparison: Comparison, header: str) -> bool:
    """Whether the published load had the column, maybe under another of its headers."""
    names = next((column.names for column in comparison.expected if header in column.names), (header,))
    return any(name in comparison.before for name in names)


def _described(column: ColumnProfile) -> str:
    filled = f"{percent(1 - column.empty_share)} filled" if column.filled else "empty"
    written = f", mostly like {next(iter(column.shapes))!r}" if column.shapes else ""
    return f"column {column.position}, {filled}{written}"


def _advice(comparison: Comparison, header: str) -> str:
    if comparison.ignores(header):
        return "nothing: the mapping leaves it out on purpose"
    if comparison.reads(header):
        readers = [
            each for column in comparison.expected if header in column.names for each in column.readers
        ]
        return (
            f"nothing: {listed(readers, last='and')} read it"
            if len(readers) > 1
            else f"nothing: {readers[0]} reads it"
        )
    return "read it with a field, or list it under `ignore`"
