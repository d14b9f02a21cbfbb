"""Tests of leadingest.cli.commands.loads."""

import json

from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject


def test_the_history_is_listed_newest_first_with_the_published_load_marked(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    project.write("inbox/nevada.csv", NEVADA_CSV + "Tiny Tots,702-200-3003,Reno,5,Open\n")
    project.call("run", "--all", "--jobs", "1")
    result = project.call("loads")
    assert (result.exit_code, result.stderr) == (0, "")
    assert project.shown(result.stdout) == (
        "                                                                              invalid\n"
        "load  source  file        started (UTC)     read  loaded  rejected  filtered   values  status\n"
        "   3  nevada  nevada.csv  2026-08-01 12:00     4       4         0         0        0  published\n"
        "   2  utah    utah.csv    2026-08-01 12:00     1       1         0         0        0  published\n"
        "   1  nevada  nevada.csv  2026-08-01 12:00     3       3         0         0        0  loaded\n"
    )


def test_a_failed_load_is_in_the_history_with_its_error(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", NEVADA_CSV.replace("Phone", "Phone No"))
    project.call("run", "--source", "nevada")
    result = project.call("loads")
    assert "failed" in result.stdout
    assert "error: load 1: the file has no header 'Phone'" in result.stdout


def test_the_history_of_one_source(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    document = json.loads(project.call("loads", "--source", "utah", "--format", "json").stdout)
    assert [load["source"] for load in document["loads"]] == ["utah"]


def test_no_more_loads_than_asked_for(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    document = json.loads(project.call("loads", "--limit", "1", "--format", "json").stdout)
    assert [load["load_id"] for load in document["loads"]] == [2]


def test_before_the_first_load_there_is_no_database_and_none_is_made(project: MadeUpProject) -> None:
    result = project.call("loads")
    assert (result.exit_code, result.stdout) == (3, "")
    assert project.shown(result.stderr) == (
        "error: the database sqlite:///<project>/leads.db does not exist yet\n"
        "hint: the first load creates it: leadingest run; or name another one with --database-url\n"
    )
    assert not (project.folder / "leads.db").exists()


def test_a_source_that_was_never_loaded_has_no_history(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah")
    result = project.call("loads", "--source", "nevada")
    assert (result.exit_code, result.stdout) == (0, "no loads yet\n")


def test_a_source_that_never_was_names_the_nearest(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    result = project.call("loads", "--source", "nevado")
    assert result.exit_code == 2
    assert "hint: did you mean 'nevada'?" in result.stderr
