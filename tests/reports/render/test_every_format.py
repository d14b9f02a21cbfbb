"""Every format of reports: it is offered, what it needs is there, and what it writes is harmless."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import polars as pl
import pytest

from leadingest.cli.main import COMMANDS
from leadingest.reports.diff import DiffReport
from leadingest.reports.drift import DriftHistoryReport, DriftReport
from leadingest.reports.duplicates import DuplicatesReport
from leadingest.reports.explanation import ExplanationReport
from leadingest.reports.invalid_values import InvalidValuesReport
from leadingest.reports.leads import LeadsReport
from leadingest.reports.lint import LintReport
from leadingest.reports.loads import LoadsReport
from leadingest.reports.mirror import MirrorReport
from leadingest.reports.overview import OverviewReport
from leadingest.reports.plan import PlanReport
from leadingest.reports.preview import PreviewReport
from leadingest.reports.rejects import RejectsReport
from leadingest.reports.render import FORMATS, rendered
from leadingest.reports.replay import DeadLettersReport, ReplayReport
from leadingest.reports.report import (
    Block,
    CheckCase,
    CheckSuite,
    Excerpt,
    Fitted,
    Level,
    Metric,
    Notice,
    Place,
    Report,
    ReportSection,
    ReportTable,
    TableColumn,
    TextLine,
    TextSpan,
)
from leadingest.reports.run import RunReport
from leadingest.reports.status import StatusReport
from leadingest.reports.tests import TriedReport
from tests.docs.architecture import formats_of

ROOT = Path(__file__).parents[3]
#: What the commands that have `--format` report.
REPORTS: dict[str, tuple[type[Report], ...]] = {
    "diff": (DiffReport,),
    "drift": (DriftReport, DriftHistoryReport),
    "duplicates": (DuplicatesReport,),
    "explain": (ExplanationReport,),
    "invalid-values": (InvalidValuesReport,),
    "leads": (LeadsReport,),
    "lint": (LintReport,),
    "loads": (LoadsReport,),
    "mirror": (MirrorReport,),
    "plan": (PlanReport,),
    "preview": (PreviewReport,),
    "rejects": (RejectsReport,),
    "replay": (ReplayReport, DeadLettersReport, RunReport),
    "report": (OverviewReport,),
    "run": (RunReport,),
    "spark-run": (RunReport,),
    "status": (StatusReport,),
    "test": (TriedReport,),
}
OFFERED = {command: formats_of(command) for command in COMMANDS if formats_of(command)}


def test_it_is_said_what_every_command_with_formats_reports() -> None:
    assert {command.name for command in OFFERED} == set(REPORTS)


def test_the_contracts_of_imports_know_every_report() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (modules,) = [each["source_modules"] for each in contracts if each["name"] == "No report knows a format"]
    assert {report.__module__ for reports in REPORTS.values() for report in reports} <= set(modules)


@pytest.mark.parametrize("command", OFFERED, ids=lambda command: command.name)
def test_a_command_offers_formats_that_there_are_and_whose_part_its_reports_have(
    command: click.Command,
) -> None:
    assert [name for name in OFFERED[command] if name not in FORMATS] == []
    lacking = {
        f"{name} needs {report.__name__}.{FORMATS[name].part}"
        for name in OFFERED[command]
        for report in REPORTS[str(command.name)]
        if not has(report, FORMATS[name].part)
    }
    assert not lacking


def has(report: type[Report], part: str) -> bool:
    made = {part, "rows"} if part == "sheets" else {part}
    return any(getattr(report, each) is not getattr(Report, each) for each in made)


def test_every_format_is_offered_by_a_command() -> None:
    assert {name for names in OFFERED.values() for name in names} == set(FORMATS)


BAD = "<script>alert(1)</script>\x1b[31m @all \u2028::error::"


@dataclass(frozen=True)
class Everything(Report):
    """A report that has every part, and in each a text that wants to be more."""

    title = "everything"
    about = BAD

    def body(self) -> Iterator[Block]:
        columns = (TableColumn("one", align="right"), TableColumn(BAD, fit="end"))
        table = ReportTable(columns, [["1", (TextSpan(BAD, "bad"), BAD)]])
        yield TextLine((TextSpan(BAD, "strong"), BAD))
        yield Excerpt(BAD, 1, 2)
        yield ReportSection(BAD, BAD, BAD, [table])
        yield Fitted(lambda width: [TextLine(f"{width} {BAD}")])

    def errors(self) -> Iterator[Block]:
        yield Notice("error", BAD)

    def data(self) -> dict[str, Any]:
        return {"text": BAD, "list": iter([BAD])}

    def suites(self) -> Iterator[CheckSuite]:
        place = Place(BAD, 1, 2)
        levels: tuple[Level, ...] = ("passed", "notice", "warning", "error", "broken")
        yield CheckSuite(BAD, [CheckCase(BAD, level, BAD, BAD, place=place, text=BAD) for level in levels])

    def rows(self) -> Iterator[pl.DataFrame]:
        yield pl.DataFrame({"text": [BAD, "=1+1"]})

    def metrics(self) -> Iterator[Metric]:
        yield Metric("everything", BAD, [({"text": BAD}, 1.5)])


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if not each.binary])
def test_no_format_lets_a_text_be_more_than_a_text(name: str) -> None:
    written = b"".join(rendered(Everything(), name)).decode()
    assert "alert(1)" in written
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", written)
    if name in ("html", "markdown", "junit"):
        assert "<script" not in written
    if name != "github":
        assert not re.search(r"(?m)^ *::", written)


def test_a_report_can_be_written_more_than_once() -> None:
    report = Everything()
    assert list(rendered(report, "text")) == list(rendered(report, "text"))


def test_a_part_that_a_report_lacks_is_named() -> None:
    with pytest.raises(NotImplementedError, match="LoadsReport has no rows"):
        list(rendered(LoadsReport([]), "csv"))
