"""Tests of leadingest.planning.revision: on repositories of git itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadingest.documents.copies import name_of
from leadingest.errors import ConfigurationError, UsageError
from leadingest.planning.revision import revision
from tests.planning.repositories import committed, git

BEFORE, NOW = "source: acme\n", "source: acme\nabout: changed\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a project in one of its folders: a mapping, and a load table."""
    project = tmp_path / "repository" / "leads"
    for name in ("mappings", "ddl"):
        (project / name).mkdir(parents=True)
    (project / "mappings" / "acme.yaml").write_text(BEFORE)
    (project / "ddl" / "lead_sources.yaml").write_text("table: before\n")
    git(tmp_path / "repository", "init", "--quiet", "--initial-branch=main")
    committed(project, "mappings", "ddl")
    return project


def read(project: Path, base: str, name: str = "acme.yaml") -> str:
    with revision(project / "mappings", project / "ddl", base) as then:
        return (then.mappings / name).read_text()


def test_files_are_those_of_the_commit_and_those_of_the_user_stay_as_they_are(repository: Path) -> None:
    (repository / "mappings" / "acme.yaml").write_text(NOW)
    (repository / "mappings" / "beta.yaml").write_text(NOW)
    git(repository, "add", "mappings/beta.yaml")
    status = git(repository, "status", "--porcelain")
    with revision(repository / "mappings", repository / "ddl", "HEAD") as then:
        assert [path.name for path in then.mappings.iterdir()] == ["acme.yaml"]
        assert (then.mappings / "acme.yaml").read_text() == BEFORE
        assert (then.ddl / "lead_sources.yaml").read_text() == "table: before\n"
        assert then.commit == git(repository, "rev-parse", "HEAD")[:12]
        assert name_of(then.mappings / "acme.yaml") == "HEAD:leads/mappings/acme.yaml"
        folder = then.mappings
    assert not folder.exists()
    assert name_of(folder) == str(folder)
    assert git(repository, "status", "--porcelain") == status
    assert (repository / "mappings" / "acme.yaml").read_text() == NOW


def test_a_branch_is_as_it_was_where_the_current_one_left_it(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "change")
    (repository / "mappings" / "acme.yaml").write_text(NOW)
    committed(repository)
    git(repository, "switch", "--quiet", "main")
    (repository / "mappings" / "acme.yaml").write_text("source: acme\nabout: of others\n")
    committed(repository)
    git(repository, "switch", "--quiet", "change")
    assert read(repository, "main") == BEFORE
    assert read(repository, "HEAD") == NOW


def test_before_there_were_mappings_there_are_none_and_the_load_table_is_todays(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("x")
    committed(tmp_path, "README")
    for name in ("mappings", "ddl"):
        (tmp_path / name).mkdir()
    with revision(tmp_path / "mappings", tmp_path / "ddl", "HEAD") as then:
        assert (list(then.mappings.iterdir()), then.ddl) == ([], tmp_path / "ddl")


def test_a_load_table_outside_of_the_repository_is_todays(repository: Path, tmp_path: Path) -> None:
    with revision(repository / "mappings", tmp_path, "HEAD") as then:
        assert then.ddl == tmp_path


@pytest.mark.parametrize("base", ["nowhere", "", "--help", "HEAD:leads", "main; touch x"])
def test_what_is_no_revision_is_told(repository: Path, base: str) -> None:
    with pytest.raises(UsageError, match="git has no revision") as refused:
        read(repository, base)
    assert "git fetch" in refused.value.hint


def test_a_clone_with_too_little_history_is_told(repository: Path, tmp_path: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "change")
    (repository / "mappings" / "acme.yaml").write_text(NOW)
    committed(repository)
    url = repository.parent.as_uri()
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", url, "clone")
    with pytest.raises(UsageError, match="have in common") as refused:
        read(tmp_path / "clone" / "leads", "origin/main")
    assert "fetch-depth: 0" in refused.value.hint


def test_what_is_no_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with (
        pytest.raises(ConfigurationError, match="not a git repository"),
        revision(tmp_path, tmp_path, "HEAD"),
    ):
        pass


def test_without_git_it_is_told_that_git_is_needed(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert os.environ["PATH"] == str(tmp_path)
    with pytest.raises(ConfigurationError, match="git is not installed"):
        read(repository, "HEAD")
