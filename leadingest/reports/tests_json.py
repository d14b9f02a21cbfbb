"""What the tests of mappings found, as a JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from leadingest.engine.coverage import Coverage, Way
from leadingest.engine.try_mapping import TriedTest
from leadingest.ingest.check_mappings import TriedMapping
from leadingest.reports.json_document import json_document


def tried_json(tested: Sequence[TriedMapping]) -> str:
    """`results`: one for each source, with its tests, each with what it expects and does not get."""
    return json_document(results=[_source(each) for each in tested])


def _source(each: TriedMapping) -> dict[str, Any]:
    return {
        "source": each.source,
        "error": str(each.error) if each.error else None,
        "updated": each.updated,
        "tests": [_test(test) for test in each.tests],
        "coverage": each.coverage and _coverage(each.coverage),
    }


def _test(test: TriedTest) -> dict[str, Any]:
    return {
        "about": test.test.about,
        "place": test.position._asdict(),
        "passed": not test.differences,
        "differences": [asdict(each) for each in test.differences],
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {"ways": len(coverage.ways), "untouched": [_way(way) for way in coverage.untouched]}


def _way(way: Way) -> dict[str, Any]:
    return {"kind": way.kind, "of": way.owner, "what": way.what, "place": way.position._asdict()}
