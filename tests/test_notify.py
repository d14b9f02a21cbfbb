"""A run that goes wrong sends one message, with nothing of a lead in it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leadingest.ingest.result import SourceResult
from leadingest.overview.source_state import SourceState
from leadingest.reports.notification import notification
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, UTAH, UTAH_CSV, MadeUpProject
from tests.http_endpoint import HttpEndpoint, http_endpoint
from tests.overview.made_up_sources import made_up_overview
from tests.test_private import DELIVERIES, PLANTED

HEADER = "Name,Phone,City,Places,Status\n"
ALL = ("failed", "held", "late")


@pytest.fixture(name="endpoint")
def _endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpEndpoint]:
    with http_endpoint() as endpoint:
        monkeypatch.setenv("LEADINGEST_NOTIFY", f"json://ann:S3cret@127.0.0.1:{endpoint.port}")
        yield endpoint


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: HttpEndpoint) -> MadeUpProject:
    """Two sources, whose messages go to the endpoint."""
    monkeypatch.chdir(tmp_path)
    project = MadeUpProject(tmp_path)
    project.write("mappings/nevada.yaml", NEVADA)
    project.write("mappings/utah.yaml", UTAH)
    project.write("inbox/nevada.csv", NEVADA_CSV)
    project.write("inbox/utah.csv", UTAH_CSV)
    return project


def sent(endpoint: HttpEndpoint) -> list[tuple[str, list[str]]]:
    """The titles and lines of the messages."""
    return [(each["title"], each["message"].splitlines()) for each in endpoint.received]


def test_a_run_that_goes_well_sends_nothing(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    assert project.call("run", "--all", "--jobs", "1").exit_code == 0
    assert project.call("run", "--all", "--jobs", "1").exit_code == 0
    assert endpoint.received == []


def test_one_message_tells_of_all_sources_and_what_to_do_next(
    project: MadeUpProject, endpoint: HttpEndpoint
) -> None:
    project.write("inbox/nevada.csv", HEADER)
    project.write("inbox/utah.csv", "A,B\n1,2\n")
    result = project.call("run", "--all", "--jobs", "1")
    assert (result.exit_code, "warning" in result.stderr) == (1, False)
    ((title, lines),) = sent(endpoint)
    assert title == "leadingest: 1 failed, 1 held"
    assert lines[0].startswith("nevada: held: the file has a header but no records")
    assert lines[0].endswith("; to publish it: leadingest approve 1")
    assert lines[1].startswith("utah: failed: ")
    assert lines[1].endswith("; to try again: leadingest run --source utah")


def test_a_late_source_is_told_of_where_the_run_was_about_it(
    project: MadeUpProject, endpoint: HttpEndpoint
) -> None:
    for name, mapping in (("nevada", NEVADA), ("utah", UTAH)):
        project.write(f"mappings/{name}.yaml", f"{mapping}expect: {{every: week}}\n")
        os.utime(project.folder / f"inbox/{name}.csv", (1_700_000_000, 1_700_000_000))
    assert project.call("run", "--source", "nevada").exit_code == 0
    ((title, lines),) = sent(endpoint)
    assert (title, len(lines)) == ("leadingest: 1 late", 1)
    assert "late: due on 2023-11-21; once it is there: leadingest run --source nevada" in lines[0]


def test_only_what_the_settings_name_is_told(
    project: MadeUpProject, endpoint: HttpEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_NOTIFY_ON", "failed, late")
    project.write("inbox/nevada.csv", HEADER)
    assert project.call("run", "--source", "nevada").exit_code == 1
    assert endpoint.received == []


def test_a_dry_run_sends_nothing(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    project.write("inbox/utah.csv", "A,B\n1,2\n")
    assert project.call("run", "--source", "utah", "--dry-run").exit_code == 1
    assert endpoint.received == []


def test_a_database_that_cannot_be_used_is_told_of_too(
    project: MadeUpProject, endpoint: HttpEndpoint
) -> None:
    project.write("leads.db", "this is no database, but a text of some length")
    result = project.call("run", "--all")
    assert result.exit_code in (1, 2)
    ((title, lines),) = sent(endpoint)
    assert title == "leadingest: the run failed"
    assert lines[-1] == "to try again: leadingest run"


@pytest.mark.parametrize("words", ["run --all --jobs 1 --mirror-to lake:///lake", "mirror --to lake:///lake"])
def test_a_mirror_that_fails_is_told_of_source_by_source_or_as_a_whole(
    project: MadeUpProject, endpoint: HttpEndpoint, words: str
) -> None:
    project.call("run", "--source", "utah", "--database-url", "lake:///lake")
    project.call("run", "--all", "--jobs", "1")
    assert project.call(*words.split()).exit_code > 0
    ((title, (line,)),) = sent(endpoint)
    assert title == "leadingest: 1 not mirrored"
    assert line.startswith("utah: its loads are published, and not mirrored: utah was loaded into")
    assert line.endswith("; to try again: leadingest mirror --source utah")
    shutil.rmtree(project.folder / "lake")
    project.write("lake", "no folder")
    assert project.call(*words.split()).exit_code > 0
    title, lines = sent(endpoint)[-1]
    assert (title, lines[-1]) == ("leadingest: the mirror failed", "to try again: leadingest mirror")
    assert project.call("mirror", "--to", "lake:///other", "--dry-run").exit_code == 0
    assert len(endpoint.received) == 2


@pytest.mark.parametrize("log_format", ["off", "json"])
def test_a_message_that_cannot_be_sent_is_a_warning_and_changes_no_exit_code(
    project: MadeUpProject, endpoint: HttpEndpoint, log_format: str
) -> None:
    endpoint.status = 503
    project.write("inbox/nevada.csv", HEADER)
    result = project.call("run", "--source", "nevada", "--log-format", log_format)
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    if log_format == "json":
        assert json.loads(last)["event"] == "warning"
    assert "the message for service 1 of LEADINGEST_NOTIFY (JSON) could not be sent" in last
    assert "S3cret" not in result.output


def test_a_wrong_url_is_told_before_anything_is_loaded(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_NOTIFY", "nosuch://S3cret")
    result = project.call("run", "--all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: LEADINGEST_NOTIFY: URL 1 is not one of a service")
    assert "S3cret" not in result.stderr
    assert not (project.folder / "leads.db").exists()


def test_nothing_of_a_person_is_in_a_message(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    project.call("run", "--source", "nevada")
    for content in DELIVERIES.values():
        project.write("inbox/nevada.csv", content)
        project.call("run", "--source", "nevada")
    assert endpoint.received
    messages = json.dumps(endpoint.received)
    assert [secret for secret in PLANTED if secret in messages] == []


def failed(source: str) -> SourceResult:
    return SourceResult(
        source, "failed", message="the file\nis \x1b[31mbroken " + "x" * 1000, hint="a@b.example"
    )


def test_a_message_stays_short_and_on_one_line_for_each_source() -> None:
    message = notification([failed(f"s{number}") for number in range(50)], [], ALL)
    assert message and message.title == "leadingest: 50 failed"
    lines = message.body.splitlines()
    assert (len(lines), lines[-1]) == (21, "and 30 more: leadingest status")
    assert all(len(line) < 400 for line in lines)
    assert "\x1b" not in message.body and "a@b.example" not in message.body


def test_a_source_that_failed_and_is_late_has_one_line() -> None:
    iowa = late("iowa")
    message = notification([failed("iowa")], [iowa, replace(iowa, name="ohio")], ALL)
    assert message and message.title == "leadingest: 1 failed, 1 late"
    assert [line.split(":")[0] for line in message.body.splitlines()] == ["iowa", "ohio"]
    assert notification([SourceResult("iowa", "loaded")], [], ALL) is None


def late(name: str) -> SourceState:
    return next(each for each in made_up_overview().sources if each.name == name)
