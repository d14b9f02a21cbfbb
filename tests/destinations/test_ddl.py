"""The SQL of a load table in every dialect."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.destinations.ddl import DDL_DIALECTS, printed_ddl
from leadingest.errors import UsageError
from leadingest.tables.load_table import LoadTable, read_load_table

DDL = Path(__file__).parents[2] / "ddl"


@pytest.mark.parametrize("dialect", DDL_DIALECTS)
@pytest.mark.parametrize("file", sorted(DDL.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_sql_that_is_shipped_is_the_sql_of_the_load_table(file: Path, dialect: str) -> None:
    printed = printed_ddl(read_load_table(file), dialect, "sqlite:///leads.db")
    assert (DDL / dialect / f"{file.stem}.sql").read_text() == printed


def test_an_unknown_dialect_names_the_known_ones(table: LoadTable) -> None:
    with pytest.raises(UsageError, match=r"'mysl'; known: athena, mysql, sqlite; did you mean 'mysql'\?"):
        printed_ddl(table, "mysl", "")


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("s3://acme/lake", "s3://acme/lake"),
        ("s3://acme/lake/", "s3://acme/lake"),
        ("lake:///lake", "s3://BUCKET/PREFIX"),
    ],
)
def test_athena_is_told_where_the_lake_lies(url: str, root: str, table: LoadTable) -> None:
    printed = printed_ddl(table, "athena", url)
    assert f"LOCATION '{root}/made_up/leads/'" in printed and f"LOCATION '{root}/made_up/ledger/'" in printed
