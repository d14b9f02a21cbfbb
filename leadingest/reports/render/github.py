"""Annotations of GitHub Actions: a workflow command for each finding, the worst first, for only so many are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.reports.printable import lines_only
from leadingest.reports.report import CheckCase, CheckSuite, Report

_RANKS: Final = {"error": 0, "broken": 0, "warning": 1, "notice": 2}
_IN_MESSAGE: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY: Final = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def render(report: Report) -> Iterator[str]:
    """A line for each case that did not pass; nothing where all did."""
    found = [(suite, case) for suite in report.suites() for case in suite.cases if case.level in _RANKS]
    for suite, case in sorted(found, key=lambda each: _RANKS[each[1].level]):
        yield _command(suite, case)


def _command(suite: CheckSuite, case: CheckCase) -> str:
    place = case.place
    properties = {
        "file": place and place.file,
        "line": place and place.line,
        "col": place and place.column,
        "endColumn": place and place.end_column,
        "title": case.title or case.name,
    }
    options = ",".join(
        f"{key}={_escaped(str(value), _IN_PROPERTY)}"
        for key, value in properties.items()
        if value is not None
    )
    message = f"{f'{suite.about}: ' if suite.about else ''}{case.message}"
    advice = f". What to do: {case.advice}" if case.advice else ""
    level = "error" if case.level == "broken" else case.level
    return f"::{level} {options}::{_escaped(message + advice, _IN_MESSAGE)}\n"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return lines_only("".join(signs.get(letter, letter) for letter in text))
