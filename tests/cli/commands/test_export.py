"""Tests of leadingest.cli.commands.export."""

from __future__ import annotations

from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject

COLUMNS = ("--columns", "change,company,phone,capacity")


def test_everything_that_is_published_goes_into_a_file(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("export", "--output", "leads.csv", "--columns", "company,state")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "4 leads to leads.csv\n  content described in leads.csv.json\n"
    assert (project.folder / "leads.csv").read_text().splitlines() == [
        "company,state",
        "Little Acorns,NV",
        "Busy Bees,NV",
        "Sunny Side,NV",
        "Red Rock Kids,",
    ]


def test_week_by_week_what_is_new_or_changed(project: MadeUpProject) -> None:
    project.call("run", "--all")
    first = project.call("export", "--name", "weekly", "--output", "1.csv", *COLUMNS)
    assert first.stdout == (
        "weekly: 4 leads to 1.csv\n"
        "  4 new, 0 changed, 0 reappeared; 0 unchanged, 0 removed\n  "
        "content described in 1.csv.json\n"
    )
    project.write("inbox/nevada.csv", NEVADA_CSV.replace("12,Open", "14,Open").replace("3001", "3009"))
    project.call("run", "--all")
    trial = project.call("export", "--name", "weekly", "--output", "2.csv", "--dry-run", *COLUMNS)
    assert trial.stdout == (
        "weekly: 2 leads would be written to 2.csv (dry run)\n"
        "  1 new, 1 changed, 0 reappeared; 2 unchanged, 1 removed\n"
    )
    project.call("export", "--name", "weekly", "--output", "2.csv", *COLUMNS)
    assert (project.folder / "2.csv").read_text() == (
        "change,company,phone,capacity\nchanged,Little Acorns,+17022003000,14\nnew,Busy Bees,+17022003009,8\n"
    )
    third = project.call("export", "--name", "weekly", "--output", "3.csv", *COLUMNS)
    assert third.exit_code == 0
    assert project.shown(third.stdout) == (
        "weekly: nothing new or changed since 2026-08-01 12:00 UTC: no file was written\n"
        "  0 new, 0 changed, 0 reappeared; 4 unchanged, 0 removed\n"
    )
    assert not (project.folder / "3.csv").exists()


def test_leads_may_be_chosen(project: MadeUpProject) -> None:
    project.call("run", "--all")
    words = ["--source", "nevada", "--state", "NV", "--where", "capacity >= 12 AND license_status = 'active'"]
    result = project.call("export", "--output", "leads.parquet", *words)
    assert result.stdout == (
        "2 leads to leads.parquet\n  1 published lead not selected\n  content described in leads.parquet.json\n"
    )


def test_a_file_that_is_there_is_kept_unless_it_may_go(project: MadeUpProject) -> None:
    project.call("run", "--all")
    project.write("leads.csv", "not fetched yet")
    result = project.call("export", "--output", "leads.csv")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: leads.csv already exists\nhint: name another file, or replace it with --overwrite\n",
    )
    assert project.call("export", "--output", "leads.csv", "--overwrite").exit_code == 0


def test_a_folder_that_is_not_there_is_told(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("export", "--name", "weekly", "--output", "out/leads.csv")
    assert result.exit_code == 1
    assert "error: out/leads.csv cannot be written: No such file or directory" in result.stderr
    assert "0 unchanged" in project.call("export", "--name", "weekly", "--output", "leads.csv").stdout


def test_a_source_that_never_was_names_the_nearest(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("export", "--source", "nevado", "--output", "leads.csv")
    assert (result.exit_code, "did you mean 'nevada'?" in result.stderr) == (2, True)


def test_before_the_first_load_there_is_nothing_to_export(project: MadeUpProject) -> None:
    assert project.call("export", "--output", "leads.csv").exit_code == 3
