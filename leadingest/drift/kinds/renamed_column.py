"""The kind DR102."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.fixes.add_alias import AddAlias
from leadingest.drift.fixes.splice import text_yaml
from leadingest.drift.kind import kind
from leadingest.drift.renames import Rename


@kind("DR102", "missing")
def renamed_column(comparison: Comparison) -> Iterator[Told]:
    """A column that the mapping reads is gone, and another one looks like it: by its name and by what is in it.

    The score tells how alike they are, 100 being the most. Where no other column is nearly as like it, `--fix` adds the
    new header as an alias; older deliveries are read as before. Breaking, as a missing column is; lossy where the entry says
    `optional: true`; safe where the mapping knows both names already.
    """
    for rename in comparison.renames:
        yield _probable(rename)
    for column in comparison.expected:
        then = next((name for name in column.names if name in comparison.before), None)
        now = next((name for name in column.names if name in comparison.delivered.headers), None)
        if then and now and then != now and then not in comparison.delivered.headers:
            yield Told(
                "safe", then, repr(then), repr(now), "nothing: the mapping knows both names", settled=True
            )


def _probable(rename: Rename) -> Told:
    column, score = rename.column, round(100 * rename.score)
    names = [candidate.header for candidate in rename.candidates]
    found = f"{listed(map(repr, names))}, score {score}"
    aliases = ", ".join(map(text_yaml, [*column.names, names[0]]))
    if column.in_sql:
        advice = f"if it is the same, put {names[0]!r} in its place in {listed(column.readers, last='and')}"
    elif rename.sure:
        advice = f"if it is the same, add the alias: from: [{aliases}]; --fix does"
    else:
        advice = f"look which it is and add the alias: from: [{aliases}]"
    return Told(
        kind_class="lossy" if column.optional else "breaking",
        header=column.names[0],
        expected=f"{column.shown}, read by {listed(column.readers, last='and')}",
        found=found,
        advice=advice,
        settled=column.optional,
        fixes=(AddAlias(column.paths, names[0]),) if rename.sure and not column.in_sql else (),
    )
