"""Tests of leadingest.reports.log_lines."""

import json
from typing import Any

import pytest

from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject


def logged(project: MadeUpProject, *words: str) -> list[dict[str, Any]]:
    """The log lines of a run, without what differs from run to run."""
    lines = project.call("run", *words, "--format", "json", "--log-format", "json").stderr.splitlines()
    events = [json.loads(line) for line in lines]
    changing = ("timestamp", "seconds", "sha256")
    return [{key: value for key, value in event.items() if key not in changing} for event in events]


def test_a_load_is_logged_when_it_starts_and_when_it_is_finished(project: MadeUpProject) -> None:
    assert logged(project, "--source", "nevada") == [
        {
            "event": "load_started",
            "level": "info",
            "source": "nevada",
            "file": "nevada.csv",
            "bytes": len(NEVADA_CSV),
        },
        {
            "event": "load_finished",
            "level": "info",
            "source": "nevada",
            "file": "nevada.csv",
            "load_id": 1,
            "status": "loaded",
            "way": "INSERT",
            "read": 3,
            "loaded": 3,
            "rejected": 0,
            "filtered": 0,
            "invalid_values": 0,
        },
    ]


def test_a_failed_load_is_an_error_with_its_message(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", "")
    events = logged(project, "--source", "nevada")
    assert events[-1] == {
        "event": "load_failed",
        "error": "DeliveryError",
        "level": "error",
        "source": "nevada",
        "file": "nevada.csv",
        "message": "nevada.csv: the file is empty",
    }


def test_a_database_that_cannot_be_used_is_logged_without_the_password(project: MadeUpProject) -> None:
    words = [
        "--all",
        "--log-format",
        "json",
        "--database-url",
        "mysql+mysqldb://me:hunter2@127.0.0.1:9/leads",
    ]
    result = project.call("run", *words)
    assert json.loads(result.stderr.splitlines()[1])["event"] == "run_failed"
    assert "hunter2" not in result.stderr


def test_a_level_leaves_out_what_matters_less(project: MadeUpProject) -> None:
    assert logged(project, "--all", "--log-level", "error") == []


def test_no_lead_is_ever_in_the_log(project: MadeUpProject) -> None:
    project.write(
        "inbox/nevada.csv", NEVADA_CSV + ",secret-1,secret-2,secret-3,secret-4\n" + "x,secret-5,,secret-6,\n"
    )
    result = project.call("run", "--all", "--log-format", "json", "--log-level", "debug")
    assert "load_finished" in result.stderr
    for cell in ("secret", "Acorns", "702-200", "Moab"):
        assert cell not in result.stderr


def test_text_lines_are_keys_and_values(project: MadeUpProject) -> None:
    lines = project.call("run", "--source", "utah", "--log-format", "text").stderr.splitlines()
    assert "level='info' event='load_started' source='utah' file='utah.csv'" in lines[0]


def test_nothing_is_logged_unless_asked_for(project: MadeUpProject) -> None:
    assert project.call("run", "--source", "utah").stderr == ""


@pytest.mark.parametrize("words", [["--log-format", "xml"], ["--log-level", "loud"]])
def test_another_form_or_level_is_refused(project: MadeUpProject, words: list[str]) -> None:
    assert project.call("run", "--source", "utah", *words).exit_code == 2
