"""Tests of leadingest.cli.test, and of what it prints."""

from __future__ import annotations

from tests.cli.made_up_project import MadeUpProject

MAPPING = """\
source: ohio
delivery: {match: "ohio*.csv"}
fields: {company: Name, phone: Phone}
tests:
  - {about: a name, record: {Name: Oak}, lead: {company: %s}}
"""


def test_tests_that_pass_are_counted(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", MAPPING % "Oak")
    result = project.call("test", "--source", "ohio")
    assert (result.exit_code, result.stdout) == (0, "ohio: 1 test passed\n")


def test_a_difference_is_told_with_its_place_and_ends_with_one(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", MAPPING % "Pine")
    result = project.call("test", "--source", "ohio")
    assert result.exit_code == 1
    assert result.stdout == (
        "ohio: 1 difference in 1 test\n"
        "  mappings/ohio.yaml:5:5: a name: company is 'Oak', not 'Pine'\n"
    )  # fmt: skip


def test_all_mappings_are_tried_when_none_is_named(project: MadeUpProject) -> None:
    result = project.call("test")
    assert (result.exit_code, result.stdout) == (0, "nevada: no tests\nutah: no tests\n")


def test_a_mapping_that_cannot_be_tried_ends_with_two(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", "source: ohio\nfeilds: {}\n")
    result = project.call("test", "--source", "ohio")
    assert result.exit_code == 2
    assert "ohio: could not be tried\n  mappings/ohio.yaml:" in result.stdout
