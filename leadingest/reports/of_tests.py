"""What the tests of mappings gave: as text, as a document for programs, and as JUnit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

import click

from leadingest.engine.coverage import Coverage, CoverageItem
from leadingest.engine.try_mapping import Mismatch, TriedTest
from leadingest.ingest.mapping_tests import TriedMapping
from leadingest.reports.json_document import json_document
from leadingest.reports.printable import lines_only, one_line
from leadingest.reports.table import TableColumn, counted, number, table_text

_WAYS = (
    TableColumn("not taken by any test", cut="end"),
    TableColumn("of"),
    TableColumn("kind"),
    TableColumn("at"),
)


def tried_text(tested: Sequence[TriedMapping], *, width: int | None = None) -> str:
    """A line for each source, and under it each test that failed: what it expects beside what came out."""
    return "".join(line for each in tested for line in _source(each, width))


def failed(tested: Sequence[TriedMapping]) -> bool:
    """Whether any test found a difference."""
    return any(each.failed for each in tested)


def _source(each: TriedMapping, width: int | None) -> Iterator[str]:
    if each.error:
        said = lines_only(str(each.error)).replace("\n", "\n  ")
        yield f"{each.source}: {click.style('could not be tried', fg='red')}\n  {said}\n"
        return
    yield f"{each.source}: {_sum(each)}\n"
    for test in each.failed:
        yield failure_text(test)
    if each.coverage:
        yield from _coverage(each.coverage, width)


def _sum(each: TriedMapping) -> str:
    if not each.tests:
        return "no tests"
    if each.updated:
        rewritten = f"{number(each.updated)} of {counted(len(each.tests), 'test')} rewritten"
        return f"{rewritten}; look at the change before you commit it"
    if each.failed:
        return click.style(
            f"{number(len(each.failed))} of {counted(len(each.tests), 'test')} failed", fg="red"
        )
    return click.style(f"{counted(len(each.tests), 'test')} passed", fg="green")


def failure_text(test: TriedTest) -> str:
    """A test that failed: its place, and of each difference what it expects above what came out."""
    place = test.position
    about = f": {one_line(test.test.about)}" if test.test.about else ""
    names = [_what(each) for each in test.differences]
    width = max(map(len, names))
    lines = [f"  {place.file}:{place.line}:{place.column}{about}\n"]
    for name, each in zip(names, test.differences, strict=True):
        expected, became = _shown(each, each.expected), _shown(each, each.became)
        lines.append(f"    {name:<{width}}  expected  {click.style(expected, fg='green')}\n")
        lines.append(f"    {'':<{width}}  became    {click.style(became, fg='red')}\n")
    return "".join(lines)


def _what(difference: Mismatch) -> str:
    return {"record": "the record", "invalid": "invalid"}.get(difference.kind, difference.field)


def _shown(difference: Mismatch, text: str) -> str:
    """Values in quotes, so that blanks can be seen."""
    if difference.kind == "record":
        return text
    if not text:
        return "nothing" if difference.kind == "invalid" else "blank"
    return text if difference.kind == "invalid" else json.dumps(text, ensure_ascii=False)


def _coverage(coverage: Coverage, width: int | None) -> Iterator[str]:
    ways, untouched = len(coverage.items), coverage.untouched
    if not ways:
        yield "  there is one way through the mapping only\n"
        return
    yield f"  {number(ways - len(untouched))} of {counted(ways, 'way')} through the mapping taken\n"
    if untouched:
        rows = [
            (
                item.what,
                item.owner,
                item.kind,
                f"{item.position.file}:{item.position.line}:{item.position.column}",
            )
            for item in untouched
        ]
        table = table_text(_WAYS, rows, width=width and width - 2)
        yield "".join(f"  {line}\n" for line in table.splitlines())


def tried_json(tested: Sequence[TriedMapping]) -> str:
    """`results`: one for each source, with its tests, each with what it expects and does not get."""
    return json_document(results=[_source_json(each) for each in tested])


def _source_json(each: TriedMapping) -> dict[str, Any]:
    return {
        "source": each.source,
        "error": str(each.error) if each.error else None,
        "updated": each.updated,
        "tests": [_test(test) for test in each.tests],
        "coverage": each.coverage and _coverage_json(each.coverage),
    }


def _test(test: TriedTest) -> dict[str, Any]:
    return {
        "about": test.test.about,
        "place": test.position._asdict(),
        "passed": not test.differences,
        "differences": [asdict(each) for each in test.differences],
    }


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    return {"ways": len(coverage.items), "untouched": [_item(item) for item in coverage.untouched]}


def _item(item: CoverageItem) -> dict[str, Any]:
    return {"kind": item.kind, "of": item.owner, "what": item.what, "place": item.position._asdict()}


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
