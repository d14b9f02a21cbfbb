"""docs/reference/tables.md: the tables and their columns, with what each means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from leadingest.tables.column import Column
from leadingest.tables.load_table import read_load_table
from tests.docs.markdown import code, page, table

_DDL = Path(__file__).parents[2] / "ddl"
_TABLE = re.compile(
    r"^CREATE TABLE IF NOT EXISTS (\w+) \(\n(.*?)^\).*?COMMENT='(.*?)'", re.MULTILINE | re.DOTALL
)
_COLUMN = re.compile(
    r"^    ([a-z]\w*) ([A-Z]+(?:\([\d, ]+\))?(?: UNSIGNED)?)(.*?)(?: COMMENT '((?:[^']|'')*)'.*)?,?$",
    re.MULTILINE,
)

_HEAD = """\
# Tables

Look up a table, a column, or the values that a field may have. Query the view `vw_lead_sources` for leads; the other
tables say where they came from. Types are those of MySQL; SQLite has the same columns. All times are UTC.

`leadingest ddl --dialect mysql` prints the SQL. The load table is described in `ddl/lead_sources.yaml`, once for all
sources; a project without a `ddl` folder has those that come with the program. The other of them,
[`leads_international`](#leads_international), is for lists of any country."""

_VIEW = """\
The leads: of each source the published load, and of records that are one lead the best one. It has the columns of
`lead_sources`."""


_INTERNATIONAL = """\
Leads of any country. A mapping goes `into: leads_international`; its view is `vw_leads_international`, its keys are in
`leads_international_keys`, and the tables `loads`, `load_rejects` and so on are those of all load tables."""


def tables_page() -> str:
    """The page."""
    parts: list[str | list[str]] = [_HEAD, "## `vw_lead_sources`", _VIEW]
    parts += _sections("lead_sources")
    heading, _, columns, *_ = _sections("leads_international")
    return page(*parts, heading, _INTERNATIONAL, columns)


def _sections(load_table: str) -> list[str | list[str]]:
    described = read_load_table(_DDL / f"{load_table}.yaml")
    sql = (_DDL / "mysql" / f"{load_table}.sql").read_text(encoding="utf-8")
    parts: list[str | list[str]] = []
    for name, body, comment in _TABLE.findall(sql):
        rows = list(_columns(body, described.columns if name == described.name else {}))
        parts += [f"## `{name}`", comment.replace("''", "'"), table(["column", "type", "what it says"], rows)]
        if name == described.name:
            limited = [column for column in described.columns.values() if column.one_of]
            parts += [part for column in limited for part in _values(column)]
    return parts


def _columns(body: str, fields: Mapping[str, Column]) -> Iterator[list[str]]:
    for name, sql_type, rest, comment in _COLUMN.findall(body):
        required = ", not null" if "NOT NULL" in rest else ""
        field = fields.get(name)
        ours = f"{code(field.type.name)}, " if field and field.type.name.upper() not in sql_type else ""
        says = comment.replace("''", "'")
        if field and field.one_of:
            says += f" [Its values](#values-of-{name})."
        yield [code(name), ours + sql_type + required, says]


def _values(column: Column) -> Iterator[str | list[str]]:
    yield f"### Values of {column.name}"
    yield table(
        ["value", "what it means"], ([code(value), meaning] for value, meaning in column.one_of.items())
    )
