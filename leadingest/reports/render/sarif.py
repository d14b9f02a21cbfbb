"""SARIF 2.1.0, as code scanning reads it: all rules, and a result for each finding."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from leadingest import __version__
from leadingest.reports.report import CheckCase, CheckRule, Place, Report

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"error": "error", "broken": "error", "warning": "warning", "notice": "note"}


def render(report: Report) -> Iterator[str]:
    """A log of one run."""
    rules = [*report.rules()]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "leadingest",
        "semanticVersion": __version__,
        "rules": [_rule(each) for each in rules],
    }
    found = [case for suite in report.suites() for case in suite.cases if case.level in _LEVELS]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(case, numbers, report.fixed_by) for case in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: CheckRule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(case: CheckCase, numbers: Mapping[str, int], fixed_by: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        **({"ruleId": case.code, "ruleIndex": numbers[case.code]} if case.code in numbers else {}),
        "level": _LEVELS[case.level],
        "message": {"text": case.message},
    }
    if case.place:
        place = _location(case.place)
        if case.text:
            place["physicalLocation"]["contextRegion"] = {
                "startLine": case.place.line,
                "snippet": {"text": case.text},
            }
        result["locations"] = [place]
    if case.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": message}, **_location(place)}
            for number, (place, message) in enumerate(case.related, start=1)
        ]
    if case.edits:
        changes = [_change(place, text) for place, text in case.edits]
        result["fixes"] = [{"description": {"text": fixed_by}, "artifactChanges": changes}]
    return result


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line is not None:
        location["region"] = _region(place)
    return {"physicalLocation": location}


def _region(place: Place) -> dict[str, int]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {key: value for key, value in region.items() if value is not None}


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _change(place: Place, text: str) -> dict[str, Any]:
    replacement: dict[str, Any] = {"deletedRegion": _region(place)}
    if text:
        replacement["insertedContent"] = {"text": text}
    return {"artifactLocation": {"uri": _uri(place.file)}, "replacements": [replacement]}
