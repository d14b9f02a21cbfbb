"""Tests of leadingest.ingest.lint_mappings: which files are looked at, and with which others."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.errors import UsageError
from leadingest.ingest.lint_mappings import fix_mappings, lint_mappings

ROOT = Path(__file__).parents[2]
DDL = ROOT / "ddl"
ACME = 'source: acme\ndelivery: {match: "acme*.csv"}\nfields: {company: Name, phone: Phone}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.yaml").write_text(ACME, encoding="utf-8")
    return tmp_path


def codes(*paths: Path) -> list[tuple[str, str]]:
    return [(each.at.file, each.code) for each in lint_mappings(paths, ddl=DDL).findings]


def test_all_that_is_shipped_is_clean() -> None:
    shipped = [ROOT / "mappings", *sorted((ROOT / "examples").glob("*/mapping*.yaml"))]
    assert [(each.at, each.message) for each in lint_mappings(shipped, ddl=DDL).findings] == []


def test_a_mapping_is_compared_with_those_beside_it_that_are_not_named(folder: Path) -> None:
    (folder / "west.yaml").write_text(
        ACME.replace("acme", "west").replace("source: west", "source: acme"), encoding="utf-8"
    )
    assert codes(folder / "west.yaml") == [("west.yaml", "LI303")]


def test_a_neighbor_that_cannot_be_read_is_passed_over(folder: Path) -> None:
    (folder / "west.yaml").write_text("source: [", encoding="utf-8")
    assert codes(folder / "acme.yaml") == []


def test_a_file_that_others_extend_is_looked_at_through_them(folder: Path) -> None:
    base = folder / "_base.yaml"
    base.write_text("fields: {phone2: Phone}\n", encoding="utf-8")
    (folder / "acme.yaml").write_text(f"extends: _base.yaml\n{ACME}", encoding="utf-8")
    result = lint_mappings([base], ddl=DDL)
    assert result.mappings == ("acme.yaml",)
    assert [each.code for each in result.findings] == ["LI103"]


def test_a_folder_without_mappings_is_refused(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty/_base.yaml").touch()
    with pytest.raises(UsageError, match="no mapping in empty"):
        lint_mappings([folder / "empty"], ddl=DDL)


def test_fixing_goes_on_until_nothing_is_left_to_fix(folder: Path) -> None:
    path = folder / "acme.yaml"
    path.write_text(ACME + "ignore: [Name, Name, NO, Fax]\n", encoding="utf-8")
    result = fix_mappings(lambda: lint_mappings([path], ddl=DDL))
    assert result.findings == ()
    assert path.read_text(encoding="utf-8") == ACME + 'ignore: ["NO", Fax]\n'
