"""JUnit XML, as CI servers read it: a suite of cases for each thing that was checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leadingest.reports.printable import lines_only, one_line
from leadingest.reports.report import CheckCase, CheckSuite, Report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def render(report: Report) -> Iterator[str]:
    """A failure is an error or a warning; what is only a notice stands as output of a case that passed."""
    from xml.etree import ElementTree  # it only writes here; most formats do without

    suites = [*report.suites()]
    root = ElementTree.Element("testsuites", {"name": f"leadingest {report.title}", **_sums(*suites)})
    for suite in suites:
        name = lines_only(suite.name)
        below = ElementTree.SubElement(root, "testsuite", {"name": name, **_sums(suite)})
        for case in suite.cases:
            _result(ElementTree.SubElement(below, "testcase", {"classname": name, **_named(case)}), case)
    ElementTree.indent(root)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _sums(*suites: CheckSuite) -> dict[str, str]:
    levels = [case.level for suite in suites for case in suite.cases]
    failures = sum(level in ("error", "warning") for level in levels)
    return {"tests": str(len(levels)), "failures": str(failures), "errors": str(levels.count("broken"))}


def _named(case: CheckCase) -> dict[str, str]:
    named = {"name": one_line(case.name)}
    if case.place:
        named["file"] = lines_only(case.place.file)
        if case.place.line is not None:
            named["line"] = str(case.place.line)
    return named


def _result(element: Element, case: CheckCase) -> None:
    from xml.etree import ElementTree

    if case.level == "passed":
        return
    message = lines_only(case.message)
    if case.level == "notice":
        ElementTree.SubElement(element, "system-out").text = message
        return
    kind = {"type": case.kind} if case.kind else {}
    tag = "error" if case.level == "broken" else "failure"
    result = ElementTree.SubElement(element, tag, {**kind, "message": message})
    if text := case.details or (f"what to do: {case.advice}" if case.advice else ""):
        result.text = lines_only(text)
