"""Tests of leadingest.reports.status."""

import json
import re
from dataclasses import replace

import click
import pytest
from prometheus_client.parser import text_string_to_metric_families

from leadingest.errors import UsageError
from leadingest.overview.source_state import URGENT
from leadingest.reports.status import StatusReport, conditions_named
from tests.overview.made_up_sources import NOW, made_up_overview
from tests.reports.rendering import text, written

DAY = 24 * 60 * 60


def metrics(report: StatusReport) -> dict[str, dict[tuple[str, ...], float]]:
    """The metrics as Prometheus reads them: by the values of their labels."""
    families = text_string_to_metric_families(written(report, "prometheus"))
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in families
    }


@pytest.fixture(name="report")
def _report() -> StatusReport:
    return StatusReport(made_up_overview())


def test_each_source_has_a_line_and_each_trouble_the_command_to_do_next(report: StatusReport) -> None:
    lines = click.unstyle(text(report)).splitlines()
    shown = {line.split()[0]: " ".join(line.split()) for line in lines[2:11]}
    assert shown["iowa"] == "iowa 40 14 days ago 7 894 0 late"
    assert shown["kansas"] == "kansas 45 10 days ago 1 330 2 held"
    assert shown["utah"] == "utah nothing loaded"
    assert lines[-5:] == [
        "iowa: 7 days late: due on 2026-07-27; once it is there: leadingest run --source iowa",
        "montana: load 64 failed; why: leadingest loads --source montana --limit 1",
        "kansas: held: it has 61 records, and the load before had 330; to publish it: leadingest approve 46",
        "maine: the mapping cannot be read: leadingest lint --source maine",
        "utah: nothing is loaded yet: leadingest run --source utah",
    ]


def test_the_parser_of_prometheus_reads_what_is_written(report: StatusReport) -> None:
    found = metrics(report)
    assert found["leadingest_status_timestamp_seconds"] == {(): NOW.timestamp()}
    assert found["leadingest_published_load_age_seconds"][("iowa",)] == 14 * DAY
    assert found["leadingest_published_rejects"][("idaho",)] == 31
    assert found["leadingest_held_loads"][("kansas",)] == 1
    assert found["leadingest_late_seconds"][("iowa",)] == 7 * DAY
    assert list(found["leadingest_last_failure_timestamp_seconds"]) == [("montana",)]
    assert {key for key, value in found["leadingest_source_condition"].items() if value} == {
        ("iowa", "late"),
        ("montana", "failed"),
        ("kansas", "held"),
        ("maine", "broken mapping"),
        ("utah", "no load"),
    }


def test_a_source_without_a_published_load_has_no_age(report: StatusReport) -> None:
    assert ("utah",) not in metrics(report)["leadingest_published_load_age_seconds"]


def test_any_name_of_a_source_is_a_label(report: StatusReport) -> None:
    name = 'a "quoted" back\\slash n\\n'
    overview = replace(report.overview, sources=(replace(report.overview.sources[0], name=name),))
    assert list(metrics(StatusReport(overview))["leadingest_published_leads"]) == [(name,)]


def test_the_names_of_metrics_keep_the_conventions(report: StatusReport) -> None:
    for metric in report.metrics():
        assert re.fullmatch(r"leadingest_[a-z_]+", metric.name)
        assert metric.help.endswith(".")
        assert not metric.name.endswith(("_total", "_count", "_bucket"))


def test_programs_get_the_same_as_json_and_as_csv(report: StatusReport) -> None:
    sources = json.loads(written(report, "json"))["sources"]
    lines = written(report, "csv").splitlines()
    assert lines[0] == ",".join(sources[0])
    iowa = next(each for each in sources if each["source"] == "iowa")
    assert (iowa["conditions"], iowa["days_late"], iowa["age_seconds"]) == (["late"], 7, 14 * DAY)
    assert len(lines) == len(sources) + 1


def test_conditions_to_fail_on_are_those_that_need_somebody() -> None:
    assert conditions_named(("held", "late")) == ("late", "held")
    assert conditions_named(URGENT) == URGENT
    with pytest.raises(UsageError, match="'helt' is not a condition to fail on; did you mean 'held'"):
        conditions_named(("helt",))
