"""Tests of leadingest.lint.lint_mapping: what becomes of what the rules say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leadingest.errors import DefinitionError, UsageError
from leadingest.ingest.events import Events
from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions
from leadingest.lint.rule import Rule
from leadingest.lint.rules import RULES
from tests.lint.linted import lint_example
from tests.mapping.wrong_mappings import HEAD, WRONG_ENTRIES, WRONG_MAPPINGS


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def linted(text: str, folder: Path) -> list[str]:
    findings = lint_example("# mappings/acme.yaml\n" + text, folder).findings
    return [
        f"{each.at.line}:{each.at.column} {each.code} {each.message}"
        for each in findings
        if each.code != "LI301"
    ]


def test_all_that_is_wrong_is_told_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    text = """\
fields:
  company: Name
  phon: Phone
  license_status: {from: Status, values: {Open: actve, 01: closed}, otherwise: invalid}
  license_issued: {from: Issued, formats: ["%m/%d/%Y", "%d/%m/%Y"]}
"""
    assert [each.split(" ")[:2] for each in linted(text, tmp_path)] == [
        ["3:3", "LI101"],
        ["4:49", "LI107"],
        ["4:56", "LI009"],
        ["5:56", "LI201"],
    ]


def test_what_a_run_says_is_said_in_the_same_words(tmp_path: Path) -> None:
    assert linted("fields:\n  company: Name\n  phon: Phone\n", tmp_path) == [
        "3:3 LI101 the load table lead_sources has no field 'phon'; did you mean 'phone'?"
    ]


TWICE = "fields:\n  company: Name\n  licensee_name: Name{comment}\n  email: Email\n"
SAID = "3:3 LI103 licensee_name is filled from 'Name', like company"


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", [SAID]),
        ("  # leadingest: ignore[LI103] they have one name for both", []),
        ("  # leadingest: ignore[LI103, LI110] they have one name", ["3:24 LI012 unused ignore comment for LI110"]),
        ("  # leadingest: ignore[LI103]", ["3:24 LI011 give a reason after the bracket for ignoring LI103"]),
        ("  # leadingest: ignore LI103 a reason", [SAID, "3:24 LI011 write: # leadingest: ignore[LI103] the reason"]),
        ("  # leadingest: ignore[LI130] a reason", [SAID, "3:24 LI011 unknown code 'LI130'; did you mean LI103?"]),
        (
            "  # leadingest: ignore[LI101] a reason",
            [SAID, "3:24 LI011 LI101 cannot be ignored: a run rejects the mapping because of it"],
        ),
        ("  # leadingest: ignore[LI111] a reason", [SAID, "3:24 LI012 unused ignore comment for LI111"]),
    ],
)  # fmt: skip
def test_a_comment_has_a_finding_ignored_for_a_reason(comment: str, found: list[str], tmp_path: Path) -> None:
    assert linted(TWICE.format(comment=comment), tmp_path) == found


def test_a_comment_alone_on_its_line_speaks_of_the_entry_below_it(tmp_path: Path) -> None:
    text = """\
fields:
  company: Name
  # leadingest: ignore[LI107] the table gets these words next week
  license_status:
    from: Status
    values: {Open: opened, Shut: shutt}
    otherwise: invalid
  facility_type: {const: castle}
"""
    assert [each.split(" ")[:2] for each in linted(text, tmp_path)] == [["8:26", "LI107"]]


def test_a_sign_inside_a_text_is_no_comment(tmp_path: Path) -> None:
    text = (
        "fields:\n  company: 'Name # leadingest: ignore[LI103]'\n  city: \"a #b\"  # leadingest: ignore me\n"
    )
    assert linted(text, tmp_path) == ["3:17 LI011 write: # leadingest: ignore[LI103] the reason"]


def test_a_secret_is_shown_in_no_finding(tmp_path: Path) -> None:
    text = "fields:\n  company: Name\n  city: {from: City, case: 'https://me:Tr0ub4dor@host.example/x'}\n"
    result = lint_example("# mappings/acme.yaml\n" + text, tmp_path)
    assert {each.code for each in result.findings} >= {"LI007", "LI401"}
    assert "Tr0ub4dor" not in str(result.findings)
    assert "https://me:********@host.example/x" in str(result.findings)


def test_what_two_mappings_share_is_told_once_at_the_place_it_was_written(tmp_path: Path) -> None:
    example = """\
# mappings/acme.yaml
source: acme
extends: _base.yaml
delivery: {match: "acme*.csv"}
# mappings/bolt.yaml
source: bolt
extends: _base.yaml
delivery: {match: "bolt*.csv"}
# mappings/_base.yaml
fields: {company: Name, phone: Phone, phone2: Phone}
"""
    findings = lint_example(example, tmp_path, frame=False).findings
    assert [(each.at.file, each.at.column, each.code) for each in findings] == [
        ("mappings/_base.yaml", 39, "LI103")
    ]


def test_values_of_let_and_of_the_parts_of_an_entry_are_followed_to_the_field(tmp_path: Path) -> None:
    text = """\
let:
  status: {from: Status, values: {Open: OPENED}, otherwise: keep}
fields:
  company: Name
  license_status: {from: status, case: lower}
  facility_type: {first_of: [{const: centre, when: "Kind = 'C'"}, {const: home}], prefix: "family_"}
"""
    assert linted(text, tmp_path) == [
        "2:41 LI107 'opened' is not a license_status; it may be active, provisional, probation, pending, inactive, "
        "suspended, pending_revocation, revoked, denied, expired, withdrawn, closed, exempt",
        "6:38 LI107 'family_centre' is not a facility_type; did you mean 'family_home'?",
    ]


#: Of a file that is not there, no example can be written.
ERRORS = [rule for rule in RULES if rule.severity == "error" and rule.bad]
WARNINGS = [rule for rule in RULES if rule.severity == "warning"]
#: They speak of a delivery that lint is shown: a run with it fails, whatever else it does.
OF_A_DELIVERY = ("LI501", "LI507")
#: A comment cannot have what stands in a comment ignored.
SECRET = "# mappings/acme.yaml\nabout: https://leads:Tr0ub4dor@files.example.org/acme.csv\n"
WRONG = [*(HEAD + f"  {line}\n" for line, _ in WRONG_ENTRIES), *(text for text, _ in WRONG_MAPPINGS)]


def results(folder: Path) -> list[SourceResult]:
    """What a run of all sources comes to. Raises UsageError where it cannot even begin."""
    project = MappingIndex(folder / "mappings", folder / "ddl")
    options = RunOptions(folder / "inbox", None)
    return run(project, list(project.sources()), options, Events())


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
    errors = {(each.at.line, each.at.column, each.message) for each in found if each.severity == "error"}
    assert {(each.line, each.column, each.message) for each in refused.value.problems} <= errors
