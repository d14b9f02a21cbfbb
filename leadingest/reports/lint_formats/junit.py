"""`--format junit`: for what collects test reports."""

from itertools import groupby
from xml.etree import ElementTree  # it only writes here

from leadingest.lint.finding import Finding, LintResult
from leadingest.reports.printable import lines_only


def junit(result: LintResult, *, width: int | None = None) -> str:
    """A suite for each file: a failure for each finding, or one case that passed."""
    by_file = {file: list(found) for file, found in groupby(result.findings, key=lambda each: each.at.file)}
    names = dict.fromkeys([*result.mappings, *by_file])
    total = sum(max(1, len(by_file.get(name, ()))) for name in names)
    root = ElementTree.Element(
        "testsuites", name="leadingest lint", tests=str(total), failures=str(len(result.findings))
    )
    for name in names:
        _suite(root, name, by_file.get(name, []))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, name: str, findings: list[Finding]) -> None:
    tests, failures = str(max(1, len(findings))), str(len(findings))
    suite = ElementTree.SubElement(root, "testsuite", name=lines_only(name), tests=tests, failures=failures)
    if not findings:
        ElementTree.SubElement(suite, "testcase", classname=lines_only(name), name="lint")
    for each in findings:
        title = f"{each.code} {each.name} at {each.at.line}:{each.at.column}"
        case = ElementTree.SubElement(suite, "testcase", classname=lines_only(name), name=title)
        message = lines_only(each.message)
        failure = ElementTree.SubElement(case, "failure", type=each.severity, message=message)
        place = f"{each.at.file}:{each.at.line}:{each.at.column}"
        failure.text = lines_only(f"{place} {each.code} {each.severity}: {each.message}")
