"""Tests of leadingest.lint.lint_mapping: what becomes of what the rules say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import lint_example


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(text: str, folder: Path) -> list[str]:
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
    assert [each.split(" ")[:2] for each in told(text, tmp_path)] == [
        ["3:3", "LI101"],
        ["4:49", "LI107"],
        ["4:56", "LI009"],
        ["5:56", "LI201"],
    ]


def test_what_a_run_says_is_said_in_the_same_words(tmp_path: Path) -> None:
    assert told("fields:\n  company: Name\n  phon: Phone\n", tmp_path) == [
        "3:3 LI101 the load table lead_sources has no field 'phon'; did you mean 'phone'?"
    ]


TWICE = "fields:\n  company: Name\n  licensee_name: Name{comment}\n  email: Email\n"
SAID = "3:3 LI103 licensee_name is filled like company, from 'Name'"


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", [SAID]),
        ("  # leadingest: ignore[LI103] they have one name for both", []),
        ("  # leadingest: ignore[LI103, LI110] they have one name", ["3:24 LI012 there is nothing to ignore here for LI110"]),
        ("  # leadingest: ignore[LI103]", ["3:24 LI011 say why LI103 is ignored: a reason must follow the bracket"]),
        ("  # leadingest: ignore LI103 a reason", [SAID, "3:24 LI011 write: # leadingest: ignore[LI103] the reason"]),
        ("  # leadingest: ignore[LI130] a reason", [SAID, "3:24 LI011 there is no code 'LI130'; did you mean LI103?"]),
        (
            "  # leadingest: ignore[LI101] a reason",
            [SAID, "3:24 LI011 LI101 cannot be ignored: a run refuses the mapping for it"],
        ),
        ("  # leadingest: ignore[LI111] a reason", [SAID, "3:24 LI012 there is nothing to ignore here for LI111"]),
    ],
)  # fmt: skip
def test_a_comment_has_a_finding_ignored_for_a_reason(comment: str, found: list[str], tmp_path: Path) -> None:
    assert told(TWICE.format(comment=comment), tmp_path) == found


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
    assert [each.split(" ")[:2] for each in told(text, tmp_path)] == [["8:26", "LI107"]]


def test_a_sign_inside_a_text_is_no_comment(tmp_path: Path) -> None:
    text = (
        "fields:\n  company: 'Name # leadingest: ignore[LI103]'\n  city: \"a #b\"  # leadingest: ignore me\n"
    )
    assert told(text, tmp_path) == ["3:17 LI011 write: # leadingest: ignore[LI103] the reason"]


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
    assert told(text, tmp_path) == [
        "2:41 LI107 'opened' is not a license_status; it may be active, provisional, probation, pending, inactive, "
        "suspended, pending_revocation, revoked, denied, expired, withdrawn, closed, exempt",
        "6:38 LI107 'family_centre' is not a facility_type; did you mean 'family_home'?",
    ]
