"""What the tests of mappings gave."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from leadingest.documents.yaml_document import Position
from leadingest.engine.coverage import Coverage, CoverageItem
from leadingest.engine.try_mapping import Mismatch, TriedTest
from leadingest.ingest.mapping_tests import TriedMapping
from leadingest.reports.report import (
    Block,
    CheckCase,
    CheckSuite,
    Place,
    Report,
    ReportTable,
    TableColumn,
    TextLine,
    TextSpan,
    Words,
    plain,
)
from leadingest.wording import counted, number

_WAYS = (
    TableColumn("not covered by any test", fit="end"),
    TableColumn("of"),
    TableColumn("kind"),
    TableColumn("at"),
)


@dataclass(frozen=True)
class TriedReport(Report):
    """A line for each source, and under it each test that failed: what it expects above what came out."""

    tested: Sequence[TriedMapping]
    title = "test"

    def body(self) -> Iterator[Block]:
        for each in self.tested:
            yield from _source(each)

    def data(self) -> dict[str, Any]:
        return {"results": [_plain(each) for each in self.tested]}

    def suites(self) -> Iterator[CheckSuite]:
        """One for each source, a case for each of its tests."""
        for each in self.tested:
            cases = [_case(test) for test in each.tests]
            if each.error:
                message = str(each.error)
                cases = [
                    CheckCase("the mapping", "broken", message.split("\n", maxsplit=1)[0], details=message)
                ]
            yield CheckSuite(each.source, cases)

    @property
    def failed(self) -> bool:
        """Whether any test found a difference."""
        return any(each.failed for each in self.tested)


def _source(each: TriedMapping) -> Iterator[Block]:
    if each.error:
        yield TextLine((f"{each.source}: ", TextSpan("could not be run", "bad")))
        yield from (TextLine(line, indent=2) for line in str(each.error).split("\n"))
        return
    yield TextLine((f"{each.source}: ", _sum(each)))
    for test in each.failed:
        yield from _failure(test)
    if each.coverage:
        yield from _coverage(each.coverage)


def _sum(each: TriedMapping) -> TextSpan:
    if not each.tests:
        return TextSpan("no tests")
    tests = counted(len(each.tests), "test")
    if each.updated:
        return TextSpan(
            f"{number(each.updated)} of {tests} rewritten; review the change before you commit it"
        )
    if each.failed:
        return TextSpan(f"{number(len(each.failed))} of {tests} failed", "bad")
    return TextSpan(f"{tests} passed", "good")


def _failure(test: TriedTest) -> Iterator[TextLine]:
    """A test that failed: its place, and of each difference what it expects above what came out."""
    yield TextLine(f"{_at(test.position)}{f': {test.test.about}' if test.test.about else ''}", indent=2)
    names = [_what(each) for each in test.differences]
    width = max(map(len, names))
    for name, each in zip(names, test.differences, strict=True):
        expected, became = _shown(each, each.expected), _shown(each, each.became)
        yield TextLine((f"{name:<{width}}  expected  ", TextSpan(expected, "good")), indent=4)
        yield TextLine(("became    ", TextSpan(became, "bad")), indent=4 + width + 2)


def _what(difference: Mismatch) -> str:
    return {"record": "the record", "invalid": "invalid"}.get(difference.kind, difference.field)


def _shown(difference: Mismatch, text: str) -> str:
    """Values in quotes, so that blanks can be seen."""
    if difference.kind == "record":
        return text
    if not text:
        return "nothing" if difference.kind == "invalid" else "blank"
    return text if difference.kind == "invalid" else json.dumps(text, ensure_ascii=False)


def _coverage(coverage: Coverage) -> Iterator[Block]:
    ways, untouched = len(coverage.items), coverage.untouched
    if not ways:
        yield TextLine("there is only one path through the mapping", indent=2)
        return
    taken = f"{number(ways - len(untouched))} of {counted(ways, 'path')}"
    yield TextLine(f"{taken} through the mapping covered", indent=2)
    if untouched:
        rows: list[list[Words]] = [
            [item.what, item.owner, item.kind, _at(item.position)] for item in untouched
        ]
        yield ReportTable(_WAYS, rows, indent=2)


def _at(position: Position) -> str:
    return f"{position.file}:{position.line}:{position.column}"


def _case(test: TriedTest) -> CheckCase:
    name = test.test.about or f"test {test.number + 1}"
    place = Place(test.position.file, test.position.line, test.position.column)
    if not test.differences:
        return CheckCase(name, "passed", place=place)
    what = ", ".join(each.field or each.kind for each in test.differences)
    lines = [f"{' ' * line.indent}{plain(line.words)}\n" for line in _failure(test)]
    return CheckCase(name, "error", f"not as expected: {what}", details="".join(lines), place=place)


def _plain(each: TriedMapping) -> dict[str, Any]:
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
