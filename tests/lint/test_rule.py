"""Tests of leadingest.lint.rule: every rule against the examples of its own explanation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.lint.rule import FAMILIES, Rule, files_of
from leadingest.lint.rules import RULES
from leadingest.mapping.read_mapping import examine_mapping
from leadingest.mapping.schema.mapping_schema import mapping_schema
from leadingest.tables.load_table import read_load_table
from tests.lint.linted import DDL, framed, lint_example
from tests.typed_yaml import typed_yaml

#: Of a file that is not there, no example can be written.
WITH_EXAMPLES = [rule for rule in RULES if rule.name != "unreadable_file"]
#: Fields that most examples do without, so that they stay short.
BESIDE_THE_POINT = {"LI301"}
#: A header that was renamed is missing, and new.
COMES_WITH = {"LI501": {"LI502"}}
#: What the JSON Schema tells an editor as well; the rest takes the program.
TOLD_BY_THE_SCHEMA = {
    "LI005",
    "LI006",
    "LI007",
    "LI008",
    "LI101",
    "LI102",
    "LI108",
    "LI112",
    "LI202",
    "LI305",
}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_the_bad_example_has_what_the_rule_finds_and_nothing_else(rule: Rule, tmp_path: Path) -> None:
    result = lint_example(rule.bad, tmp_path)
    found = {each.code for each in result.findings}
    assert rule.code in found
    assert found <= {rule.code} | BESIDE_THE_POINT | COMES_WITH.get(rule.code, set())
    for each in result.findings:
        assert each.line_text


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_the_good_example_is_clean(rule: Rule, tmp_path: Path) -> None:
    found = {each.code for each in lint_example(rule.good, tmp_path).findings}
    assert found <= BESIDE_THE_POINT - {rule.code}


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_what_is_refused_is_what_a_run_refuses(rule: Rule, tmp_path: Path) -> None:
    lint_example(rule.bad, tmp_path)
    paths = [
        tmp_path / name
        for name in files_of(rule.bad)
        if name.startswith("mappings/") and name.endswith("yaml")
    ]
    refused = any(examine_mapping(path, ddl=tmp_path / "ddl").problems for path in paths)
    assert refused == (rule.refused and rule.name != "source_twice")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixes], ids=lambda rule: rule.code)
def test_what_can_be_fixed_is_fixed_and_means_the_same(rule: Rule, tmp_path: Path) -> None:
    result = lint_example(rule.bad, tmp_path)
    (fixed,) = result.fixed_texts()
    path = tmp_path / fixed.document.name
    before = examine_mapping(path, ddl=DDL)
    path.write_text(fixed.text, encoding="utf-8")
    after = examine_mapping(path, ddl=DDL)
    assert [entry.source for entry in before.fields.values()] == [
        # an alias, or a format, that stood twice is gone
        *(entry.source for entry in after.fields.values())
    ] or rule.name in ("repeated_name", "dead_format")
    left = {each.code for each in lint_mappings([path], ddl=DDL).findings}
    assert rule.code not in left


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.fixes], ids=lambda rule: rule.code)
def test_a_rule_that_does_not_say_so_edits_nothing(rule: Rule, tmp_path: Path) -> None:
    if rule.bad:
        own = [each for each in lint_example(rule.bad, tmp_path).findings if each.code == rule.code]
        assert [each for each in own if each.edits] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.code[:3] in FAMILIES
    assert rule.summary.endswith((".", "?"))
    assert bool(rule.bad) == bool(rule.good) == (rule in WITH_EXAMPLES)


@pytest.mark.parametrize(
    "rule",
    [rule for rule in WITH_EXAMPLES if rule.code not in {"LI002", "LI003", "LI306"}],
    ids=lambda rule: rule.code,
)
def test_the_schema_for_editors_agrees(rule: Rule) -> None:
    refused = {
        example: any(complaints(framed(text)) for text in mappings_of(example))
        for example in (rule.bad, rule.good)
    }
    assert refused == {rule.bad: rule.code in TOLD_BY_THE_SCHEMA, rule.good: False}


def mappings_of(example: str) -> list[str]:
    files = files_of(example).items()
    return [text for name, text in files if name.endswith(".yaml") and not name.startswith("mappings/_")]


@cache
def schema() -> Draft202012Validator:
    """What an editor is given, with every load table."""
    return Draft202012Validator(
        mapping_schema([read_load_table(file) for file in sorted(DDL.glob("*.yaml"))])
    )


def complaints(text: str) -> list[str]:
    """What the schema says of the mapping; of a key that stands twice, YAML itself keeps one."""
    return [each.message for each in schema().iter_errors(typed_yaml(text))]
