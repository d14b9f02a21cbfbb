"""Tests of leadingest.reports.tests: what is printed, to the letter."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import click

from leadingest.errors import ConfigurationError, UsageError
from leadingest.ingest.mapping_tests import TriedMapping
from leadingest.reports.tests import TriedReport
from tests.reports import rendering
from tests.reports.tried_mappings import MAPPING, tried_mapping


def text(each: TriedMapping, *, width: int | None = None) -> str:
    """The text without its colors."""
    return click.unstyle(rendering.text(TriedReport([each]), width=width))


def test_each_difference_shows_what_is_expected_above_what_came_out(tmp_path: Path) -> None:
    found = tried_mapping(tmp_path)
    assert TriedReport([found]).failed
    assert text(found) == (
        "ohio: 3 of 4 tests failed\n"
        "  ohio.yaml:8:5: a name\n"
        '    company  expected  "Pine"\n'
        '             became    "Oak"\n'
        "    phone    expected  blank\n"
        '             became    "+17402003000"\n'
        "    invalid  expected  nothing\n"
        "             became    license_status\n"
        "  ohio.yaml:9:5\n"
        "    the record  expected  a lead\n"
        "                became    rejected for company\n"
        "  ohio.yaml:10:5: no phone\n"
        "    invalid  expected  phone\n"
        "             became    nothing\n"
    )


def test_expected_is_green_and_what_came_out_is_red(tmp_path: Path) -> None:
    printed = rendering.text(TriedReport([tried_mapping(tmp_path)]))
    assert 'expected  \x1b[32m"Pine"\x1b[0m\n' in printed
    assert 'became    \x1b[31m"Oak"\x1b[0m\n' in printed


def test_what_no_test_touches_is_listed_with_its_place(tmp_path: Path) -> None:
    found = tried_mapping(tmp_path, with_coverage=True)
    assert text(found).partition("became    nothing\n")[2] == (
        "  2 of 5 paths through the mapping covered\n"
        "  not covered by any test  of              kind     at\n"
        "  Phone#                   phone           alias    ohio.yaml:5:18\n"
        "  Open                     license_status  map key  ohio.yaml:6:43\n"
        "  Shut                     license_status  map key  ohio.yaml:6:57\n"
    )


def test_tests_that_pass_are_counted(tmp_path: Path) -> None:
    found = tried_mapping(tmp_path, only=[3])
    assert not TriedReport([found]).failed
    assert text(found) == "ohio: 1 test passed\n"


def test_what_was_rewritten_is_counted(tmp_path: Path) -> None:
    passed = tried_mapping(tmp_path, only=[3])
    found = TriedMapping("ohio", passed.tests, updated=1)
    assert text(found) == "ohio: 1 of 1 test rewritten; review the change before you commit it\n"


def test_a_mapping_without_tests_or_that_cannot_be_tried_says_so() -> None:
    assert text(TriedMapping("ohio")) == "ohio: no tests\n"
    broken = TriedMapping("ohio", error=ConfigurationError("a\nb", hint="c"))
    assert text(broken) == "ohio: could not be run\n  a\n  b\n  c\n"
    assert not TriedReport([broken]).failed


def test_a_mapping_with_one_way_says_so(tmp_path: Path) -> None:
    mapping = 'source: ohio\ndelivery: {match: "*"}\nfields: {company: Name}\ntests: [{record: {Name: x}, lead: {}}]\n'
    found = tried_mapping(tmp_path, mapping=mapping, with_coverage=True)
    assert text(found) == "ohio: 1 test passed\n  there is only one path through the mapping\n"


def test_the_document_has_each_test_with_its_differences(tmp_path: Path) -> None:
    found = tried_mapping(tmp_path, only=[1, 3], with_coverage=True)
    document = json.loads(
        rendering.written(
            TriedReport([found, TriedMapping("utah", error=UsageError("no", hint="do"))]), "json"
        )
    )
    ohio, utah = document["results"]
    coverage = ohio.pop("coverage")
    assert document["version"] == 1
    assert ohio == {
        "source": "ohio",
        "error": None,
        "updated": 0,
        "tests": [
            {
                "about": "",
                "place": {"file": "ohio.yaml", "line": 9, "column": 5},
                "passed": False,
                "differences": [
                    {"kind": "record", "expected": "a lead", "became": "rejected for company", "field": ""}
                ],
            },
            {
                "about": "",
                "place": {"file": "ohio.yaml", "line": 11, "column": 5},
                "passed": True,
                "differences": [],
            },
        ],
    }
    assert coverage["ways"] == 5
    assert coverage["untouched"][0] == {
        "kind": "alias",
        "of": "phone",
        "what": "Phone#",
        "place": {"file": "ohio.yaml", "line": 5, "column": 18},
    }
    assert utah == {"source": "utah", "error": "no\ndo", "updated": 0, "tests": [], "coverage": None}


def test_each_source_is_a_suite_and_each_test_a_case(tmp_path: Path) -> None:
    found = [
        tried_mapping(tmp_path, only=[1, 3]),
        TriedMapping("utah", error=UsageError("no <such> file", hint="do")),
    ]
    assert rendering.written(TriedReport(found), "junit") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="leadingest test" tests="3" failures="1" errors="1">\n'
        '  <testsuite name="ohio" tests="2" failures="1" errors="0">\n'
        '    <testcase classname="ohio" name="test 2" file="ohio.yaml" line="9">\n'
        '      <failure message="not as expected: record">  ohio.yaml:9:5\n'
        "    the record  expected  a lead\n"
        "                became    rejected for company\n"
        "</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="ohio" name="test 4" file="ohio.yaml" line="11" />\n'
        "  </testsuite>\n"
        '  <testsuite name="utah" tests="1" failures="0" errors="1">\n'
        '    <testcase classname="utah" name="the mapping">\n'
        '      <error message="no &lt;such&gt; file">no &lt;such&gt; file\ndo</error>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_whatever_a_cell_holds_the_file_is_xml(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "about: no phone, record: {Name: Elm}", 'about: "a\\x01b", record: {Name: "x\\x1b<&]]>"}'
    )
    root = ElementTree.fromstring(
        rendering.written(TriedReport([tried_mapping(tmp_path, mapping=mapping)]), "junit")
    )
    case = root[0][2]
    assert case.get("name") == r"a\x01b"
    # In the lead a blank stands for it: names of companies are squeezed.
    assert 'became    "x <&]]>"' in "".join(case.itertext())
