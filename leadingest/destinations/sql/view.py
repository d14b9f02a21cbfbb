"""The view of published leads: one row per lead."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

import sqlalchemy as sa

from leadingest.destinations.leads import BEST_FIRST
from leadingest.destinations.sql.schema import Schema

# A lead is shown if "there is no better one", and not by its rank among all: so a reader who asks for one lead
# pays for one. Most leads are the only one of their key, in all the history, which is asked first. The others are looked
# for in the published loads of the sources that have had the key, by an index that begins with the load: however many
# loads there are, none but the published ones is read, and of those the index alone.
_QUERY = Template("""\
-- Published leads, one row per lead. Of those with the same lead_key: the most recently extracted, then the most
-- complete, then the first by source name and record number. A lead without a key is one of its own. Where a published
-- load has the key in load_shared_keys, this goes for the leads of each name by themselves.
SELECT
    $columns
FROM $published AS shown
$then_join $leads AS this $by_load
    ON this.load_id = shown.load_id
WHERE shown.load_table = $load_table
AND $is_shown""")

#: Whether the view shows a lead of a published load.
_IS_SHOWN = Template("""\
(this.lead_key IS NULL OR NOT EXISTS (
    SELECT 1
    FROM $keys AS known
    WHERE known.$key = this.$key
    AND (known.several OR known.source_name <> this.source_name)
) OR NOT EXISTS (
    SELECT 1
    FROM $keys AS keyed
    $then_join $published AS other $by_primary_key ON other.source_name = keyed.source_name
    $then_join $leads AS better $by_index ON better.load_id = other.load_id AND better.$key = keyed.$key
    WHERE keyed.$key = this.$key
    AND other.load_table = $load_table
    AND ($of_better)
      > ($of_this)
) OR ($key_is_shared AND NOT EXISTS (
    SELECT 1
    FROM $keys AS named
    $then_join $published AS another $by_primary_key ON another.source_name = named.source_name
    $then_join $leads AS namesake $by_index ON namesake.load_id = another.load_id AND namesake.$key = named.$key
    WHERE named.$key = this.$key
    AND another.load_table = $load_table
    AND namesake.name_hash = this.name_hash
    AND ($of_namesake)
      > ($of_this_one)
)))""")

#: Whether several published leads of a source share the key of `this` without being one.
_KEY_IS_SHARED = Template("""\
EXISTS (
    SELECT 1
    FROM load_shared_keys AS shared $by_shared_index
    $then_join $published AS sharing ON sharing.load_id = shared.load_id
    WHERE sharing.load_table = $load_table
    AND shared.lead_key = this.lead_key
)""")

#: As what the published load of each lead is joined that stands against `this`: it has the name of the source at hand.
_PUBLISHED_AS = {"better": "other", "namesake": "another"}


def view_sql(schema: Schema) -> str:
    """The query of the published leads; of those that are one lead the best."""
    quoted, hints = _quote(schema), schema.dialect.hints
    return _QUERY.substitute(
        columns=",\n    ".join(f"{_table_of(name)}.{quoted(name)}" for name in schema.view.columns.keys()),
        published=quoted(schema.published.name),
        leads=quoted(schema.leads.name),
        load_table=_load_table(schema),
        then_join=hints.then_join,
        by_load=hints.by_load.format("".join(f", {quoted(name)}" for name in schema.by_load_indexes)),
        is_shown=is_shown_sql(schema),
    )


def is_shown_sql(schema: Schema) -> str:
    """The condition under which the view shows `this`, a row of the load table, if its load is published."""
    quoted, hints = _quote(schema), schema.dialect.hints
    return _IS_SHOWN.substitute(
        published=quoted(schema.published.name),
        leads=quoted(schema.leads.name),
        keys=quoted(schema.keys.name),
        load_table=_load_table(schema),
        by_index=hints.by_index.format(quoted(str(schema.lead_key_index.name))),
        by_primary_key=hints.by_primary_key,
        key_is_shared=key_is_shared_sql(schema),
        key=schema.key_column,
        then_join=hints.then_join,
        of_better=_ranks("better", worse="this"),
        of_this=_ranks("this", worse="better"),
        of_namesake=_ranks("namesake", worse="this"),
        of_this_one=_ranks("this", worse="namesake"),
    )


def key_is_shared_sql(schema: Schema) -> str:
    """The condition under which only leads of one name are one lead with `this`, a row of the load table."""
    quoted, hints = _quote(schema), schema.dialect.hints
    return _KEY_IS_SHARED.substitute(
        published=quoted(schema.published.name),
        load_table=_load_table(schema),
        by_shared_index=hints.by_index.format(quoted(str(schema.shared_keys_index.name))),
        then_join=hints.then_join,
    )


def _quote(schema: Schema) -> Callable[[str], str]:
    return schema.dialect.sql.identifier_preparer.quote


def _load_table(schema: Schema) -> str:
    name = sa.literal(schema.leads.name, sa.String)
    return str(name.compile(dialect=schema.dialect.sql, compile_kwargs={"literal_binds": True}))


def _table_of(column: str) -> str:
    """The name of a source comes from where each source is one row: so one of them is found without a search."""
    return "shown" if column == "source_name" else "this"


def _ranks(lead: str, *, worse: str) -> str:
    """What makes the row value of `lead` the greater one when it comes before `worse`."""
    columns = ((lead if best == "highest" else worse, name) for name, best in BEST_FIRST)
    return ", ".join(
        f"{_PUBLISHED_AS.get(of, of) if name == 'source_name' else of}.{name}" for of, name in columns
    )
