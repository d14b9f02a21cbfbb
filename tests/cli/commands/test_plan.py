"""Tests of leadingest.cli.commands.plan."""

from __future__ import annotations

import json
import re

import click
import pytest

from leadingest.cli.commands.plan import plan
from leadingest.planning.plan import FAILURES
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject
from tests.planning.repositories import committed


@pytest.fixture
def changed(project: MadeUpProject) -> MadeUpProject:
    """A value map has changed since the last commit."""
    committed(project.folder)
    project.write("mappings/nevada.yaml", NEVADA.replace("Shut: closed", "Shut: expired"))
    return project


def test_it_tells_what_a_change_does_to_a_file(changed: MadeUpProject) -> None:
    result = changed.call("plan", "--file", "inbox/nevada.csv")
    assert (result.exit_code, re.sub("commit [0-9a-f]{12}", "commit 0123456789ab", result.stdout)) == (
        0,
        """\
1 mapping changed since HEAD (commit 0123456789ab), 0 not; nothing was loaded

nevada: nevada.csv, 3 records under mappings/nevada.yaml

       before  now
leads       3    3

field           before    now        leads  first record
license_status  'closed'  'expired'      1             2

1 lead changed, 2 leads unchanged

personal values are shown as shapes: 9 is a digit, a is a word
""",
    )
    assert not (changed.folder / "leads.db").exists()


def test_values_of_persons_are_told_only_where_they_are_asked_for(changed: MadeUpProject) -> None:
    changed.write(
        "mappings/nevada.yaml", NEVADA.replace("company: Name", "company: {from: Name, case: upper}")
    )
    words = ("plan", "--file", "inbox/nevada.csv", "--format")
    for name in ("text", "markdown", "json", "html", "github"):
        assert "Acorns" not in changed.call(*words, name).output
        assert "ACORNS" not in changed.call(*words, name).output
    shown = changed.call(*words, "text", "--show-values").stdout
    assert "Little Acorns  LITTLE ACORNS" in shown
    assert "those of persons too" in shown


def test_the_exit_code_says_what_it_fails_on(changed: MadeUpProject) -> None:
    words = ("plan", "--file", "inbox/nevada.csv")
    assert changed.call(*words, "--fail-on", "removed-leads").exit_code == 0
    failed = changed.call(*words, "--fail-on", "removed-leads", "--fail-on", "changed-leads")
    assert (failed.exit_code, "fails on: changed-leads" in failed.stdout) == (1, True)


def test_what_fails_is_an_error_on_the_pull_request(changed: MadeUpProject) -> None:
    words = ("plan", "--file", "inbox/nevada.csv", "--format", "github")
    outcome = "nevada: nevada.csv: 1 lead changed, 2 leads unchanged"
    assert changed.call(*words).stdout == f"::notice file=mappings/nevada.yaml,title=plan::{outcome}\n"
    assert changed.call(*words, "--fail-on", "changed-leads").stdout == (
        f"::error file=mappings/nevada.yaml,title=plan::{outcome}; fails on changed-leads\n"
    )


def test_the_report_can_be_written_to_a_file(changed: MadeUpProject) -> None:
    result = changed.call("plan", "--file", "inbox/nevada.csv", "--format", "json", "--output", "plan.json")
    assert (result.exit_code, result.stdout) == (0, "")
    document = json.loads((changed.folder / "plan.json").read_text(encoding="utf-8"))
    assert document["sources"][0]["deliveries"][0]["changed"] == 1


def test_without_an_archive_or_a_file_it_says_what_to_do(changed: MadeUpProject) -> None:
    result = changed.call("plan")
    assert result.exit_code == 2
    assert "set LEADINGEST_ARCHIVE to a folder" in result.output


def test_without_a_repository_it_says_what_to_do(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.folder.parent))
    result = project.call("plan")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "not a git repository" in result.stderr


def test_a_file_of_a_mapping_that_has_not_changed_has_nothing_to_tell(changed: MadeUpProject) -> None:
    changed.write("nevada_2.csv", NEVADA_CSV)
    assert "1 lead changed" in changed.call("plan", "--file", "nevada_2.csv").stdout
    result = changed.call("plan", "--file", "inbox/utah.csv")
    assert (result.exit_code, "no mapping has changed" in result.stdout) == (0, True)


def test_it_offers_all_that_a_plan_can_be_failed_for() -> None:
    (option,) = (each for each in plan.params if each.name == "fail_on")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == FAILURES
