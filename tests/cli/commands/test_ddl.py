"""Tests of leadingest.cli.commands.ddl."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.made_up_project import MadeUpProject

SHIPPED = (Path(__file__).parents[3] / "ddl/lead_sources.yaml").read_text(encoding="utf-8")
STARS = "\n  stars: {type: integer, about: New.}"


def test_the_sql_for_sqlite_makes_the_tables_and_the_view(project: MadeUpProject) -> None:
    result = project.call("ddl", "--dialect", "sqlite")
    assert (result.exit_code, result.stderr) == (0, "")
    database = sqlite3.connect(":memory:")
    database.executescript(result.stdout)
    assert database.execute("SELECT COUNT(*) FROM vw_lead_sources").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize("dialect", ["mysql", "sqlite"])
def test_the_sql_ends_with_one_line_break(project: MadeUpProject, dialect: str) -> None:
    text = project.call("ddl", "--dialect", dialect).stdout
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_an_unknown_load_table_names_the_nearest(project: MadeUpProject) -> None:
    result = project.call("ddl", "--dialect", "mysql", "--table", "lead_source")
    assert result.exit_code == 2
    assert "error: 'lead_source' is not a load table in " in result.stderr
    assert "did you mean 'lead_sources'?" in result.stderr


def test_an_unknown_dialect_is_refused(project: MadeUpProject) -> None:
    assert project.call("ddl", "--dialect", "oracle").exit_code == 2


def test_a_database_that_lacks_nothing_has_no_difference(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("ddl", "--diff")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        "nothing is missing from the database\n",
    )


def test_what_a_database_lacks_is_printed_and_not_run(project: MadeUpProject) -> None:
    project.call("run", "--all")
    database = sqlite3.connect(project.folder / "leads.db")
    database.execute("ALTER TABLE loads DROP COLUMN encoding")
    database.close()
    for _ in range(2):
        result = project.call("ddl", "--diff")
        assert (result.exit_code, result.stdout) == (
            1,
            "ALTER TABLE loads ADD COLUMN encoding VARCHAR(32);\n",
        )
    refused = project.call("run", "--all")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "is missing encoding" in " ".join(refused.stderr.split())


def test_either_the_whole_sql_or_the_difference_is_asked_for(project: MadeUpProject) -> None:
    assert project.call("ddl").exit_code == 2
    assert project.call("ddl", "--diff", "--dialect", "mysql").exit_code == 2


def test_without_a_database_there_is_nothing_to_compare(project: MadeUpProject) -> None:
    assert project.call("ddl", "--diff").exit_code == 3


def test_a_new_column_of_a_lake_is_told_with_the_sql_for_athena(project: MadeUpProject) -> None:
    lake = ("--database-url", "lake:///lake")
    project.write("ddl/lead_sources.yaml", SHIPPED)
    project.call("run", "--all", *lake)
    result = project.call("ddl", "--diff", *lake)
    assert (result.exit_code, result.stdout) == (0, "")
    project.write("ddl/lead_sources.yaml", SHIPPED.replace("columns:", f"columns:{STARS}", 1))
    result = project.call("ddl", "--diff", *lake)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("-- New: stars. The next load adds it to the lake; run this after it.")
    assert "DROP TABLE lead_sources;\n" in result.stdout and "`stars` bigint" in result.stdout
    project.call("run", "--all", "--again", *lake)
    assert project.call("ddl", "--diff", *lake).exit_code == 0
