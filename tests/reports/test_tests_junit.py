"""Tests of leadingest.reports.tests_junit: the file to the letter, and that CI systems can read it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from leadingest.errors import UsageError
from leadingest.ingest.check_mappings import TriedMapping
from leadingest.reports.tests_junit import tried_junit
from tests.reports.tried_mappings import MAPPING, tried_mapping


def test_each_source_is_a_suite_and_each_test_a_case(tmp_path: Path) -> None:
    found = [
        tried_mapping(tmp_path, only=[1, 3]),
        TriedMapping("utah", error=UsageError("no <such> file", hint="do")),
    ]
    assert tried_junit(found) == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
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
    root = ElementTree.fromstring(tried_junit([tried_mapping(tmp_path, mapping=mapping)]))
    case = root[0][2]
    assert case.get("name") == r"a\x01b"
    # In the lead a blank stands for it: names of companies are squeezed.
    assert 'became    "x <&]]>"' in "".join(case.itertext())
