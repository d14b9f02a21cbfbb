"""A load table of one's own: `leadingest ddl --new-table`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from leadingest.cli.main import main
from leadingest.errors import UsageError
from leadingest.tables.copy_table import copy_table
from leadingest.tables.load_table import read_load_table

SHIPPED = Path(__file__).parents[2] / "ddl"
INTERNATIONAL = SHIPPED / "leads_international.yaml"


def test_it_has_the_columns_of_the_other_under_its_own_name(tmp_path: Path) -> None:
    table = read_load_table(copy_table(INTERNATIONAL, "suppliers", tmp_path))
    assert table.name == "suppliers"
    assert table.columns == read_load_table(INTERNATIONAL).columns


def test_a_new_folder_gets_the_other_tables_which_would_not_be_found_any_more(tmp_path: Path) -> None:
    copy_table(INTERNATIONAL, "suppliers", tmp_path / "ddl")
    names = {file.stem for file in (tmp_path / "ddl").iterdir()}
    assert names == {"suppliers", *(file.stem for file in SHIPPED.glob("*.yaml"))}
    copy_table(INTERNATIONAL, "more", tmp_path / "ddl")
    assert {file.stem for file in (tmp_path / "ddl").iterdir()} == names | {"more"}


@pytest.mark.parametrize("name", ["", "Suppliers", "../suppliers", "lead_sources", "x y"])
def test_a_name_that_is_none_or_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"no name of a load table|there is a load table"):
        copy_table(INTERNATIONAL, name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_into_the_project_and_says_what_is_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["ddl", "--new-table", "suppliers", "--table", "leads_international"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert result.output.startswith("ddl/suppliers.yaml: a copy of leads_international to edit\n")
    assert CliRunner().invoke(main, words).exit_code == 2


def test_a_project_in_a_bucket_is_only_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    options = ["ddl", "--new-table", "suppliers"]
    result = CliRunner(env={"LEADINGEST_MAPPINGS": "s3://bucket/mappings"}).invoke(main, options)
    assert result.exit_code == 2
    assert "read-only" in result.output
