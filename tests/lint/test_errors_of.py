"""Tests of leadingest.lint.errors_of: what lint calls an error a run refuses, and what a run refuses is an error of lint."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from leadingest.errors import DefinitionError, UsageError
from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions
from leadingest.lint.rule import Rule
from leadingest.lint.rules import RULES
from tests.lint.linted import lint_example
from tests.mapping.wrong_mappings import HEAD, WRONG_ENTRIES, WRONG_MAPPINGS
from tests.test_laws import Nobody

#: Of a file that is not there, no example can be written.
ERRORS = [rule for rule in RULES if rule.severity == "error" and rule.bad]
WARNINGS = [rule for rule in RULES if rule.severity == "warning"]
#: They speak of a delivery that lint is shown: a run with it fails, whatever else it does.
OF_A_DELIVERY = ("LI501", "LI507")
#: A comment cannot have what stands in a comment ignored.
SECRET = "# mappings/acme.yaml\nabout: https://leads:Tr0ub4dor@files.example.org/acme.csv\n"
WRONG = [*(HEAD + f"  {line}\n" for line, _ in WRONG_ENTRIES), *(text for text, _ in WRONG_MAPPINGS)]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def results(folder: Path) -> list[SourceResult]:
    """What a run of all sources comes to. Raises UsageError where it cannot even begin."""
    project = MappingIndex(folder / "mappings", folder / "ddl")
    options = RunOptions(folder / "inbox", None, today=date(2026, 6, 30))
    return run(project, list(project.sources()), options, Nobody())


@pytest.mark.parametrize("rule", ERRORS, ids=lambda rule: rule.code)
def test_what_is_an_error_is_refused_by_a_run(rule: Rule, tmp_path: Path) -> None:
    lint_example(rule.bad, tmp_path)
    if rule.code in OF_A_DELIVERY:
        (tmp_path / "inbox").mkdir()
        shutil.copy(tmp_path / "sample.csv", tmp_path / "inbox/acme.csv")
    try:
        found = results(tmp_path)
    except UsageError:
        return
    failed = [each for each in found if each.status == "failed"]
    assert failed
    assert rule.code in (*OF_A_DELIVERY, "LI302") or all(each.error_code == 2 for each in failed)


@pytest.mark.parametrize("rule", WARNINGS, ids=lambda rule: rule.code)
def test_what_is_a_warning_is_not(rule: Rule, tmp_path: Path) -> None:
    lint_example(rule.bad, tmp_path)
    (tmp_path / "inbox").mkdir()
    assert [each.status for each in results(tmp_path)] == ["no delivery"] * len(results(tmp_path))


@pytest.mark.parametrize(
    "rule",
    [rule for rule in ERRORS if rule.ignorable and rule.code not in OF_A_DELIVERY],
    ids=lambda rule: rule.code,
)
def test_what_is_ignored_for_a_reason_is_not_refused(rule: Rule, tmp_path: Path) -> None:
    result = lint_example(SECRET if rule.name == "secret" else rule.bad, tmp_path)
    for each in result.findings:
        path = tmp_path / each.at.file
        lines = path.read_text(encoding="utf-8").splitlines()
        if each.code == rule.code:
            lines[each.at.line - 1] += f"  # leadingest: ignore[{rule.code}] it is meant"
        path.write_text("\n".join(lines), encoding="utf-8")
    assert {each.status for each in results(tmp_path)} == {"no delivery"}


@pytest.mark.parametrize("text", WRONG)
def test_what_a_run_refuses_is_an_error_of_lint(text: str, tmp_path: Path) -> None:
    lint_example("# mappings/acme.yaml\n" + text, tmp_path, frame=False)
    path = tmp_path / "mappings/acme.yaml"
    found = lint_mappings([path], ddl=tmp_path / "ddl").findings
    with pytest.raises(DefinitionError) as refused:
        MappingIndex(tmp_path / "mappings", tmp_path / "ddl").read(path)
    told = {(each.at.line, each.at.column, each.message) for each in found if each.severity == "error"}
    assert {(each.line, each.column, each.message) for each in refused.value.problems} <= told
