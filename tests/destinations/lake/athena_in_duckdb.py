"""Athena's SQL, run by DuckDB over the same objects: parsed as what it is, and translated."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import sqlglot
from sqlglot import exp

from leadingest.stores.location import ObjectUrl, as_location
from leadingest.stores.open_store import open_store
from tests.destinations.lake.made_up_lake import duckdb


def parsed(statement: str) -> exp.Create:
    """The statement as Athena reads it, every word of it. The parser takes what it does not know for a command."""
    [create] = sqlglot.parse(statement, dialect="athena")
    assert type(create) is exp.Create, statement
    assert not list(create.find_all(exp.Command)), statement
    return create


class AthenaInDuckDB:
    """Tables over a lake in a folder, and views, as the statements make them."""

    def __init__(self, statements: Iterable[str]) -> None:
        self._connection = duckdb()
        for statement in statements:
            create = parsed(statement)
            made = create if create.kind == "VIEW" else self._table(create)
            self._connection.execute(made if isinstance(made, str) else made.sql(dialect="duckdb"))

    def query(self, sql: str) -> pl.DataFrame:
        """The answer to a query as one would ask Athena."""
        [translated] = sqlglot.transpile(sql, read="athena", write="duckdb")
        return pl.DataFrame(self._connection.sql(translated))

    def _table(self, create: exp.Create) -> str:
        """A view of what lies there, by what the statement says of it."""
        folder = _one(create, exp.LocationProperty).this.name
        name = create.find(exp.Table).name  # type: ignore[union-attr]  # every table has a name
        if any(each.name == "DELTA" for each in create.find_all(exp.Literal)):
            return f"CREATE VIEW {name} AS SELECT * FROM delta_scan('{folder}')"
        schema = create.this
        assert isinstance(schema, exp.Schema)
        columns = {each.name: each.args["kind"].sql(dialect="duckdb") for each in schema.expressions}
        if create.find(exp.FileFormatProperty):
            cast = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in columns.items())
            files = f"read_parquet('{folder}**/[!_]*.parquet', union_by_name => true, filename => '$path')"
            hidden = f"""starts_with("$path", '{folder}_')"""
            return f'CREATE VIEW {name} AS SELECT {cast}, "$path" FROM {files} WHERE NOT {hidden}'
        assert "JsonSerDe" in _one(create, exp.RowFormatSerdeProperty).sql(dialect="hive")
        described = ", ".join(f"{column}: '{kind}'" for column, kind in columns.items())
        lines = f"read_json('{folder}*.json', format => 'newline_delimited', columns => {{{described}}})"
        return f"CREATE VIEW {name} AS SELECT * FROM {lines}"


def athena_over(lake: str, statements: Iterable[str], folder: Path) -> AthenaInDuckDB:
    """Athena over a lake in a bucket, which is copied into the folder: DuckDB has no client of object storage built in."""
    url = as_location(lake)
    assert isinstance(url, ObjectUrl)
    store = open_store(url)
    for each in store.listed():
        path = folder / each.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(store.read(each.key).content)
    return AthenaInDuckDB(each.replace(lake, str(folder)) for each in statements)


def _one(create: exp.Create, kind: type[exp.Property]) -> exp.Property:
    [found] = create.find_all(kind)
    return found
