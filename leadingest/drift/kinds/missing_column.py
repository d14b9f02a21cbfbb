"""The kind DR101."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR101", "missing")
def missing_column(comparison: Comparison) -> Iterator[Told]:
    """A column that the mapping reads is gone, and nothing in the delivery looks like it.

    Breaking: the load fails, or is held with `on_drift: {missing: hold}`. Lossy where the entry says
    `optional: true`: its field is empty then, and `on_drift` asks for nothing.
    """
    renamed = {rename.column.names for rename in comparison.renames}
    for column in comparison.missing:
        was_there = any(name in comparison.before for name in column.names)
        if column.names in renamed or (column.optional and not was_there):
            continue
        readers = listed(column.readers, last="and")
        yield Told(
            kind_class="lossy" if column.optional else "breaking",
            header=column.names[0],
            expected=f"{column.shown}, read by {readers}",
            found="no such column",
            advice=_advice(column.names[0], readers, optional=column.optional, in_sql=column.in_sql),
            settled=column.optional,
        )


def _advice(header: str, readers: str, *, optional: bool, in_sql: bool) -> str:
    if optional:
        return "nothing, if it may be missing; else ask the source where it is"
    if in_sql:
        return f"ask the source where it is; if it is gone for good, take {header!r} out of {readers}"
    return f"ask the source where it is; if it is gone for good, take {readers} out or say `optional: true`"
