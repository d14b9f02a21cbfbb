"""What the tests of mappings found, as JUnit XML, which CI systems show."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import click

from leadingest.engine.try_mapping import TriedTest
from leadingest.ingest.check_mappings import TriedMapping
from leadingest.reports.of_tests import failure_text
from leadingest.reports.printable import lines_only, one_line


def tried_junit(tested: Sequence[TriedMapping]) -> str:
    """A test suite for each source, a test case for each of its tests."""
    root = ElementTree.Element("testsuites", name="leadingest test")
    for each in tested:
        root.append(_suite(each))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(each: TriedMapping) -> ElementTree.Element:
    cases = [_case(each.source, test) for test in each.tests]
    if each.error:
        case = ElementTree.Element("testcase", classname=each.source, name="the mapping")
        said = lines_only(str(each.error))
        ElementTree.SubElement(case, "error", message=said.split("\n")[0]).text = said
        cases = [case]
    suite = ElementTree.Element(
        "testsuite",
        name=each.source,
        tests=str(len(cases)),
        failures=str(len(each.failed)),
        errors=str(int(each.error is not None)),
    )
    suite.extend(cases)
    return suite


def _case(source: str, test: TriedTest) -> ElementTree.Element:
    name = one_line(test.test.about) or f"test {test.number + 1}"
    case = ElementTree.Element(
        "testcase", classname=source, name=name, file=test.position.file, line=str(test.position.line)
    )
    if test.differences:
        text = click.unstyle(failure_text(test))
        what = ", ".join(each.field or each.kind for each in test.differences)
        ElementTree.SubElement(case, "failure", message=f"not as expected: {what}").text = text
    return case
