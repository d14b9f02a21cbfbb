"""Kinds of drift DR101 to DR105: which columns are there, and in which order."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import AddAlias, AddAliasForAll, text_yaml
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.drift.renames import Rename
from leadingest.wording import percent


@kind("DR101", "missing")
def missing_column(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column that the mapping reads is missing, and no other column looks like it.

    Breaking: the load fails, or is held with `on_drift: {missing: hold}`. Lossy if the entry has
    `optional: true`: its field is blank then, and `on_drift` does not apply.
    """
    renamed = {rename.column.names for rename in comparison.renames}
    for column in comparison.missing:
        was_there = any(name in comparison.before for name in column.names)
        if column.names in renamed or (column.optional and not was_there):
            continue
        readers = listed(column.readers, last="and")
        yield DriftDetail(
            kind_class="lossy" if column.optional else "breaking",
            header=column.names[0],
            expected=f"{column.shown}, read by {readers}",
            found="no such column",
            advice=_advice_on_missing(
                column.names[0], readers, optional=column.optional, in_sql=column.in_sql
            ),
            settled=column.optional,
        )


def _advice_on_missing(header: str, readers: str, *, optional: bool, in_sql: bool) -> str:
    if optional:
        return "nothing, if the column may be missing; otherwise ask the source"
    if in_sql:
        return f"ask the source; if the column is gone for good, remove {header!r} from {readers}"
    return f"ask the source; if the column is gone for good, remove {readers} or set `optional: true`"


@kind("DR102", "missing")
def renamed_column(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column that the mapping reads is missing, and another one looks like it, by name and content.

    A new column with mostly the same cells as the missing one had in the published load is that column, whatever it is
    called. The score, at most 100, says how similar they are. If no other column is nearly as similar, `--fix` adds
    the new header as an alias; older deliveries are read as before. Breaking, like a missing column; lossy if the entry
    has `optional: true`; safe if the mapping already knows both names.
    """
    for rename in comparison.renames:
        yield _probably_renamed(rename)
    for column in comparison.expected:
        then = next((name for name in column.names if name in comparison.before), None)
        now = next((name for name in column.names if name in comparison.delivered.headers), None)
        if then and now and then != now and then not in comparison.delivered.headers:
            yield DriftDetail(
                "safe", then, repr(then), repr(now), "nothing: the mapping knows both names", settled=True
            )


def _probably_renamed(rename: Rename) -> DriftDetail:
    column, score = rename.column, round(100 * rename.score)
    names = [candidate.header for candidate in rename.candidates]
    found = f"{listed(map(repr, names))}, score {score}"
    aliases = ", ".join(map(text_yaml, [*column.names, names[0]]))
    name, header = text_yaml(column.names[0]), text_yaml(names[0])
    alias = f"aliases: {{{name}: {header}}}" if column.in_sql else f"from: [{aliases}]"
    if rename.sure:
        advice = f"if it is the same column, add the alias: {alias}; --fix does"
    else:
        advice = f"find out which column it is and add the alias: {alias}"
    fix = AddAliasForAll(column.names[0], names[0]) if column.in_sql else AddAlias(column.paths, names[0])
    return DriftDetail(
        kind_class="lossy" if column.optional else "breaking",
        header=column.names[0],
        expected=f"{column.shown}, read by {listed(column.readers, last='and')}",
        found=found,
        advice=advice,
        settled=column.optional,
        fixes=(fix,) if rename.sure else (),
    )


@kind("DR103", "added")
def column_added(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column that the published load did not have; if no load is published, a column that the mapping neither reads nor ignores.

    Safe: nothing reads it, or the mapping already expects it.
    """
    renamed = {each.header for rename in comparison.renames for each in rename.candidates}
    unread, delivered = {column.header for column in comparison.unread}, set(comparison.delivered.headers)
    for header, column in comparison.now.items():
        if header in renamed or header not in delivered or _was_there(comparison, header):
            continue
        if comparison.before or header in unread:
            advice, settled = _advice_on_added(comparison, header), header not in unread
            yield DriftDetail("safe", header, "no such column", _described(column), advice, settled)


def _was_there(comparison: Comparison, header: str) -> bool:
    """Whether the published load had the column, maybe under another of its headers."""
    names = next((column.names for column in comparison.expected if header in column.names), (header,))
    return any(name in comparison.before for name in names)


def _described(column: ColumnProfile) -> str:
    filled = f"{percent(1 - column.empty_share)} filled" if column.filled else "empty"
    written = f", mostly like {next(iter(column.shapes))!r}" if column.shapes else ""
    return f"column {column.position}, {filled}{written}"


def _advice_on_added(comparison: Comparison, header: str) -> str:
    if comparison.ignores(header):
        return "nothing: the mapping ignores it"
    if comparison.reads(header):
        readers = [
            each for column in comparison.expected if header in column.names for each in column.readers
        ]
        return (
            f"nothing: {listed(readers, last='and')} read it"
            if len(readers) > 1
            else f"nothing: {readers[0]} reads it"
        )
    return "map it to a field, or list it under `ignore`"


@kind("DR104", "gone")
def column_gone(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column of the published load that nothing reads is missing.

    Safe: no lead used it.
    """
    for header, column in comparison.before.items():
        if header not in comparison.now and not comparison.reads(header):
            ignored = comparison.ignores(header)
            advice = "nothing, or remove it from `ignore`" if ignored else "nothing"
            yield DriftDetail("safe", header, f"column {column.position}", "no such column", advice)


#: Headers that are named.
_MOST_NAMED = 3


@kind("DR105", "order")
def column_order(comparison: Comparison) -> Iterator[DriftDetail]:
    """The columns are the same as in the published load, in a different order.

    Safe: columns are found by header, not by position.
    """
    then, now = list(comparison.before), list(comparison.now)
    if not then or then == now or set(then) != set(now):
        return
    moved = [header for header, other in zip(now, then, strict=True) if header != other]
    named = ", ".join(map(repr, moved[:_MOST_NAMED])) + (", …" if len(moved) > _MOST_NAMED else "")
    yield DriftDetail(
        "safe", "", "the order of the published load", f"{len(moved)} columns moved: {named}", "nothing"
    )
