"""Tests of leadingest.cli.commands.test, and of what it prints."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from tests.cli.made_up_project import MadeUpProject

MAPPING = """\
source: ohio
delivery: {match: "ohio*.csv"}
fields: {company: Name, phone: [Phone, Tel]}
tests:
  - {about: a name, record: {Name: Oak, Tel: 740-200-3000}, lead: {company: %s}}
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
        "ohio: 1 of 1 test failed\n"
        "  mappings/ohio.yaml:5:5: a name\n"
        '    company  expected  "Pine"\n'
        '             became    "Oak"\n'
    )


def test_all_mappings_are_tried_when_none_is_named(project: MadeUpProject) -> None:
    result = project.call("test")
    assert (result.exit_code, result.stdout) == (0, "nevada: no tests\nutah: no tests\n")


def test_a_mapping_that_cannot_be_tried_ends_with_two(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", "source: ohio\nfeilds: {}\n")
    result = project.call("test", "--source", "ohio")
    assert result.exit_code == 2
    assert "ohio: could not be run\n  mappings/ohio.yaml:" in result.stdout


def test_what_came_out_can_be_written_into_the_mapping(project: MadeUpProject) -> None:
    path = project.write("mappings/ohio.yaml", MAPPING % "Pine")
    result = project.call("test", "--source", "ohio", "--update")
    output = "ohio: 1 of 1 test rewritten; review the change before you commit it\n"
    assert (result.exit_code, result.stdout) == (0, output)
    assert path.read_text(encoding="utf-8") == MAPPING % "Oak"
    assert project.call("test", "--source", "ohio", "--update").stdout == "ohio: 1 test passed\n"


def test_coverage_is_listed(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", MAPPING % "Oak")
    result = project.call("test", "--source", "ohio", "--coverage")
    assert (result.exit_code, result.stdout) == (
        0,
        "ohio: 1 test passed\n"
        "  1 of 2 paths through the mapping covered\n"
        "  not covered by any test  of     kind   at\n"
        "  Phone                    phone  alias  mappings/ohio.yaml:3:33\n",
    )


def test_a_file_for_ci_is_written(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", MAPPING % "Pine")
    result = project.call("test", "--junit", "tests.xml")
    assert result.exit_code == 1
    root = ElementTree.parse(project.folder / "tests.xml").getroot()
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("1", "1", "0")


def test_a_program_can_read_the_results(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", MAPPING % "Pine")
    result = project.call("test", "--source", "ohio", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["results"][0]["tests"][0]["passed"] is False
