"""Tests of leadingest.cli.commands.report."""

import json

from tests.cli.made_up_project import NEVADA, MadeUpProject


def test_the_report_is_written_and_told_in_a_line(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    result = project.call("report")
    assert (result.exit_code, result.stderr) == (0, "")
    size = sum(page.stat().st_size for page in project.folder.glob("report/**/*.html"))
    assert result.stdout == f"report/index.html: 2 sources, 4 published leads ({size / 1000:,.0f} kB)\n"
    assert sorted(page.name for page in project.folder.glob("report/sources/*")) == [
        "nevada.html",
        "utah.html",
    ]


def test_another_folder_takes_it_as_well(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    project.write("mappings/nevada.yaml", NEVADA.replace("fields:", "feilds:"))
    result = project.call("report", "--out", "site/leads")
    assert result.exit_code == 0
    assert result.stdout.endswith("nevada: mapping broken\n")
    assert "unknown key" in (project.folder / "site/leads/index.html").read_text()


def test_before_the_first_load_there_is_a_report_and_still_no_database(project: MadeUpProject) -> None:
    result = project.call("report")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("report/index.html: 2 sources, 0 published leads")
    assert result.stdout.endswith("nevada: nothing loaded\nutah: nothing loaded\n")
    assert not (project.folder / "leads.db").exists()


def test_machines_are_told_and_nothing_is_written(project: MadeUpProject) -> None:
    project.call("run", "--source", "utah")
    document = json.loads(project.call("report", "--format", "json").stdout)
    assert [(each["source"], each["conditions"]) for each in document["sources"]] == [
        ("nevada", ["no load"]),
        ("utah", ["loaded"]),
    ]
    assert not (project.folder / "report").exists()


def test_a_folder_that_cannot_be_written_is_said_so(project: MadeUpProject) -> None:
    project.write("report/sources", "a file")
    result = project.call("report")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: cannot write the report to report: " in result.stderr
