"""`--format junit`: for what collects test reports."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree  # it only writes here

from leadingest.drift.difference import Difference
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.printable import lines_only


def junit(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A suite for each source: a case for each difference, which fails unless it is safe, or one that passed."""
    root = ElementTree.Element("testsuites", name="leadingest drift")
    for drift in drifts:
        _suite(root, drift)
    for counted in ("tests", "failures", "errors"):
        root.set(counted, str(sum(int(suite.get(counted, "0")) for suite in root)))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, drift: SourceDrift) -> None:
    failing = len(drift.differences) - drift.count("safe")
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=lines_only(drift.source),
        tests=str(max(1, len(drift.differences))),
        failures=str(failing),
        errors=str(int(bool(drift.message))),
    )
    if not drift.differences:
        case = ElementTree.SubElement(suite, "testcase", classname=lines_only(drift.source), name="drift")
        if drift.message:
            ElementTree.SubElement(case, "error", message=lines_only(drift.message))
    for difference in drift.differences:
        _case(suite, drift, difference)


def _case(suite: ElementTree.Element, drift: SourceDrift, difference: Difference) -> None:
    told = difference.told
    name = f"{difference.code} {difference.name}" + (f" {told.header}" if told.header else "")
    case = ElementTree.SubElement(
        suite, "testcase", classname=lines_only(drift.source), name=lines_only(name)
    )
    said = lines_only(f"expected {told.expected}, found {told.found}")
    if told.kind_class == "safe":
        ElementTree.SubElement(case, "system-out").text = said
        return
    failure = ElementTree.SubElement(case, "failure", type=told.kind_class, message=said)
    failure.text = lines_only(f"what to do: {told.advice}")
